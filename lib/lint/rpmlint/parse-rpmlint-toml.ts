/**
 * rpmlint's configuration in TOML: Filters, BlockedFilters, FilterErrorTitles, Scoring and BadnessThreshold. Everything else concerns its
 * own checks and is ignored.
 *
 * Files are merged in order: new elements are appended to lists, tables are merged, other values replaced; a file with `.override.` in its
 * name comes last and replaces lists as well.
 * Source: rpmlint 2.x, rpmlint/config.py, load_config.
 */
import { UsageError } from '../../errors/check-error.js'
import { isTable, parseToml, stringsOf, tableOf, type Table } from '../toml.js'
import { NO_CONFIGURATION, type RpmlintConfiguration } from './configuration.js'
import { regexOf } from './parse-rpmlintrc.js'

export interface ConfigurationFile {
  /** As the user named it. */
  readonly file: string
  readonly text: string
}

/** In the order given. Throws `UsageError`, one line per error. */
export function parseRpmlintToml(files: readonly ConfigurationFile[]): RpmlintConfiguration {
  const isOverride = ({ file }: ConfigurationFile): boolean => (file.split('/').at(-1) ?? '').includes('.override.')
  const ordered = [...files.filter(file => !isOverride(file)), ...files.filter(isOverride)]
  const layered = ordered.reduce<Table>((below, file) => merged(below, parseToml(file.text, file.file), isOverride(file)), {})
  const errors: string[] = []
  const configuration = configurationOf(layered, files.map(({ file }) => file).join(', '), errors)
  if (errors.length > 0) throw new UsageError(errors.join('\n'))
  return configuration
}

function merged(below: Table, above: Table, isOverride: boolean): Table {
  const result: Record<string, unknown> = { ...below }
  for (const [key, value] of Object.entries(above)) {
    const old = Object.hasOwn(below, key) ? below[key] : undefined
    if (isTable(old) && isTable(value)) result[key] = merged(old, value, isOverride)
    else if (Array.isArray(old) && Array.isArray(value) && !isOverride) result[key] = [...old, ...value.filter(item => !old.includes(item))]
    else result[key] = value
  }
  return result
}

function configurationOf(table: Table, source: string, errors: string[]): RpmlintConfiguration {
  const at = { file: source, line: null }
  const list = (key: string): readonly string[] => stringsOf(table[key], `${source}: ${key}`, errors)
  const filters = list('Filters').flatMap(pattern => {
    const regex = regexOf(pattern, at, errors)
    return regex === null ? [] : [{ source: pattern, regex, isFromRc: false, reason: null, owner: null, expires: null, at }]
  })
  const badness: Record<string, number> = {}
  for (const [rule, count] of Object.entries(tableOf(table['Scoring'], `${source}: Scoring`, errors))) {
    if (Number.isSafeInteger(count) || (typeof count === 'string' && /^\d+$/.test(count)))
      badness[rule] = Number(count) // rpmlint takes numbers in quotes too
    else errors.push(`${source}: Scoring.${rule}: must be a whole number`)
  }
  const threshold = table['BadnessThreshold'] ?? NO_CONFIGURATION.scoring.threshold
  if (!Number.isSafeInteger(threshold)) errors.push(`${source}: BadnessThreshold: must be a whole number`)
  return {
    filters,
    hidden: list('FilterErrorTitles'),
    neverHidden: list('BlockedFilters'),
    scoring: { badness, threshold: Number.isSafeInteger(threshold) ? Number(threshold) : NO_CONFIGURATION.scoring.threshold },
  }
}
