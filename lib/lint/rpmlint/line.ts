/**
 * A finding as rpmlint prints it: `NAME.ARCH: E: rule detail…`. The line is printed, and rpmlint's filters are searched for in it.
 *
 * Source: rpmlint 2.x, rpmlint/filter.py: the badness is printed and not filtered, details are joined by blanks and empty ones left out.
 */
import { printable, textOf } from '../../bytes/names.js'
import type { Identity } from '../../facts/model.js'
import type { Finding } from '../finding.js'
import type { Severity } from '../rule.js'

export const LEVELS: Readonly<Record<Severity, string>> = { error: 'E', warning: 'W', info: 'I' }

/** What the line begins with: a package's name and architecture (no dot where a build root was given none), or the path of a loose file. */
export function lineOwner(identity: Identity | null, path: string): string {
  if (identity === null) return printable(path)
  return printable(identity.arch === '' ? identity.name : `${identity.name}.${identity.arch}`)
}

/** Without colours. `badness` is what the finding counts; 0 and 1 are not printed. */
export function rpmlintLine(
  owner: string,
  { rule, severity, file, symbols }: Pick<Finding, 'rule' | 'severity' | 'file' | 'symbols'>,
  badness = 0,
): string {
  const details = [file ?? '', ...symbols.map(textOf)].filter(detail => detail !== '').map(printable)
  const score = badness > 1 ? [`(Badness: ${badness})`] : []
  return [`${owner}: ${LEVELS[severity]}: ${rule}`, ...score, ...details].join(' ')
}
