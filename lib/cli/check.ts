/** `rpmlint-ts check`: lints and reports; its result is the exit status. */
import { printable } from '../bytes/names.js'
import { UsageError } from '../errors/check-error.js'
import { loadSettings } from '../io/config/settings-file.js'
import { targetsOf } from '../io/targets.js'
import { exitStatusOf, type PackageReport, type Report } from '../lint/report.js'
import { rpmlintStatusOf } from '../lint/rpmlint/exit-status.js'
import type { Settings } from '../lint/settings.js'
import type { RenderContext } from '../report/format.js'
import { FORMATS } from '../report/formats.js'
import { rules } from '../../rules/index.js'
import { checkInCompany, checkTargets } from './check-targets.js'
import type { CommandLine } from './command-line.js'
import { destinationsOf, outputWidth, requireApart, styleFor, write, writeAll } from './output.js'
import { appendStepSummary } from './step-summary.js'
import { HERE, targetsOfLine } from './targets-of-line.js'
import { Waiving } from './waiving.js'

type Options = CommandLine<'check'>['options']

export async function check(line: CommandLine<'check'>): Promise<number> {
  const { options } = line
  const destinations = destinationsOf(options.format, options['output-file'], Object.keys(FORMATS))
  requireApart(destinations, line)
  const settings = settingsFor(options)
  if (options['print-config']) {
    write(`${JSON.stringify(settings, null, 2)}\n`, null)
    return 0
  }
  const waiving = new Waiving(options, settings)
  const report = waiving.report(await packagesFor(line, settings, waiving))
  const outputs = destinations.map(({ format, file }) => ({
    text: FORMATS[format]?.render(report, contextFor(file, options, settings)) ?? '',
    file,
  }))
  const complaints = writeAll(outputs)
  if (destinations.some(({ format }) => format === 'github')) appendStepSummary(report)
  tellUnchecked(
    report,
    destinations.some(({ format, file }) => format === 'json' && file === null),
  )
  if (complaints.length > 0) throw new UsageError(complaints.join('\n'))
  return statusOf(report, options, settings)
}

function settingsFor(options: Options): Settings {
  const settings = loadSettings(options['no-config'] ? undefined : options.config, process.cwd(), rules)
  const failOn = options['fail-on']
  return failOn === null ? settings : { ...settings, failOn }
}

function statusOf(report: Report, options: Options, { failOn }: Settings): number {
  const isLenient = options['exit-zero']
  if (options['rpmlint-exit-codes']) return rpmlintStatusOf(report, failOn, isLenient)
  const status = exitStatusOf(report, failOn)
  return status === 1 && isLenient ? 0 : status
}

async function packagesFor(line: CommandLine<'check'>, settings: Settings, { ledger }: Waiving): Promise<PackageReport[]> {
  const targets = await targetsOfLine(line)
  const checking = { settings, ledger, isQuiet: line.options.quiet }
  const others = line.options.with
  return others.length === 0 ? checkTargets(targets, checking) : checkInCompany(targets, await targetsOf(others, HERE), checking)
}

function contextFor(file: string | null, options: Options, settings: Settings): RenderContext {
  const style = styleFor(options.color, file)
  return {
    style,
    width: outputWidth(file),
    isQuiet: options.quiet,
    failOn: settings.failOn,
    rules: rules.filter(({ id }) => settings.rules[id]?.severity !== 'off'),
    reportPath: options['report-path'],
    workingDirectory: process.cwd(),
  }
}

/** One line each on standard error, but for who reads JSON from standard output: it is all in there. */
function tellUnchecked(report: Report, isInJson: boolean): void {
  for (const entry of report.packages) {
    if (entry.outcome === 'checked' || (isInJson && entry.reason !== 'internal')) continue
    process.stderr.write(`rpmlint-ts: ${printable(entry.path)}: not checked (${entry.reason}): ${printable(entry.message)}\n`)
  }
}
