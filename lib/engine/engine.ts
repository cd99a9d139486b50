/**
 * The application without its command line: reads facts of packages, checks them, renders reports and computes the exit status.
 *
 * Used by the command line, the GitHub action and other programs. It writes no files and prints nothing.
 */
import { resolve } from 'node:path'
import { Catalogue } from '../catalogue/catalogue.js'
import { UsageError } from '../errors/check-error.js'
import { linkSourceOf, type LinkSource } from '../io/loader/link-sources.js'
import type { Outcome } from '../io/package/read-targets.js'
import type { Target } from '../io/targets.js'
import { DEFAULT_LIMITS, type Limits } from '../limits/limits.js'
import { didYouMean } from '../lint/did-you-mean.js'
import { exitStatusOf } from '../lint/exit-status.js'
import type { Report } from '../lint/report.js'
import { rpmlintStatusOf } from '../lint/rpmlint/exit-status.js'
import type { AnyRule } from '../lint/rule.js'
import { DEFAULT_SETTINGS, type FailOn, type Settings } from '../lint/settings.js'
import type { RenderContext } from '../report/format.js'
import { FORMATS } from '../report/formats.js'
import { plain } from '../report/style.js'
import { rules as ownRules } from '../../rules/index.js'
import { checkEach, checkTogether } from './check-packages.js'
import { FactsKeys, type FactsCache } from './facts-cache.js'
import type { FactsWanted } from './facts-wanted.js'
import { readOutcomes } from './read-outcomes.js'
import { stricter } from './stricter-reading.js'
import { Suppression, type RecordedBaseline, type SuppressionOptions } from './suppression.js'
import { targetsFrom, type TargetInput } from './target-input.js'
import type { ThreadLimits } from './worker-pool.js'

export interface EngineOptions {
  readonly settings?: Settings
  /** Default: the built-in rules. */
  readonly rules?: readonly AnyRule[]
  /** Limits for one package; the others are those of `DEFAULT_LIMITS`. */
  readonly limits?: Partial<Limits>
  readonly catalogue?: Catalogue
  /** Worker threads that read packages; default 1: read in this thread. The result is the same. */
  readonly jobs?: number
  /**
   * What one of several packages may take of a thread; beyond it, it is not checked, and the others are. Default `null`: without `jobs`, packages are read in
   * this thread, and one that takes for ever is waited for.
   */
  readonly isolation?: ThreadLimits | null
  /** Caches facts between runs. */
  readonly cache?: FactsCache | null
  /** Aborts work in progress, which rejects with the signal's reason. */
  readonly signal?: AbortSignal | null
  readonly onProgress?: (progress: Progress) => void
  /** Base of relative paths; default: the working directory of the process. */
  readonly directory?: string
  /** Read for the target `-`; without it, `-` is a file. */
  readonly stdin?: AsyncIterable<Uint8Array> | null
}

/** `done` of `total` packages have been read; `path` is the next, `null` after the last. */
export interface Progress {
  readonly done: number
  readonly total: number
  readonly path: string | null
}

/** Aborts this call, besides the engine's own signal; a stream that was being read is left for the caller to close. */
export interface Interruption {
  readonly signal?: AbortSignal | null
}

export interface CheckOptions extends SuppressionOptions, Interruption {
  /** Packages installed beside the checked ones: the bindings of their programs are checked too. */
  readonly with?: readonly TargetInput[] | null
  /** Packages whose header or payload has no digest that was verified count as not checked. */
  readonly requireDigests?: boolean
  /** Packages with an archive that could not be read to its end count as not checked. */
  readonly strictArchives?: boolean
}

export interface CheckResult {
  readonly report: Report
  /** The new baseline, if one was requested and every package could be checked. */
  readonly recorded: RecordedBaseline | null
}

export interface ExitOptions {
  /** Default: from the settings. */
  readonly failOn?: FailOn
  /** 0 instead of 1; an incomplete check is still 2. */
  readonly exitZero?: boolean
  /** rpmlint's exit codes: 64 on errors, 65 on less severe findings at or above `failOn`, 66 on badness. */
  readonly likeRpmlint?: boolean
}

export interface Engine {
  readonly rules: readonly AnyRule[]
  readonly settings: Settings
  /** Facts of each target, or why it could not be read, in order. */
  facts(targets: readonly TargetInput[], wanted?: Partial<FactsWanted> & Interruption): AsyncIterable<Outcome>
  /** Throws `UsageError` for a filter that times out and for different inputs of one name; unreadable packages are in the report. */
  check(targets: readonly TargetInput[], options?: CheckOptions): Promise<CheckResult>
  /** The files that the loader would see: those of `root` (a directory, or `null`), with the packages on top if any are given. */
  loaderFiles(root: string | null, packages: readonly TargetInput[]): Promise<LinkSource>
  /** Pure. Throws `UsageError` for an unknown format. */
  render(report: Report, format: string, context?: Partial<RenderContext>): string
  /** 0 clean, 1 findings, 2 incomplete. */
  exitStatus(report: Report, options?: ExitOptions): number
}

export function createEngine(options: EngineOptions = {}): Engine {
  const { settings = DEFAULT_SETTINGS, rules = ownRules, catalogue = new Catalogue(), directory = process.cwd() } = options
  const { jobs = 1, isolation = null, cache = null, signal = null, stdin = null, onProgress } = options
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const context = { directory, stdin }
  const keyed = cache === null ? null : { store: cache, keys: new FactsKeys(catalogue, limits) }
  const reading = { catalogue, limits, jobs, isolation, cache: keyed }
  const read = (targets: readonly Target[], wanted: FactsWanted, own: AbortSignal | null = null): AsyncIterable<Outcome> =>
    withProgress(readOutcomes(targets, wanted, { ...reading, signal: eitherOf(signal, own) }), targets, onProgress)
  return {
    rules,
    settings,
    async *facts(targets, { wantsSha256 = true, wantsLinks = false, signal: own = null } = {}) {
      yield* read(await targetsFrom(targets, context), { wantsSha256, wantsLinks }, own)
    },
    async check(targets, { with: others = null, requireDigests = false, strictArchives = false, signal: own = null, ...suppressing } = {}) {
      const suppression = new Suppression(suppressing, settings, rules)
      const readFor = (some: readonly Target[], wantsLinks: boolean): AsyncIterable<Outcome> =>
        stricter(read(some, { wantsSha256: false, wantsLinks }, own), { requireDigests, strictArchives })
      const checking = { catalogue, rules, settings, tracker: suppression.tracker, read: readFor }
      const checked = await targetsFrom(targets, context)
      return suppression.report(
        others === null
          ? await checkEach(checked, checking)
          : await checkTogether(checked, await targetsFrom(others, context, checked), checking),
      )
    },
    async loaderFiles(root, packages) {
      const outcomes = read(await targetsFrom(packages, context), { wantsSha256: false, wantsLinks: true })
      return linkSourceOf(root === null ? null : resolve(directory, root), packages.length === 0 ? null : outcomes, limits)
    },
    render(report, format, given = {}) {
      const renderer = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined
      if (renderer === undefined) throw new UsageError(`unknown format ${format}${didYouMean(format, Object.keys(FORMATS))}`)
      return renderer.render(report, { ...contextOf(settings, rules), ...given })
    },
    exitStatus: (report, exit = {}) => exitStatus(report, exit.failOn ?? settings.failOn, exit),
  }
}

function eitherOf(one: AbortSignal | null, other: AbortSignal | null): AbortSignal | null {
  return one === null || other === null ? (one ?? other) : AbortSignal.any([one, other])
}

/** Defaults for programs: no colours, paths as given. */
function contextOf(settings: Settings, rules: readonly AnyRule[]): RenderContext {
  return {
    style: plain,
    width: 100,
    isQuiet: false,
    failOn: settings.failOn,
    rules: rules.filter(({ id }) => settings.rules[id]?.severity !== 'off'),
    reportPath: null,
    workingDirectory: null,
  }
}

function exitStatus(report: Report, failOn: FailOn, { exitZero = false, likeRpmlint = false }: ExitOptions): number {
  if (likeRpmlint) return rpmlintStatusOf(report, failOn, exitZero)
  const status = exitStatusOf(report, failOn)
  return status === 1 && exitZero ? 0 : status
}

async function* withProgress(
  outcomes: AsyncIterable<Outcome>,
  targets: readonly Target[],
  onProgress: EngineOptions['onProgress'],
): AsyncGenerator<Outcome> {
  const notify = (done: number): void => onProgress?.({ done, total: targets.length, path: targets[done]?.path ?? null })
  let done = 0
  notify(done)
  for await (const outcome of outcomes) {
    yield outcome
    notify(++done)
  }
}
