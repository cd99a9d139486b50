/**
 * Settings as plain data. `parseSettings` reads and validates a file.
 */
import type { Genuine } from '../catalogue/genuine.js'
import type { OptionValue } from './options.js'
import type { Severity } from './rule.js'
import type { Waiver, WaivingSettings } from './suppression/waiver.js'

export type FailOn = Severity | 'never'

export interface RuleSettings {
  readonly severity: Severity | 'off' | null
  readonly options: Readonly<Record<string, OptionValue>>
}

export interface Settings {
  readonly failOn: FailOn
  /** By rule id. */
  readonly rules: Readonly<Record<string, RuleSettings>>
  readonly genuine: Genuine
  readonly waiving: WaivingSettings
  readonly waivers: readonly Waiver[]
  /** Modules with further rules: files, relative to the settings file, and packages. */
  readonly ruleModules: readonly string[]
}

export const DEFAULT_SETTINGS: Settings = {
  failOn: 'error',
  rules: {},
  genuine: { packages: [], sonames: [] },
  waiving: { blocked: [], isStrict: false },
  waivers: [],
  ruleModules: [],
}
