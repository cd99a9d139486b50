/** Suppression in a run: applies waivers, baseline and rpmlint's filters, records a baseline, and reports unused suppressions and exceeded thresholds. */
import { timedSearch } from '../io/config/timed-search.js'
import type { CheckedPackage, PackageReport, Report } from '../lint/report.js'
import type { RpmlintConfiguration } from '../lint/rpmlint/configuration.js'
import { NO_CONFIGURATION } from '../lint/rpmlint/configuration.js'
import type { AnyRule } from '../lint/rule.js'
import type { Settings } from '../lint/settings.js'
import { thresholdNotices } from '../lint/thresholds.js'
import { baselineOf, changesBetween, withBaseline, type Baseline } from '../lint/suppression/baseline.js'
import { SuppressionTracker, type SuppressionSources } from '../lint/suppression/suppression-tracker.js'
import { unusedSuppressions } from '../lint/suppression/unused-suppressions.js'
import type { Waiver } from '../lint/suppression/waiver.js'
import { TOOL } from './tool.js'

export interface SuppressionOptions {
  /** In addition to those of the settings. */
  readonly waivers?: readonly Waiver[]
  readonly baseline?: Baseline | null
  /** Records the findings in a new baseline, with the reasons of `baseline`, which then suppresses nothing. */
  readonly recordsBaseline?: boolean
  /** Filters and scoring from rpmlint's configuration. */
  readonly rpmlint?: RpmlintConfiguration
  /** The day on which waivers are evaluated, as YYYY-MM-DD; default: today in UTC. */
  readonly today?: string | null
  /** Unused waivers, baseline entries and filters are errors. Also where the settings say so. */
  readonly isStrict?: boolean
  /** Is an unused rpmlint filter an error whatever rule it is about, as for rpmlint? `null`: unused filters are not reported. */
  readonly areFiltersErrors?: boolean | null
  /** More warnings than this are an error; `null` for any number. */
  readonly maxWarnings?: number | null
}

/** A baseline recorded by a run, and its difference from the previous one. */
export interface RecordedBaseline {
  readonly baseline: Baseline
  readonly added: number
  readonly removed: number
}

export class Suppression {
  readonly tracker: SuppressionTracker
  readonly #options: SuppressionOptions
  readonly #settings: Settings
  readonly #rules: readonly AnyRule[]
  readonly #sources: SuppressionSources

  constructor(options: SuppressionOptions, settings: Settings, rules: readonly AnyRule[]) {
    const { waivers = [], baseline = null, recordsBaseline = false, rpmlint = NO_CONFIGURATION, today = null } = options
    this.#options = options
    this.#settings = settings
    this.#rules = rules
    this.#sources = {
      waivers: [...settings.waivers, ...waivers],
      baseline: recordsBaseline ? null : baseline,
      rpmlint,
      blocked: settings.waiving.blocked,
      today: today ?? new Date().toISOString().slice(0, 10),
      search: timedSearch(),
    }
    this.tracker = new SuppressionTracker(this.#sources)
  }

  /** The report on packages whose findings the tracker has processed. `recorded` is `null` if no baseline was requested or a package could not be checked. */
  report(packages: readonly PackageReport[]): { readonly report: Report; readonly recorded: RecordedBaseline | null } {
    const recorded = this.#recorded(packages)
    const { blocked, rpmlint } = this.#sources
    const report: Report = {
      tool: TOOL,
      packages: recorded === null ? packages : packages.filter(isChecked).map(entry => withBaseline(entry, recorded.baseline, blocked)),
      notices: this.#unused(packages),
      scoring: rpmlint.scoring,
    }
    const { maxWarnings = null } = this.#options
    return { report: { ...report, notices: [...report.notices, ...thresholdNotices(report, maxWarnings)] }, recorded }
  }

  /** Empty if a package could not be checked: its findings might have used them. */
  #unused(packages: readonly PackageReport[]): Report['notices'] {
    const checked = packages.filter(isChecked)
    if (checked.length < packages.length) return []
    const { isStrict = false, areFiltersErrors = false } = this.#options
    const options = { isStrict: isStrict || this.#settings.waiving.isStrict, areFiltersErrors, rules: this.#rules }
    return unusedSuppressions(this.#sources, this.tracker.uses, checked, options)
  }

  /** A baseline without the findings of unchecked packages would be incomplete. */
  #recorded(packages: readonly PackageReport[]): RecordedBaseline | null {
    const { baseline: old = null, recordsBaseline = false } = this.#options
    const checked = packages.filter(isChecked)
    if (!recordsBaseline || old === null || checked.length < packages.length || checked.length === 0) return null
    const baseline = baselineOf(checked, old, this.#sources.blocked)
    return { baseline, ...changesBetween(old, baseline) }
  }
}

function isChecked(entry: PackageReport): entry is CheckedPackage {
  return entry.outcome === 'checked'
}
