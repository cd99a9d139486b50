/**
 * What compilers make of functions that do nothing, and of small ones that do something; and the libraries of this machine.
 *
 * Needs gcc (or a cross gcc) and readelf; a compiler that is not there is skipped by name.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { StubKind } from '../../lib/facts/stubs/stub-kind.js'
import { stubKindOf } from '../../lib/facts/stubs/stub-kind.js'
import { rememberingEnvironment } from '../support/link/compiler-memo.js'

/** Parameters a to h of mixed types, as many as asked for. */
const PARAMETERS = ['int a', 'long b', 'void *c', 'int d', 'void *e', 'unsigned long f', 'unsigned g', 'int h']
const CONSTANTS = {
  '-1': 'int',
  '1': 'long',
  '0x12345678': 'int',
  '(char)5': 'char',
  '0x80000000u': 'unsigned',
  '0x10000': 'long',
  '-0x8000': 'int',
}
const LEVELS = ['-O0', '-O1', '-O2', '-Os', '-O3']

interface Expected {
  readonly source: string
  readonly kind: StubKind
}

/** Do-nothing functions by name, with what each does. */
function nothings(machine: number): Map<string, Expected> {
  const isArgumentTheResult = machine !== 3 && machine !== 62
  const found = new Map<string, Expected>()
  const add = (name: string, source: string, kind: StubKind) => found.set(name, { source, kind })
  for (let count = 0; count <= PARAMETERS.length; count++) {
    const parameters = PARAMETERS.slice(0, count).join(', ') || 'void'
    add(`nothing_${count}`, `void nothing_${count}(${parameters}) {}`, 'only returns')
    add(`zero_${count}`, `int zero_${count}(${parameters}) { return 0; }`, 'returns zero')
    add(`null_${count}`, `void *null_${count}(${parameters}) { return 0; }`, 'returns zero')
    Object.entries(CONSTANTS).forEach(([constant, type], index) => {
      const name = `constant_${index}_${count}`
      add(name, `${type} ${name}(${parameters}) { return ${constant}; }`, 'returns a constant')
    })
    for (let which = 1; which <= count; which++) {
      const [, type, letter] = /^(.*?)(\w)$/.exec(PARAMETERS[which - 1] ?? '') ?? []
      const name = `argument_${which}_of_${count}`
      add(
        name,
        `${type} ${name}(${parameters}) { return ${letter}; }`,
        which === 1 && isArgumentTheResult ? 'only returns' : 'returns an argument',
      )
    }
  }
  add('local', 'int local(int a) { int r = 0; a = 3; return r; }', 'returns zero')
  add('locals', 'int locals(int a, long b) { int r = 7; long s = b; return r; }', 'returns a constant')
  if (machine !== 3) add('floats', 'void floats(float a, double b) {}', 'only returns')
  return found
}

/** Small functions that do something. */
const SOMETHINGS = `
struct s { int a, b, c; void *p; struct s *next; int (*f)(void); };
static int state; static struct s table[4]; static const char text[] = "text"; int global; extern int other(int); extern void out(void);
static __thread int local_state; volatile int flag;
int getter(struct s *x) { return x->c; }
void *pointer_getter(struct s *x) { return x->p; }
int deref(int *x) { return *x; }
char first_of(char *x) { return *x; }
long indexed(long *x, long i) { return x[i]; }
void setter(struct s *x, int v) { x->b = v; }
void clear(int *x) { *x = 0; }
void clear_pointer(struct s *x) { x->p = 0; }
int clear_and_zero(struct s *x) { x->a = 0; return 0; }
int get_global(void) { return global; }
int get_state(void) { return state; }
void set_state(int v) { state = v; }
void set_global(int v) { global = v; }
void reset_state(void) { state = 0; }
int *address_of_state(void) { return &state; }
const struct s *address_of_table(void) { return table; }
const struct s *address_in_table(void) { return &table[2]; }
const char *address_of_text(void) { return text; }
void *address_of_function(void) { return (void *)other; }
int *address_of_global(void) { return &global; }
int add(int a, int b) { return a + b; }
int increment(int a) { return a + 1; }
long subtract(long a, long b) { return a - b; }
int negate(int a) { return -a; }
int invert(int a) { return ~a; }
int is_zero(int a) { return a == 0; }
int is_null(void *a) { return a == 0; }
int is_less(int a, int b) { return a < b; }
int choose(int a, int b, int c) { return a ? b : c; }
int mask(int a) { return a & 1; }
int with_bit(int a) { return a | 8; }
long twice(long a) { return a * 2; }
unsigned shift(unsigned a) { return a >> 3; }
int product(int a, int b) { return a * b; }
char *offset(char *a) { return a + 16; }
int tail_call(int a) { return other(a); }
void void_tail_call(void) { out(); }
int call_and_zero(int a) { other(a); return 0; }
int call_pointer(struct s *x) { return x->f(); }
void trap(void) { __builtin_trap(); }
void loop(void) { for (;;) out(); }
void spin(void) { while (flag) ; }
void forever(void) { for (;;) ; }
int get_local_state(void) { return local_state; }
void set_local_state(int v) { local_state = v; }
void count(void) { global++; }
int maybe(int a) { if (a) out(); return 0; }
struct s *next(struct s *x) { return x->next; }
void read_volatile(void) { flag; }
int swap_bytes(int a) { return __builtin_bswap32(a); }
int minimum(int a, int b) { return a < b ? a : b; }
void chain(struct s *x) { x->next->a = 1; }
void __stack_chk_fail_local(void) { __builtin_trap(); } /* i386's libgcc has it */
double scale(double a, double b) { return a * b; }
`
const SOMETHING_NAMES = [...SOMETHINGS.matchAll(/^[a-z].*?(\w+)\(.*\) \{/gm)].map(match => match[1] ?? '')

interface Compiler {
  readonly name: string
  readonly machine: number
  readonly hardening: readonly string[]
}

/** Unoptimised s390x code of more than three parameters passes one of them through the result register on its way to the stack. */
const LEFT_OVER: StubKind = 'returns an argument'

const X86 = ['-fcf-protection=full', '-fstack-protector-all', '-fpatchable-function-entry=2']
const COMPILERS: readonly Compiler[] = [
  { name: 'gcc', machine: 62, hardening: X86 },
  { name: 'i686-linux-gnu-gcc', machine: 3, hardening: X86 },
  {
    name: 'aarch64-linux-gnu-gcc',
    machine: 183,
    hardening: ['-mbranch-protection=standard', '-mno-omit-leaf-frame-pointer -fno-omit-frame-pointer'],
  },
  { name: 'powerpc64le-linux-gnu-gcc', machine: 21, hardening: ['-mcpu=power9', '-mcpu=power10 -mno-pcrel'] },
  { name: 's390x-linux-gnu-gcc', machine: 22, hardening: ['-march=z9-109', '-march=z14', '-mbackchain'] },
]
const COMMON = ['', '-fno-omit-frame-pointer']

const TRIPLETS: ReadonlyMap<string, number> = new Map([
  ['x86_64', 62],
  ['i686', 3],
  ['aarch64', 183],
  ['powerpc64le', 21],
  ['s390x', 22],
])

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'do-nothing-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

for (const compiler of COMPILERS) {
  const isThere = hasTool('readelf') && hasTool(compiler.name) && machineOf(compiler) === compiler.machine
  if (!isThere) console.warn(`skipped: ${compiler.name} or readelf is absent, or makes code for another machine`)
  const options = LEVELS.flatMap(level => [...COMMON, ...compiler.hardening].map(more => `${level} ${more}`.trim()))
  describe(compiler.name, () => {
    let env = process.env
    beforeAll(() => void (isThere && (env = rememberingEnvironment(compiler.name))))
    const run = isThere ? test : test.skip
    run.each(options)('with %s do-nothing functions are recognised, and no others', option => {
      const expected = nothings(compiler.machine)
      const sources = [...expected.values()].map(({ source }) => source).join('\n')
      const library = compile(compiler, option, `${sources}\n${SOMETHINGS}`, env)
      const judged = judge(library, compiler.machine, '.symtab')
      const wanted: Record<string, StubKind | null> = Object.fromEntries(SOMETHING_NAMES.map(name => [name, null]))
      for (const [name, { kind }] of expected) wanted[name] = kind
      if (compiler.machine === 22 && option.includes('-O0')) for (const count of [4, 5, 6, 7, 8]) wanted[`nothing_${count}`] = LEFT_OVER
      const got = Object.fromEntries(Object.keys(wanted).map(name => [name, judged.get(name)]))
      expect(got).toEqual(wanted)
    })
  })
}

/**
 * The libraries of this machine: none of the functions that matter most is called a stub, and stubs stay rare.
 * Genuine libraries have some: one function in a hundred at most where it was measured, libgnutls excepted.
 */
const FOLDERS = ['/usr/lib/x86_64-linux-gnu', '/lib/x86_64-linux-gnu', '/usr/lib64', '/usr/lib/aarch64-linux-gnu', '/usr/lib']
const LIBRARIES = ['libcrypto.so.3', 'libssl.so.3', 'libc.so.6', 'libz.so.1', 'libsqlite3.so.0', 'libxml2.so.2', 'libcurl.so.4']
const REAL = [
  'EVP_aes_256_cbc',
  'TLS_method',
  'EVP_CIPHER_CTX_new',
  'CRYPTO_malloc',
  'BIO_new',
  'SSL_new',
  'malloc',
  'memcpy',
  'inflate',
  'sqlite3_open',
  'xmlReadFile',
  'curl_easy_init',
]
const found = LIBRARIES.flatMap(name =>
  FOLDERS.map(path => join(path, name))
    .filter(path => existsSync(path))
    .slice(0, 1),
)
const machineHere =
  new Map([
    ['x64', 62],
    ['arm64', 183],
    ['s390x', 22],
    ['ppc64', 21],
    ['ia32', 3],
  ]).get(process.arch) ?? 0
if (found.length === 0) console.warn('skipped: none of the known libraries is here')

describe('libraries of this machine', () => {
  const run = found.length > 0 && hasTool('readelf') ? test : test.skip
  run.each(found.length > 0 ? found : ['(none)'])('do-nothing functions are rare in %s', path => {
    const judged = judge(path, machineHere, '.dynsym')
    const kinds = [...judged.values()].filter(kind => kind !== null)
    expect(judged.size).toBeGreaterThan(20)
    expect(kinds.length / judged.size).toBeLessThan(0.05)
    for (const name of REAL) expect(judged.get(name) ?? null).toBeNull()
  })
})

function hasTool(name: string): boolean {
  return (process.env['PATH'] ?? '').split(':').some(path => existsSync(join(path, name)))
}

function machineOf({ name }: Compiler): number | undefined {
  return TRIPLETS.get(execFileSync(name, ['-dumpmachine'], { encoding: 'utf8' }).split('-')[0] ?? '')
}

/** `env` is what the compiler remembers in: paths are relative, for they are part of what it goes by. */
function compile({ name }: Compiler, option: string, source: string, env: NodeJS.ProcessEnv): string {
  writeFileSync(join(folder, 'functions.c'), source)
  const words = [...option.split(' '), '-w', '-fPIC', '-shared', '-nostdlib', 'functions.c', '-o', 'functions.so']
  execFileSync(name, words, { cwd: folder, env, stdio: 'pipe' })
  return join(folder, 'functions.so')
}

/** What each function of the library does; the names and addresses are readelf's. */
function judge(path: string, machine: number, table: '.symtab' | '.dynsym'): Map<string, StubKind | null> {
  const bytes = readFileSync(path)
  const segments = [...readelf('-lW', path).matchAll(/^ +LOAD +0x(\w+) 0x(\w+) 0x\w+ 0x(\w+)/gm)]
  const fileOffsetOf = (address: number) => {
    for (const [, offset = '', start = '', size = ''] of segments) {
      const within = address - parseInt(start, 16)
      if (within >= 0 && within < parseInt(size, 16)) return parseInt(offset, 16) + within
    }
    throw new Error(`${path}: nothing at 0x${address.toString(16)}`)
  }
  const judged = new Map<string, StubKind | null>()
  for (const [, value = '', size = '', name = ''] of readelf(table === '.symtab' ? '-sW' : '--dyn-syms', path, '-W').matchAll(
    /^ *\d+: (\w+) +(\w+) +FUNC +\w+ +\w+ +(?:\[.*?\] +)?\d+ +(\S+)/gm,
  )) {
    const at = fileOffsetOf(parseInt(value, 16))
    judged.set(name, stubKindOf(bytes.subarray(at, at + 256), Number(size), machine))
  }
  return judged
}

function readelf(...args: string[]): string {
  return execFileSync('readelf', args, { encoding: 'utf8', maxBuffer: 1 << 28 })
}
