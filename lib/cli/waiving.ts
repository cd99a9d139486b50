/** What `check` does beside linting: waivers, baseline and rpmlint's files, from the options to the report. */
import { UsageError } from '../errors/check-error.js'
import { loadBaseline, saveBaseline } from '../io/config/baseline-file.js'
import { loadRpmlintFiles } from '../io/config/rpmlint-files.js'
import { timedSearch } from '../io/config/timed-search.js'
import type { CheckedPackage, PackageReport, Report } from '../lint/report.js'
import type { Settings } from '../lint/settings.js'
import { thresholdNotices } from '../lint/thresholds.js'
import { baselineOf, changesBetween, withBaseline, type Baseline } from '../lint/waiving/baseline.js'
import { WaivingLedger, type Grounds } from '../lint/waiving/ledger.js'
import { leftovers } from '../lint/waiving/leftovers.js'
import { rules } from '../../rules/index.js'
import type { CommandLine } from './command-line.js'
import { TOOL } from '../engine/tool.js'

type Options = CommandLine<'check'>['options']

export class Waiving {
  readonly ledger: WaivingLedger
  readonly #options: Options
  readonly #grounds: Grounds
  readonly #old: Baseline | null
  readonly #isStrict: boolean
  readonly #maxWarnings: number | null

  /** Reads the files that the options name. Throws `UsageError`. */
  constructor(options: Options, settings: Settings) {
    const { baseline: file } = options
    const isUpdate = options['update-baseline']
    if (isUpdate && file === null) throw new UsageError('--update-baseline needs --baseline FILE')
    this.#options = options
    this.#maxWarnings = limitOf(options['max-warnings'])
    this.#isStrict = settings.waiving.isStrict || options['strict-waivers']
    this.#old = file === null ? null : loadBaseline(file, isUpdate)
    this.#grounds = {
      waivers: settings.waivers,
      baseline: isUpdate ? null : this.#old,
      rpmlint: loadRpmlintFiles(options['rpmlint-config'], options.rpmlintrc),
      blocked: settings.waiving.blocked,
      today: options.today ?? new Date().toISOString().slice(0, 10),
      search: timedSearch(),
    }
    this.ledger = new WaivingLedger(this.#grounds)
  }

  /** The report on packages whose findings the ledger has settled. */
  report(packages: readonly PackageReport[]): Report {
    const isRecording = this.#options['update-baseline'] && this.#old !== null
    const report: Report = {
      tool: TOOL,
      packages: isRecording ? this.#recorded(packages, this.#old) : packages,
      notices: [],
      scoring: this.#grounds.rpmlint.scoring,
    }
    const unused = { ...report, notices: this.#leftovers(packages) }
    return { ...unused, notices: [...unused.notices, ...thresholdNotices(unused, this.#maxWarnings)] }
  }

  /** Where a package could not be checked, nobody knows what it would have needed. */
  #leftovers(packages: readonly PackageReport[]): Report['notices'] {
    const checked = packages.filter(isChecked)
    if (checked.length < packages.length) return []
    const { 'ignore-unused-rpmlintrc': isIgnored, 'rpmlint-exit-codes': isRpmlint } = this.#options
    const areFiltersErrors = isIgnored ? null : isRpmlint
    return leftovers(this.#grounds, this.ledger.uses, checked, { isStrict: this.#isStrict, areFiltersErrors, rules })
  }

  /** Writes the baseline, but not one that lacks what could not be checked. */
  #recorded(packages: readonly PackageReport[], old: Baseline): readonly PackageReport[] {
    const checked = packages.filter(isChecked)
    if (checked.length < packages.length || checked.length === 0) {
      this.#tell(`${old.file}: left as it was, for not every package could be checked`)
      return packages
    }
    const baseline = baselineOf(checked, old, this.#grounds.blocked)
    saveBaseline(baseline)
    const { added, removed } = changesBetween(old, baseline)
    this.#tell(`${baseline.file}: has ${baseline.entries.length} findings, ${added} of them new; ${removed} were taken out`)
    return checked.map(entry => withBaseline(entry, baseline, this.#grounds.blocked))
  }

  #tell(message: string): void {
    if (!this.#options.quiet) process.stderr.write(`rpmlint-ts: ${message}\n`)
  }
}

function isChecked(entry: PackageReport): entry is CheckedPackage {
  return entry.outcome === 'checked'
}

/** -1 stands for no limit. */
function limitOf(count: number | null): number | null {
  return count === -1 ? null : count
}
