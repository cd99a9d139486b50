/** Which library does a program bind to? The real loader, with an offender before the genuine library, against `reachOf`. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from '@jest/globals'
import { Catalogue } from '../../lib/catalogue/catalogue.js'
import { objectFactsOf } from '../../lib/facts/object-facts.js'
import { describeWithTools, scratchFolder } from '../support/tools.js'

interface Shape {
  readonly title: string
  /** Code of the offender; its CRYPTO_lock returns 2. */
  readonly code?: string
  readonly versionScript?: string
  readonly flags?: readonly string[]
  /** Zeroes the section header table of the finished file. */
  readonly withoutSections?: boolean
}

const PLAIN = 'int CRYPTO_lock(void) { return 2; }'
const symver = (version: string): string => `__asm__(".symver offender, CRYPTO_lock@${version}");\nint offender(void) { return 2; }`
const SHAPES: readonly Shape[] = [
  { title: 'without versions' },
  { title: 'without versions, but needing some', code: `#include <stdlib.h>\nvoid *x(void) { return malloc(1); }\n${PLAIN}` },
  { title: 'weak', code: `__attribute__((weak)) ${PLAIN}` },
  { title: 'protected', code: `__attribute__((visibility("protected"))) ${PLAIN}` },
  { title: 'hidden', flags: ['-fvisibility=hidden'] },
  {
    title: 'an indirect function',
    code: 'static int two(void) { return 2; }\nstatic void *pick(void) { return two; }\nint CRYPTO_lock(void) __attribute__((ifunc("pick")));',
  },
  {
    title: 'a version script without local: * (the trap)',
    code: `${PLAIN}\nint x_own(void) { return 0; }`,
    versionScript: 'X_1 { global: x_*; };',
  },
  {
    title: 'a version script with local: *',
    code: `${PLAIN}\nint x_own(void) { return 0; }`,
    versionScript: 'X_1 { global: x_*; local: *; };',
  },
  { title: 'a node of its own, the first', versionScript: 'X_1 { global: *; };' },
  {
    title: 'a node of its own, a later one',
    code: `${PLAIN}\nint x_old(void) { return 0; }`,
    versionScript: 'X_1 { global: x_old; }; X_2 { global: CRYPTO_lock; } X_1;',
  },
  { title: 'a node of its own, the first, not default', code: symver('X_1'), versionScript: 'X_1 { global: *; };' },
  {
    title: 'a node of its own, a later one, not default',
    code: `${symver('X_2')}\nint x_old(void) { return 0; }`,
    versionScript: 'X_1 { global: x_old; }; X_2 { } X_1;',
  },
  { title: 'OpenSSL’s node', versionScript: 'OPENSSL_3.0.0 { global: *; };' },
  { title: 'OpenSSL’s node, not default', code: symver('OPENSSL_3.0.0'), versionScript: 'OPENSSL_3.0.0 { global: *; };' },
  { title: 'another release’s node', versionScript: 'OPENSSL_1_1_0 { global: *; };' },
  { title: 'default symbol versions', flags: ['-Wl,--default-symver'] },
  { title: '-Bsymbolic', flags: ['-Wl,-Bsymbolic'] },
  { title: 'only the System V hash table', flags: ['-Wl,--hash-style=sysv'] },
  { title: 'only the GNU hash table', flags: ['-Wl,--hash-style=gnu'] },
  { title: 'both hash tables', flags: ['-Wl,--hash-style=both'] },
  { title: 'no section headers', withoutSections: true },
]

const folder = scratchFolder('ld-so')
const at = (...parts: readonly string[]): string => join(folder, ...parts)
const gcc = (...args: readonly string[]): void => void execFileSync('gcc', [...args], { stdio: ['ignore', 'ignore', 'inherit'] })

/** The exit status of a program that returns what CRYPTO_lock gave it: 1 genuine, 2 offender. */
function run(program: string, library: string, offender: string): number {
  const env = { LD_PRELOAD: offender, LD_LIBRARY_PATH: at(library), LD_BIND_NOW: '1' }
  try {
    execFileSync(at(program), { env, stdio: 'ignore' })
    return 0
  } catch (error) {
    return (error as { status: number }).status
  }
}

function build({ code = PLAIN, versionScript, flags = [], withoutSections = false }: Shape, index: number): string {
  const library = at(`offender-${index}.so`)
  writeFileSync(at('offender.c'), code)
  writeFileSync(at('offender.map'), versionScript ?? '')
  const script = versionScript === undefined ? [] : [`-Wl,--version-script=${at('offender.map')}`]
  gcc('-shared', '-fPIC', '-O1', `-Wl,-soname,offender-${index}.so`, '-o', library, at('offender.c'), ...script, ...flags)
  if (withoutSections) {
    const bytes = readFileSync(library)
    bytes.fill(0, 40, 48) // e_shoff
    bytes.fill(0, 58, 64) // e_shentsize, e_shnum, e_shstrndx
    writeFileSync(library, bytes)
  }
  return library
}

describeWithTools(process.platform === 'linux' && process.arch === 'x64' ? ['gcc'] : ['gcc on x86-64'], 'against ld.so', () => {
  beforeAll(() => {
    writeFileSync(at('genuine.c'), 'int CRYPTO_lock(void) { return 1; }')
    writeFileSync(at('genuine.map'), 'OPENSSL_3.0.0 { global: *; };')
    writeFileSync(at('victim.c'), 'int CRYPTO_lock(void);\nint main(void) { return CRYPTO_lock(); }')
    for (const [name, script] of [
      ['versioned', [`-Wl,--version-script=${at('genuine.map')}`]],
      ['unversioned', []],
    ] as const) {
      mkdirSync(at(name))
      gcc('-shared', '-fPIC', '-Wl,-soname,libcrypto.so.3', '-o', at(name, 'libcrypto.so.3'), at('genuine.c'), ...script)
      gcc('-o', at(`victim-${name}`), at('victim.c'), at(name, 'libcrypto.so.3'))
    }
  })

  test('the victims bind to the genuine library as long as nothing precedes it in the load order', () => {
    expect([run('victim-versioned', 'versioned', ''), run('victim-unversioned', 'unversioned', '')]).toEqual([1, 1])
  })

  test.each(SHAPES.map((shape, index) => [shape.title, shape, index] as const))('%s', (_title, shape, index) => {
    const library = build(shape, index)
    const origin = { path: library, alsoAt: [], isNested: false, sha256: null }
    const [lock] = objectFactsOf(readFileSync(library), origin, new Catalogue()).guarded
    const taken = {
      versioned: lock !== undefined && (lock.reach === 'all' || lock.version === 'OPENSSL_3.0.0'),
      unversioned: lock !== undefined && (lock.reach === 'all' || lock.reach === 'unversioned'),
    }
    expect(taken).toEqual({
      versioned: run('victim-versioned', 'versioned', library) === 2,
      unversioned: run('victim-unversioned', 'unversioned', library) === 2,
    })
  })
})
