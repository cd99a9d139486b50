/**
 * A finding as rpmlint prints it: `NAME.ARCH: E: rule detail…`. The line is printed, and matched against rpmlint's filters.
 *
 * Source: rpmlint 2.x, rpmlint/filter.py: the badness is printed and not filtered, details are joined by spaces and empty ones omitted.
 */
import { printable, textOf } from '../../bytes/names.js'
import type { Identity } from '../../facts/model.js'
import type { Finding } from '../finding.js'
import type { Severity } from '../rule.js'

export const LEVELS: Readonly<Record<Severity, string>> = { error: 'E', warning: 'W', info: 'I' }

/** The beginning of the line: the package's name and architecture (only the name for a build root without architecture), or the path of a standalone file. */
export function lineOwner(identity: Identity | null, path: string): string {
  if (identity === null) return printable(path)
  return printable(identity.arch === '' ? identity.name : `${identity.name}.${identity.arch}`)
}

/** Without colours. A `badness` of 0 or 1 is not printed. */
export function rpmlintLine(
  owner: string,
  { rule, severity, file, symbols }: Pick<Finding, 'rule' | 'severity' | 'file' | 'symbols'>,
  badness = 0,
): string {
  const details = [file ?? '', ...symbols.map(textOf)].filter(detail => detail !== '').map(printable)
  const score = badness > 1 ? [`(Badness: ${badness})`] : []
  return [`${owner}: ${LEVELS[severity]}: ${rule}`, ...score, ...details].join(' ')
}
