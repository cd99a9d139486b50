/**
 * The cases beside the checkout, run by the loader of this machine, of others through qemu-user, and of musl, against `bindings`.
 *
 * `LINK_KEEP=DIR` leaves what was built, and uses it another time: building is what takes long.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { realPaths, simulate, type SimulatedProgram } from '../../support/link/bindings-command.js'
import { caseFaults } from '../../support/link/case-faults.js'
import { incomparable, makeCases, optionsOf, type CaseEntry, type CaseTools } from '../../support/link/cases.js'
import { describeWith } from '../../support/shared.js'
import { describeWithTools, isX86Linux, scratchFolder } from '../../support/tools.js'

interface Loader extends CaseTools {
  /** Of its folder. */
  readonly name: string
  readonly title: string
  readonly tools: readonly string[]
  /** The root directory of another machine: its loader and C library are put beside the cases, and all of it is asked about as a root. */
  readonly sysroot?: string
  readonly options?: readonly string[]
  /** Fewer comparisons than this are a fault of the test. */
  readonly enough: number
}

/** One case of each rule; what they have in common with the rest does not depend on the machine. */
const KEY_CASES = '^(a01|a03|a05|a30|a34|b01|c0[23]|d04|e01|e14)-'
/** Without LD_DEBUG nobody says what the link editor settled or copied: cases of that are left out. */
const MUSL_CASES = '^(a01|a0[3-7]|a12|a29|a34|a35|b01|b02|e01)-'

function cross(machine: string, compiler: string, folder: string): Loader {
  const runner = `qemu-${machine}`
  return {
    name: machine,
    title: `${machine} (qemu-user)`,
    tools: [compiler, runner, ...(existsSync(join(folder, 'lib/libc.so.6')) ? [] : [`C library of ${machine}`])],
    compiler,
    runner: `${runner} -L ${folder}`,
    only: KEY_CASES,
    sysroot: folder,
    enough: 17,
  }
}

const LOADERS: readonly Loader[] = [
  { name: 'x86-64', title: 'x86-64', tools: ['gcc'], enough: 165 },
  cross('i386', 'i686-linux-gnu-gcc', '/usr/i686-linux-gnu'),
  cross('aarch64', 'aarch64-linux-gnu-gcc', '/usr/aarch64-linux-gnu'),
  cross('s390x', 's390x-linux-gnu-gcc', '/usr/s390x-linux-gnu'),
  {
    name: 'musl',
    title: 'musl',
    tools: ['musl-gcc'],
    compiler: 'musl-gcc',
    hasDebug: false,
    only: MUSL_CASES,
    options: ['--libc', 'musl'],
    enough: 22,
  },
]

function prepare(loader: Loader, folder: string): CaseEntry[] {
  const truth = makeCases(folder, loader)
  if (loader.sysroot === undefined) return truth
  mkdirSync(join(folder, 'lib'), { recursive: true })
  const files = readdirSync(join(loader.sysroot, 'lib')).filter(name => /^(?:ld.*\.so\.\d|libc\.so\.6)$/.test(name))
  for (const name of files) copyFileSync(join(loader.sysroot, 'lib', name), join(folder, 'lib', name))
  return truth
}

/** Programs of one environment are asked about together. */
function simulateCases({ options = [], sysroot }: Loader, folder: string, entries: readonly CaseEntry[]): Map<string, SimulatedProgram> {
  const [top, root] = sysroot === undefined ? [folder, []] : ['/', ['--root', folder]]
  const byOptions = new Map<string, Set<string>>()
  for (const entry of entries) {
    const key = JSON.stringify([...options, ...root, ...optionsOf(top, entry)])
    byOptions.set(key, (byOptions.get(key) ?? new Set()).add(entry.executable))
  }
  const answers = [...byOptions].flatMap(([key, executables]) => {
    const programs = [...executables]
    const simulated = simulate(
      programs.map(program => join(top, program)),
      JSON.parse(key) as string[],
    )
    return simulated.map((answer, index) => [programs[index] ?? '', answer] as const)
  })
  return new Map(answers)
}

describeWith('linker/make-cases.sh', 'the cases of a linker’s rules', () => {
  describe.each(LOADERS)('on $title', loader => {
    describeWithTools(isX86Linux ? loader.tools : ['x86-64 Linux'], 'as its loader answers them', () => {
      const keep = process.env.LINK_KEEP
      const folder = keep === undefined ? scratchFolder('cases') : join(keep, loader.name)
      const truth: CaseEntry[] = []
      const realPath = realPaths()
      const top = loader.sysroot === undefined ? folder : '/'
      const identify = (path: string): string => realPath(path.startsWith('/') ? path : join(top, path))
      beforeAll(() => void truth.push(...prepare(loader, folder)), 600_000)

      test('every comparable binding, scope and refusal is the loader’s', () => {
        const comparable = truth.filter(entry => incomparable(entry) === null)
        const answers = simulateCases(loader, folder, comparable)
        const faults = comparable.flatMap(entry => {
          const answer = answers.get(entry.executable)
          const found = answer === undefined ? ['no answer'] : caseFaults(entry, answer, identify)
          return found.map(fault => `${entry.case} (${entry.description}): ${fault}`)
        })
        expect(faults).toEqual([])
        expect(comparable.length).toBeGreaterThanOrEqual(loader.enough)
      }, 120_000)

      test('what is left out has a reason', () => {
        const reasons = new Set(truth.flatMap(entry => incomparable(entry) ?? []))
        process.stdout.write(`cases on ${loader.title}: ${truth.length} entries; left out: ${[...reasons].join('; ') || 'none'}\n`)
        expect(truth.filter(entry => incomparable(entry) !== null).length).toBeLessThanOrEqual(30)
      })
    })
  })
})
