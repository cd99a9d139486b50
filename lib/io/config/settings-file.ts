/**
 * Finds and reads the settings file: the one named, or rpmlint-ts.toml in the working directory or the nearest one above it.
 */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { UsageError } from '../../errors/check-error.js'
import { parseSettings } from '../../lint/parse-settings.js'
import type { AnyRule } from '../../lint/rule.js'
import { DEFAULT_SETTINGS, type Settings } from '../../lint/settings.js'
import { attempt } from '../os-error.js'

export const SETTINGS_FILE = 'rpmlint-ts.toml'

/** `path` is the file asked for, `null` to look for one, `undefined` for none. Throws `UsageError` for one that cannot be read or has mistakes in it. */
export function loadSettings(path: string | null | undefined, directory: string, rules: readonly AnyRule[]): Settings {
  if (path === undefined) return DEFAULT_SETTINGS
  const file = path ?? nearest(directory)
  if (file === null) return DEFAULT_SETTINGS
  return parseSettings(readText(file), file, rules)
}

function nearest(directory: string): string | null {
  const file = join(directory, SETTINGS_FILE)
  if (existsSync(file)) return file
  const parent = dirname(directory)
  return parent === directory ? null : nearest(parent)
}

function readText(file: string): string {
  return attempt(
    () => readFileSync(file, 'utf8'),
    reason => new UsageError(`cannot read the settings file ${file}: ${reason}`),
  )
}
