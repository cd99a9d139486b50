/**
 * Finds and reads the settings file: the given one, or rpmlint-ts.toml in the working directory or its nearest ancestor.
 */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { UsageError } from '../../errors/check-error.js'
import { parseSettings, ruleModulesOf } from '../../lint/parse-settings.js'
import type { AnyRule } from '../../lint/rule.js'
import { DEFAULT_SETTINGS, type Settings } from '../../lint/settings.js'
import { attempt } from '../os-error.js'
import { pipedTexts } from './piped-texts.js'
import { loadRules } from './rule-modules.js'

export const SETTINGS_FILE = 'rpmlint-ts.toml'

export interface LoadedSettings {
  readonly settings: Settings
  /** The given rules, and those of the modules in the settings. */
  readonly rules: readonly AnyRule[]
}

/**
 * `path` is the file, `null` to search for one from `directory` upwards, `undefined` for none. Modules of rules are relative to the settings file.
 * Throws `UsageError` for a file that cannot be read or has errors.
 */
export async function loadSettings(path: string | null | undefined, directory: string, rules: readonly AnyRule[]): Promise<LoadedSettings> {
  const file = path === undefined ? null : (path ?? nearest(directory))
  if (file === null) return { settings: DEFAULT_SETTINGS, rules }
  const place = resolve(directory, file)
  const text = (await pipedTexts([file], directory)).get(place) ?? readText(place, file)
  const all = await loadRules(ruleModulesOf(text, file), dirname(place), rules)
  return { settings: parseSettings(text, file, all), rules: all }
}

function nearest(directory: string): string | null {
  const file = join(directory, SETTINGS_FILE)
  if (existsSync(file)) {
    // Nobody named it, so it must not be a pipe whose writer would be waited for.
    if (statSync(file).isFIFO()) throw new UsageError(`${file}: not a regular file`)
    return file
  }
  const parent = dirname(directory)
  return parent === directory ? null : nearest(parent)
}

function readText(place: string, file: string): string {
  return attempt(
    () => readFileSync(place, 'utf8'),
    reason => new UsageError(`cannot read the settings file ${file}: ${reason}`),
  )
}
