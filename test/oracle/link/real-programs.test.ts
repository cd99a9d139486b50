/**
 * The programs of this machine, as its own ld.so loads and binds them, against `bindings` without any options:
 * so ld.so.cache, ld.so.conf, hwcaps and default directories are compared as well. No program is started.
 *
 * `LINK_PROGRAMS=2000` compares more of them.
 */
import { closeSync, existsSync, lstatSync, openSync, readSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { realPaths, simulate, type SimulatedProgram } from '../../support/link/bindings-command.js'
import { bindingCount, differences } from '../../support/link/compare.js'
import type { LoaderReport } from '../../support/link/ld-debug.js'
import { INTERPRETER, traceProgram } from '../../support/link/run-loader.js'
import { describeWithTools, isX86Linux } from '../../support/tools.js'

const DIRECTORIES = ['/usr/bin', '/usr/sbin', '/usr/libexec', '/usr/local/bin', '/usr/lib/git-core', '/usr/lib/gcc/x86_64-linux-gnu/12']
const LIMIT = Number(process.env.LINK_PROGRAMS ?? 210)
const ENOUGH = 200 // where the machine has as many
const AT_ONCE = 25 // programs asked about together
const HEAD = 4096 // bytes in which every linker leaves PT_INTERP

const realPath = realPaths()

function dynamicPrograms(): string[] {
  const files = DIRECTORIES.filter(existsSync).flatMap(directory => readdirSync(directory).map(name => join(directory, name)))
  const programs = files.filter(path => lstatSync(path).isFile() && isProgram(path))
  const step = Math.max(1, programs.length / LIMIT)
  return Array.from({ length: Math.min(LIMIT, programs.length) }, (_, index) => programs[Math.floor(index * step)] ?? '')
}

function isProgram(path: string): boolean {
  const head = Buffer.alloc(HEAD)
  const file = openSync(path, 'r')
  readSync(file, head, 0, HEAD, 0)
  closeSync(file)
  return head.toString('latin1', 0, 4) === '\u007fELF' && head.includes(`${INTERPRETER}\0`)
}

/** The trace leaves out the program, and does not bind the loader's own references. */
function truthAbout(program: string): LoaderReport {
  const trace = traceProgram(program)
  return { ...trace, scope: [program, ...trace.scope] }
}

function withoutLoader(simulated: SimulatedProgram): SimulatedProgram {
  return { ...simulated, bindings: simulated.bindings.filter(({ referrer }) => realPath(referrer) !== realPath(INTERPRETER)) }
}

describeWithTools(isX86Linux && existsSync(INTERPRETER) ? [] : ['glibc on x86-64'], 'the programs of this machine', () => {
  const programs = isX86Linux ? dynamicPrograms() : []

  test('are bound as ld.so binds them', () => {
    const found: string[] = []
    const total = { bindings: 0, undefinedSymbols: 0 }
    for (let first = 0; first < programs.length; first += AT_ONCE) {
      const some = programs.slice(first, first + AT_ONCE)
      simulate(some).forEach((simulated, index) => {
        const program = some[index] ?? ''
        const truth = truthAbout(program)
        found.push(...differences(truth, withoutLoader(simulated), realPath).map(line => `${program}: ${line}`))
        if ((simulated.error !== null) !== truth.notFound.length > 0)
          found.push(`${program}: error ${simulated.error}, not found ${truth.notFound.join(' ')}`)
        total.bindings += bindingCount(truth)
        total.undefinedSymbols += truth.undefinedSymbols.length
      })
    }
    process.stdout.write(
      `${programs.length} programs, ${total.bindings} bindings and ${total.undefinedSymbols} undefined symbols compared\n`,
    )
    expect(found.slice(0, 40)).toEqual([])
    expect(total.bindings).toBeGreaterThan(programs.length * 20)
  }, 600_000)

  test('are many', () => expect(programs.length).toBeGreaterThanOrEqual(Math.min(ENOUGH, LIMIT)))
})
