/**
 * The public API: reads packages, checks them, renders reports. The API for rules is in plugin-api, helpers for their tests in testing.
 */
import { Catalogue } from './catalogue/catalogue.js'
import { createEngine } from './engine/engine.js'
import { TOOL } from './engine/tool.js'
import type { PackageFacts } from './facts/model.js'
import { FACTS_VERSION } from './facts/version.js'
import { readFacts as readTargetFacts } from './io/package/read-facts.js'
import { DEFAULT_LIMITS, type Limits } from './limits/limits.js'
import type { Finding } from './lint/finding.js'
import { lint as lintFacts } from './lint/lint.js'
import { summaryOf } from './lint/report.js'
import type { AnyRule } from './lint/rule.js'
import { DEFAULT_SETTINGS, type Settings } from './lint/settings.js'
import { rules as ownRules } from '../rules/index.js'

export { CheckError, LimitError, MalformedError, UnreadableError, UnsupportedError, UsageError } from './errors/check-error.js'
export { Catalogue, DEFAULT_LIMITS, DEFAULT_SETTINGS, FACTS_VERSION, TOOL, createEngine, ownRules as rules, summaryOf }
export { loadBaseline, saveBaseline } from './io/config/baseline-file.js'
export { loadRpmlintFiles } from './io/config/rpmlint-files.js'
export { loadSettings } from './io/config/settings-file.js'
export { parseSettings } from './lint/parse-settings.js'
export type { GuardedSymbol } from './catalogue/catalogue.js'
export type { Family, FamilyData, FamilyTexts, LibraryData, TraceData } from './catalogue/family.js'
export type { Genuine } from './catalogue/genuine.js'
export type { Reason } from './errors/check-error.js'
export type { CheckOptions, CheckResult, Engine, EngineOptions, ExitOptions, Interruption, Progress } from './engine/engine.js'
export type { FactsCache } from './engine/facts-cache.js'
export type { FactsWanted } from './engine/facts-wanted.js'
export type { RecordedBaseline, SuppressionOptions } from './engine/suppression.js'
export type { TargetInput } from './engine/target-input.js'
export type { LoadedSettings } from './io/config/settings-file.js'
export type { LinkSource } from './io/loader/link-sources.js'
export type { Outcome } from './io/package/read-targets.js'
export type { Waived } from './lint/finding.js'
export type { OptionValue } from './lint/options.js'
export type { CheckedPackage, Notice, PackageReport, Report, Summary, UncheckedPackage } from './lint/report.js'
export type { RpmlintConfiguration, RpmlintFilter, Scoring } from './lint/rpmlint/configuration.js'
export type { FailOn, RuleSettings } from './lint/settings.js'
export type { Baseline, BaselineEntry } from './lint/suppression/baseline.js'
export type { SourceLocation, Waiver, WaivingSettings } from './lint/suppression/waiver.js'
export type { RenderContext } from './report/format.js'
export type { Style } from './report/style.js'
export type { AnyRule, Finding, Limits, PackageFacts, Settings }

/** Facts of the .rpm or ELF file at `path`. Throws `CheckError`. */
export function readFacts(path: string, limits: Limits = DEFAULT_LIMITS): Promise<PackageFacts> {
  return readTargetFacts({ kind: 'file', path, file: path }, { limits, catalogue: new Catalogue(), wantsSha256: true })
}

/** Findings of the rules in these facts. Pure; waivers, which depend on the run and the date, are not applied. */
export function lint(facts: PackageFacts, settings: Settings = DEFAULT_SETTINGS, rules: readonly AnyRule[] = ownRules): Finding[] {
  return lintFacts(facts, rules, settings, new Catalogue())
}
