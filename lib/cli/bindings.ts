/** `rpmlint-ts bindings`: what ld.so would bind, without running anything. */
import { resolve } from 'node:path'
import { CheckError } from '../errors/check-error.js'
import { textOf } from '../bytes/names.js'
import { DiskFiles } from '../io/disk-files.js'
import { DEFAULT_LIMITS } from '../limits/limits.js'
import { preloadNames } from '../link/setup.js'
import { Simulator } from '../link/simulate.js'
import { BINDINGS_FOOT, BINDINGS_HEAD, renderProgramJson } from '../report/bindings-json.js'
import type { ProgramReport } from '../report/program-report.js'
import type { CommandLine } from './command-line.js'
import { destinationsOf, write } from './output.js'

const FORMATS = ['json'] as const

export async function bindings({ operands, options }: CommandLine): Promise<number> {
  const destinations = destinationsOf(
    (options['format'] as string[] | undefined) ?? ['json'],
    (options['output-file'] as string) ?? null,
    FORMATS,
  )
  const root = (options['root'] as string | undefined) ?? null
  const files = new DiskFiles(DEFAULT_LIMITS, root)
  const simulator = new Simulator({
    files,
    workingDirectory: root === null ? byteString(process.cwd()) : '',
    libraryPath: options['library-path'] === undefined ? null : byteString(options['library-path'] as string),
    preload: preloadNames(byteString((options['preload'] as string | undefined) ?? '')),
    hwcaps: ((options['hwcaps'] as string | undefined) ?? '').split(/[:,]/).filter(name => name !== ''),
    bindsNow: options['bind-now'] === true,
    prefersStrong: options['dynamic-weak'] === true,
  })
  const reports = operands.map(operand => reportOn(operand, files, simulator))
  for (const { file } of destinations)
    write(BINDINGS_HEAD + reports.map((report, index) => renderProgramJson(report, index === 0)).join('') + BINDINGS_FOOT, file)
  return reports.some(({ reason }) => reason !== null) ? 2 : 0
}

function reportOn(operand: string, files: DiskFiles, simulator: Simulator): ProgramReport {
  const program = byteString(resolve(operand))
  const none = { program, scope: [], bindings: [], warnings: [], assumptions: [] }
  const file = files.open(program)
  if (file === null) return { ...none, reason: 'unreadable', errors: [`cannot read ${textOf(program)}: no such file`] }
  try {
    const { scope, bindings: bound, failures, warnings } = simulator.start(program, file, () => true)
    return { program, scope, bindings: bound, errors: failures, warnings, reason: null, assumptions: ['dlopen is not simulated'] }
  } catch (error) {
    if (!(error instanceof CheckError)) throw error
    return { ...none, reason: error.reason, errors: [error.message] }
  }
}

function byteString(text: string): string {
  return Buffer.from(text).toString('latin1')
}
