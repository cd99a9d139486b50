/** What the kernel and ld.so refuse at start-up, and which error comes first, by the real ones and by `bindings`. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { Host } from '../../../lib/link/file-head.js'
import { legacyHwcapsOf, legacySubdirectories } from '../../../lib/link/legacy-subdirectories.js'
import { hwcapLevelsOf } from '../../../lib/link/processors.js'
import { simulate, type SimulatedProgram } from '../../support/link/bindings-command.js'
import { COMMANDS } from '../../support/link/odd-programs.js'
import { REFUSALS, type Refusal } from '../../support/link/start-up-refusals.js'
import { describeWithTools, isX86Linux, scratchFolder } from '../../support/tools.js'

const FOLDER = scratchFolder('refusals')
const NATIVE = isX86Linux ? ['gcc', 'ld'] : ['x86-64 Linux']
const LAZY = false
const NOW = true

/** A folder in which the commands made `program`. */
function built(name: string, build: string, environment: Readonly<Record<string, string>> = {}): string {
  const folder = join(FOLDER, name.replaceAll(/\W+/g, '-'))
  mkdirSync(folder)
  writeFileSync(join(folder, 'build.sh'), COMMANDS + build)
  execFileSync('sh', ['build.sh'], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...environment } })
  return folder
}

interface Real {
  /** Not 0 where the program did not start, or says that something is wrong; `null` for a signal. */
  readonly status: number | null
  readonly stderr: string
}

function started(command: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Real {
  const { status, stderr } = spawnSync(command[0]!, command.slice(1), { cwd, env, encoding: 'utf8' })
  return { status, stderr }
}

function real(folder: string, bindsNow: boolean): Real {
  return started(['./program'], folder, bindsNow ? { LD_BIND_NOW: '1' } : {})
}

function ours(folder: string, bindsNow: boolean, options: readonly string[] = []): SimulatedProgram {
  return simulate([join(folder, 'program')], options, folder, bindsNow)[0]!
}

describeWithTools(NATIVE, 'a changed file', () => {
  const build = `
printf 'int other(void) { return 0; } int value; int *address = &value; int f(void) { return other() + *address; }' > liba.so.c
lib liba.so -Wl,-soname,liba.so -Wl,-z,lazy
printf 'int f(void); extern int *address; int main(int count, char **words) { return count > 5 ? f() + *address : 0; }' > program.c
program ./liba.so -Wl,-rpath,'$ORIGIN' -Wl,-z,lazy`
  const origin = NATIVE.length === 2 ? built('origin', build) : ''

  const expectSame = (folder: string, why: string | null, bindsNow: boolean): void => {
    const { status, stderr } = real(folder, bindsNow)
    const { error } = ours(folder, bindsNow)
    expect({ isStarted: status === 0, stderr: stderr.includes(why === 'killed' ? '' : (why ?? '')) }).toEqual({
      isStarted: why === null,
      stderr: true,
    })
    if (why === null || why === 'killed') expect(error !== null).toBe(why !== null)
    else expect(error).toContain(why)
  }

  const expectAgreement = (file: string, why: string | null, { title, change, now = why }: Refusal): void => {
    const folder = join(FOLDER, `${file} ${title}`.replaceAll(/\W+/g, '-'))
    execFileSync('cp', ['-r', origin, folder])
    const bytes = readFileSync(join(folder, file))
    change(bytes)
    writeFileSync(join(folder, file), bytes)
    expectSame(folder, why, LAZY)
    expectSame(folder, now, NOW)
  }

  test.each(REFUSALS.map(refusal => [refusal.title, refusal] as const))('as a library: %s', (_, refusal) =>
    expectAgreement('liba.so', refusal.library, refusal),
  )
  test.each(REFUSALS.map(refusal => [refusal.title, refusal] as const))('as a program: %s', (_, refusal) =>
    expectAgreement('program', refusal.program, refusal),
  )
})

describeWithTools(NATIVE, 'the first error', () => {
  /** `X lacks a Y` for each error, in the order of the messages. */
  const lacks = (text: string): string[] =>
    [...text.matchAll(/(?:([\w.]+): undefined symbol: (\w+)|version `(\w+)' not found \(required by (?:\S*\/)?([\w.]+)\))/g)].map(
      ([, file, symbol, version, requiring]) => `${file ?? requiring} lacks ${symbol ?? version}`,
    )
  const expectFirst = (folder: string, first: string, bindsNow: boolean): void => {
    expect(lacks(real(folder, bindsNow).stderr)[0]).toBe(first)
    expect(lacks(ours(folder, bindsNow).error ?? '')[0]).toBe(first)
  }

  test('is that of the last dependency', () => {
    const folder = built(
      'order',
      `
for n in a b c d; do printf "int no$n(void); int $n(void) { return no$n(); }" > lib$n.so.c; done
lib libd.so
for n in b c; do lib lib$n.so ./libd.so; done
lib liba.so ./libc.so ./libb.so
printf 'int a(void); int main(void) { return a(); }' > program.c
program ./liba.so -Wl,--unresolved-symbols=ignore-all`,
    )
    expectFirst(folder, 'libd.so lacks nod', NOW)
    expect(real(folder, LAZY).stderr).toContain('undefined symbol')
    expect(ours(folder, LAZY).error).toBeNull() // found at the first call, when the program runs
  })

  test('is that of the first table in an object, and of the first object in the order of loading for versions', () => {
    const folder = built(
      'versions',
      `
printf 'int x(void) { return 0; } int y(void) { return 0; }' > libv.so.c
echo 'V_1 { x; }; V_2 { y; } V_1;' > map
lib libv.so -Wl,--version-script=map
printf 'int x(void); int a(void) { return x(); }' > liba.so.c
printf 'int y(void); int b(void) { return y(); }' > libb.so.c
lib libb.so ./libv.so
lib liba.so ./libb.so ./libv.so
printf 'int a(void); int main(void) { return a(); }' > program.c
program ./liba.so -Wl,-rpath-link,.
echo 'V_0 { x; y; };' > map
lib libv.so -Wl,--version-script=map`,
    )
    expectFirst(folder, 'liba.so lacks V_1', LAZY)
  })
})

describeWithTools(NATIVE, 'access to protected symbols', () => {
  const build = (flags: string, main: string): string => `
printf '__attribute__((visibility("protected"))) int data = 1; __attribute__((visibility("protected"))) int f(void) { return data; }' > liba.so.c
lib stub/liba.so -D'visibility(x)=' -Wl,-soname,liba.so
lib liba.so -Wl,-soname,liba.so ${flags}
printf '${main}' > program.c
program stub/liba.so -Wl,-rpath,'$ORIGIN' -no-pie -fno-pie -Wl,-z,lazy`
  const copy = 'extern int data; int main(void) { return data - 1; }'
  const address = 'int f(void); int main(void) { int (*volatile g)(void) = f; return g == 0 ? f() : 0; }'
  const MARK = '-Wl,-z,indirect-extern-access'

  test.each([
    ['a copy', copy, '', 'copy relocation against', null, null],
    ['a copy, refused', copy, MARK, 'copy relocation against', 'INDIRECT_EXTERN_ACCESS', 'INDIRECT_EXTERN_ACCESS'],
    ['an address', address, '', 'may break pointer equality', null, null],
    ['an address, refused with LD_BIND_NOW', address, MARK, 'may break pointer equality', null, 'INDIRECT_EXTERN_ACCESS'],
  ])('%s', (title, main, flags, warning, lazy, now) => {
    const folder = built(`protected ${title}`, build(flags, main))
    for (const [mode, why] of [
      [LAZY, lazy],
      [NOW, now],
    ] as const) {
      const { status, stderr } = real(folder, mode)
      const { error, warnings = [] } = ours(folder, mode)
      expect([status === 0, error === null]).toEqual([why === null, why === null])
      expect([stderr, error ?? ''].every(text => text.includes(why ?? ''))).toBe(true)
      expect([stderr.includes(warning), warnings.some(text => text.includes(warning))]).toEqual(
        mode === NOW || main === copy ? [true, true] : [false, false],
      )
    }
  })
})

describeWithTools(NATIVE, 'an indirect function', () => {
  const IFUNC = 'static int one(void) { return 0; } static void *pick(void) { return one; } int f(void) __attribute__((ifunc("pick")));'
  const USER = 'int f(void); int g(void) { return f(); } int (*p)(void) = f;'

  test.each([
    ['of a library that is relocated later', './libb.so ./liba.so', true],
    ['of a library that is relocated before', './liba.so ./libb.so', false],
  ])('%s', (title, libraries, isWarned) => {
    const folder = built(
      `ifunc ${title}`,
      `
printf '${USER}' > liba.so.c
lib liba.so
printf '${IFUNC}' > libb.so.c
lib libb.so
printf 'int g(void); int main(void) { return g(); }' > program.c
program ${libraries}`,
    )
    const said = [real(folder, LAZY).stderr, ours(folder, LAZY).warnings?.join() ?? '']
    expect(said.map(text => text.includes("for IFUNC symbol `f'"))).toEqual([isWarned, isWarned])
  })

  test('of the program', () => {
    const folder = built(
      'ifunc program',
      `
printf '${USER}' > liba.so.c
lib liba.so
printf '${IFUNC} int g(void); int main(void) { return g(); }' > program.c
program -rdynamic ./liba.so`,
    )
    const why = 'is defined in the executable and creates an unsatisfiable circular dependency'
    expect([real(folder, LAZY).stderr, ours(folder, LAZY).error]).toEqual([expect.stringContaining(why), expect.stringContaining(why)])
  })
})

/** The processor of qemu-user, and what `--hwcaps` says of it. */
const PROCESSORS = [
  ['qemu64', 'none'],
  ['Nehalem', 'x86-64-v2'],
  ['Haswell', 'x86-64-v3,x86-64-v2,haswell'],
  ['max', 'x86-64-v3,x86-64-v2'],
] as const

describeWithTools([...NATIVE, 'qemu-x86_64'], 'another processor', () => {
  const onProcessor = (folder: string, cpu: string): Real =>
    started(['qemu-x86_64', '-cpu', cpu, './program'], folder, process.env as never)
  /** Each directory has a library that returns another number. */
  const libraries = (directories: readonly string[]): string =>
    directories
      .map((directory, index) => `echo 'int f(void) { return ${index + 1}; }' > liba.so.c; lib ${directory}/liba.so -Wl,-soname,liba.so\n`)
      .join('')
  const DIRECTORIES = [
    'l',
    'l/glibc-hwcaps/x86-64-v3',
    'l/glibc-hwcaps/x86-64-v2',
    'l/haswell',
    'l/haswell/x86_64',
    'l/x86_64',
    'l/avx512_1',
  ]

  const combinations = [
    DIRECTORIES,
    DIRECTORIES.filter(name => !name.includes('glibc')),
    ['l', 'l/haswell', 'l/x86_64'],
    ['l', 'l/avx512_1'],
  ]
  const folders = combinations.map((directories, index) =>
    NATIVE.length === 2
      ? built(
          `processor ${index}`,
          `${libraries(directories)}printf 'int f(void); int main(void) { return f(); }' > program.c; program l/liba.so -Wl,-rpath,'$ORIGIN/l'`,
        )
      : '',
  )

  test.each(PROCESSORS)('%s searches where --hwcaps %s says', (cpu, hwcaps) => {
    combinations.forEach((directories, index) => {
      const folder = folders[index]!
      const found = directories[(onProcessor(folder, cpu).status ?? 0) - 1]
      expect(ours(folder, LAZY, ['--hwcaps', hwcaps]).scope).toContain(join(folder, found ?? 'nothing', 'liba.so'))
    })
  })

  test.each(['x86-64-v2', 'x86-64-v3', 'x86-64-v4'])('may lack the level %s that a library requires', level => {
    const folder = built(`isa ${level}`, `lib liba.so -Wl,-z,${level}; program ./liba.so`)
    for (const [cpu, hwcaps] of PROCESSORS.slice(1)) {
      const { status, stderr } = onProcessor(folder, cpu)
      const { error } = ours(folder, LAZY, ['--hwcaps', hwcaps])
      const why = 'CPU ISA level is lower than required'
      expect([status === 0, stderr.includes(why)]).toEqual([error === null, error?.includes(why) ?? false])
    }
  })
})

describe.each([
  ['i686-linux-gnu', 'qemu-i386'],
  ['aarch64-linux-gnu', 'qemu-aarch64'],
])('a program of %s', (triplet, qemu) => {
  describeWithTools([`${triplet}-gcc`, qemu], 'on x86-64', () => {
    test('is not searched for in the subdirectories of x86-64', () => {
      const folder = join(FOLDER, triplet)
      mkdirSync(join(folder, 'l/glibc-hwcaps/x86-64-v2'), { recursive: true })
      const gcc = (words: string): void => void execFileSync('sh', ['-c', `${triplet}-gcc ${words}`], { cwd: folder })
      writeFileSync(join(folder, 'x.c'), 'int f(void) { return N; }')
      writeFileSync(join(folder, 'p.c'), 'int f(void); int main(void) { return f(); }')
      for (const [path, number] of [
        ['l/libx.so', 1],
        ['l/glibc-hwcaps/x86-64-v2/libx.so', 2],
      ])
        gcc(`-shared -fPIC -DN=${number} x.c -o ${path} -Wl,-soname,libx.so`)
      gcc("p.c -o program l/libx.so -Wl,-rpath,'$ORIGIN/l'")
      const { status } = started([qemu, '-L', `/usr/${triplet}`, './program'], folder, process.env as never)
      expect(status).toBe(1)
      expect(ours(folder, LAZY, ['--hwcaps', 'x86-64-v2']).scope[1]).toBe(join(folder, 'l/libx.so'))
    })
  })
})

const HOSTS: Readonly<Record<'x86-64' | 'i386' | 'aarch64', Host>> = {
  'x86-64': { machine: 62, elfClass: 64, endianness: 'little' },
  i386: { machine: 3, elfClass: 32, endianness: 'little' },
  aarch64: { machine: 183, elfClass: 64, endianness: 'little' },
}

/** Machine, compiler, emulator with a processor, and what that has. */
const SEARCHES = [
  ['x86-64', 'gcc', 'qemu-x86_64 -cpu qemu64', []],
  ['x86-64', 'gcc', 'qemu-x86_64 -cpu Haswell', ['x86-64-v3', 'x86-64-v2', 'haswell']],
  ['i386', 'i686-linux-gnu-gcc', 'qemu-i386', []],
  ['aarch64', 'aarch64-linux-gnu-gcc', 'qemu-aarch64 -cpu cortex-a57', []],
  ['aarch64', 'aarch64-linux-gnu-gcc', 'qemu-aarch64 -cpu a64fx', ['atomics']],
] as const

describe.each(SEARCHES)('the order of subdirectories on %s', (machine, gcc, qemu, hwcaps) => {
  const [command = '', ...words] = qemu.split(' ')
  describeWithTools([gcc, command], `on ${qemu}`, () => {
    test('is that of ld.so', () => {
      const folder = mkdtempSync(join(FOLDER, 'search-'))
      writeFileSync(join(folder, 'p.c'), 'int main(void) { return 0; }')
      execFileSync(gcc, ['p.c', '-o', 'program'], { cwd: folder })
      const root = gcc === 'gcc' ? [] : ['-L', `/usr/${gcc.slice(0, -'-gcc'.length)}`]
      const { stderr } = started(
        [command, ...words, ...root, '-E', 'LD_DEBUG=libs', '-E', 'LD_LIBRARY_PATH=/x', './program'],
        folder,
        process.env as never,
      )
      const searched = /search path=(\/x\S*)/.exec(stderr)?.[1]?.split(':') ?? []
      const host = HOSTS[machine]
      const levels = hwcapLevelsOf(host).filter(level => (hwcaps as readonly string[]).includes(level))
      const subdirectories = [...legacySubdirectories('/x/', legacyHwcapsOf(host, 36, hwcaps).words, () => true)]
      expect(searched).toEqual([...levels.map(level => `/x/glibc-hwcaps/${level}`), ...subdirectories.map(path => path.slice(0, -1)), '/x'])
    })
  })
})

describeWithTools([...NATIVE, 'musl-gcc'], 'musl', () => {
  const functionOf = (name: string, value: number): string =>
    `echo 'int f(void) { return ${value}; }' > ${name}.c; CC=musl-gcc; lib a/${name} -Wl,-soname,${name}\n`
  const MUSL = COMMANDS.replaceAll('gcc ', 'musl-gcc ')

  function muslFolder(name: string, build: string): string {
    const folder = join(FOLDER, `musl-${name}`)
    mkdirSync(folder)
    writeFileSync(join(folder, 'build.sh'), MUSL + build)
    execFileSync('sh', ['build.sh'], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
    return folder
  }

  test('searches for a bare name in LD_PRELOAD only in LD_LIBRARY_PATH and the system’s path', () => {
    const main = "printf 'int f(void); int main(void) { return f(); }' > program.c; program a/libl.so -Wl,-rpath,'$ORIGIN/a'"
    const folder = muslFolder('preload', `${functionOf('libl.so', 1)}${functionOf('libpre.so', 2)}${main}`)
    const provider = (options: readonly string[]): string | null | undefined =>
      ours(folder, LAZY, options).bindings.find(({ symbol, kind }) => symbol === 'f' && kind === 'call')?.provider
    expect(started(['./program'], folder, { LD_PRELOAD: 'libpre.so' }).status).toBe(1)
    expect(provider(['--preload', 'libpre.so'])).toBe(join(folder, 'a/libl.so'))
    expect(started(['./program'], folder, { LD_PRELOAD: 'libpre.so', LD_LIBRARY_PATH: 'a' }).status).toBe(2)
    expect(provider(['--preload', 'libpre.so', '--library-path', 'a'])).toBe(join(folder, 'a/libpre.so'))
  })

  test('refuses relocation types that it does not know', () => {
    const folder = muslFolder(
      'types',
      `
printf 'static int one(void) { return 0; } static void *pick(void) { return one; } static int f(void) __attribute__((ifunc("pick"))); int g(void) { return f(); }' > liba.so.c
lib liba.so
printf 'int g(void); int main(void) { return g(); }' > program.c
program ./liba.so`,
    )
    const why = 'liba.so: unsupported relocation type 37'
    expect([started(['./program'], folder, {}).stderr, ours(folder, LAZY).error]).toEqual([
      expect.stringContaining(why),
      expect.stringContaining(why),
    ])
  })

  test('relocates libraries first, and calls before addresses', () => {
    const folder = muslFolder(
      'order',
      `
printf 'int noa(void); extern int nob; int *p = &nob; int a(void) { return noa() + *p; }' > liba.so.c
lib liba.so
printf 'int a(void); int main(void) { return a(); }' > program.c
program ./liba.so -Wl,--unresolved-symbols=ignore-all`,
    )
    const lacking = (text: string): string[] =>
      [...text.matchAll(/Error relocating \S*?([\w.]+): (\w+): symbol not found/g)].map(([, file, name]) => `${file} ${name}`)
    const truth = lacking(started(['./program'], folder, {}).stderr)
    expect(truth).toEqual(['liba.so noa', 'liba.so nob'])
    expect(lacking(ours(folder, LAZY).error ?? '')).toEqual(truth.slice(0, 1))
  })
})
