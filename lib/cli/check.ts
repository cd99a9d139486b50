/** `rpmlint-ts check`: lints packages and reports; returns the exit status. */
import { printable } from '../bytes/names.js'
import { createEngine, type Engine } from '../engine/engine.js'
import { UsageError } from '../errors/check-error.js'
import { loadRules } from '../io/config/rule-modules.js'
import { loadSettings } from '../io/config/settings-file.js'
import type { Report } from '../lint/report.js'
import type { RenderContext } from '../report/format.js'
import { FORMATS } from '../report/formats.js'
import { logLines } from '../report/runner-commands.js'
import { rules as ownRules } from '../../rules/index.js'
import type { CommandLine } from './command-line.js'
import { destinationsOf, outputWidth, requireNoOverwrite, styleFor, write, writeAll, type Destination } from './output.js'
import { ProgressLine } from './progress.js'
import { appendStepSummary } from './step-summary.js'
import { saveRecorded, suppressionOf } from './suppression-options.js'
import type { Surroundings } from './surroundings.js'
import { targetsOfLine } from './targets-of-line.js'

type Options = CommandLine<'check'>['options']

const INCOMPLETE = 2
/** For one of several packages; the largest of a distribution take half a minute and 400 MB. */
const SECONDS = 600
const HEAP_MEGABYTES = 2048

/** The result of a run. */
export interface CheckRun {
  /** The exit status; 2 if a report could not be written. */
  readonly status: number
  readonly report: Report
  /** Errors in writing reports, as sentences. */
  readonly writeErrors: readonly string[]
  /** The report in another format. */
  render(format: string): string
}

export async function check(line: CommandLine<'check'>, surroundings: Surroundings): Promise<number> {
  const run = await checkLine(line, surroundings)
  if (run !== null && run.writeErrors.length > 0) throw new UsageError(run.writeErrors.join('\n'))
  return run?.status ?? 0
}

/** `null` for --print-config, which checks nothing. Throws `UsageError`. */
export async function checkLine(line: CommandLine<'check'>, surroundings: Surroundings): Promise<CheckRun | null> {
  const { options } = line
  const { stderr, cwd } = surroundings
  const destinations = destinationsOf(options.format, options['output-file'], Object.keys(FORMATS), cwd)
  requireNoOverwrite(destinations, line, cwd)
  const progress = new ProgressLine(surroundings, !options.quiet)
  const engine = await engineFor(options, surroundings, progress)
  if (options['print-config']) {
    write(`${JSON.stringify(engine.settings, null, 2)}\n`, null, surroundings)
    return null
  }
  const suppression = await suppressionOf(options, surroundings)
  const others = options.with.length === 0 ? null : options.with
  const checking = { ...suppression, with: others, requireDigests: options['require-digests'], strictArchives: options['strict-archives'] }
  const { report, recorded } = await engine.check(targetsOfLine(line), checking).finally(() => progress.clear())
  const note = saveRecorded(recorded, options, cwd)
  if (note !== null && !options.quiet) stderr.write(`rpmlint-ts: ${note}\n`)
  const writeErrors = publish(report, engine, destinations, options, surroundings)
  const status = engine.exitStatus(report, { exitZero: options['exit-zero'], likeRpmlint: options['rpmlint-exit-codes'] })
  return {
    status: writeErrors.length > 0 ? INCOMPLETE : status,
    report,
    writeErrors,
    render: format => engine.render(report, format, contextFor(null, options, surroundings)),
  }
}

async function engineFor(options: Options, { cwd, stdin }: Surroundings, progress: ProgressLine): Promise<Engine> {
  const file = options['no-config'] ? undefined : options.config
  const { settings, rules } = await loadSettings(file, cwd, await loadRules(options['rules-from'], cwd, ownRules))
  const failOn = options['fail-on'] ?? settings.failOn
  const isolation = { seconds: options.timeout ?? SECONDS, heapMegabytes: HEAP_MEGABYTES }
  return createEngine({ settings: { ...settings, failOn }, rules, directory: cwd, stdin, isolation, onProgress: progress.update })
}

/** Writes to every destination, even if others fail. Returns the errors. */
function publish(
  report: Report,
  engine: Engine,
  destinations: readonly Destination[],
  options: Options,
  surroundings: Surroundings,
): readonly string[] {
  const outputs = destinations.map(({ format, file }) => ({
    text: engine.render(report, format, contextFor(file, options, surroundings)),
    file,
  }))
  const writeErrors = writeAll(outputs, surroundings)
  if (destinations.some(({ format }) => format === 'github')) appendStepSummary(report, surroundings)
  const isInJson = destinations.some(({ format, file }) => format === 'json' && file === null)
  surroundings.stderr.write(uncheckedLines(report, isInJson))
  return writeErrors
}

function contextFor(file: string | null, options: Options, surroundings: Surroundings): Partial<RenderContext> {
  return {
    style: styleFor(options.color, file, surroundings),
    width: outputWidth(file, surroundings),
    isQuiet: options.quiet,
    reportPath: options['report-path'],
    workingDirectory: surroundings.cwd,
  }
}

/** A line for each unchecked package, unless standard output has them as JSON. */
function uncheckedLines({ packages }: Report, isInJson: boolean): string {
  const lines = packages.flatMap(entry => {
    if (entry.outcome === 'checked' || (isInJson && entry.reason !== 'internal')) return []
    return [logLines(`rpmlint-ts: ${printable(entry.path)}: not checked (${entry.reason}): ${printable(entry.message)}\n`)]
  })
  return lines.join('')
}
