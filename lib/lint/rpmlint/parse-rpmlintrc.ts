/**
 * rpmlintrc: lines of `addFilter("REGEX")` and `setBadness('RULE', N)`; all others are ignored, as rpmlint does.
 *
 * A comment on the line of a filter or above it may hold `reason: … owner: … expires: YYYY-MM-DD`, which rpmlint ignores.
 * Source: rpmlint 2.x, rpmlint/config.py, load_rpmlintrc.
 */
import { clipped } from '../../bytes/names.js'
import { UsageError } from '../../errors/check-error.js'
import { dayOf } from '../suppression/day.js'
import type { SourceLocation } from '../suppression/waiver.js'
import type { RpmlintFilter, RpmlintRc } from './configuration.js'
import { pythonRegex } from './python-regex.js'

/** Characters of a filter in a message. */
const SHOWN = 200

/** Greedy to the last quote before a parenthesis; the rest of the line is only searched for a comment. */
const FILTER = /^\s*addFilter\s*\(\s*r?["'](.*)["']\s*\)(.*)/
const BADNESS = /^\s*setBadness\s*\(['"](.*)['"],\s*['"]?(\d+)['"]?\)/
const FIELDS = /\b(reason|owner|expires):\s*(.*?)\s*(?=\b(?:reason|owner|expires):|$)/g

type CommentFields = Partial<Record<'reason' | 'owner' | 'expires', string>>

/** `file` is its name in messages. Throws `UsageError`, one line per error. */
export function parseRpmlintrc(text: string, file: string): RpmlintRc {
  const filters: RpmlintFilter[] = []
  const badness: Record<string, number> = {}
  const errors: string[] = []
  let above: CommentFields = {}
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const at = { file, line: index + 1 }
    const [, source, rest = ''] = FILTER.exec(line) ?? []
    const [, rule, count] = BADNESS.exec(line) ?? []
    if (rule !== undefined) badness[rule] = Number(count)
    if (source !== undefined) filters.push(...filterOf(source, { ...above, ...fieldsOf(rest) }, at, errors))
    above = /^\s*#/.test(line) ? { ...above, ...fieldsOf(line) } : {}
  }
  if (errors.length > 0) throw new UsageError(errors.join('\n'))
  return { filters, badness }
}

/** The fields of a comment. */
function fieldsOf(text: string): CommentFields {
  const comment = text.includes('#') ? text.slice(text.indexOf('#')) : ''
  return Object.fromEntries([...comment.matchAll(FIELDS)].map(([, key, value]) => [key, value])) as CommentFields
}

function filterOf(source: string, { reason, owner, expires }: CommentFields, at: SourceLocation, errors: string[]): RpmlintFilter[] {
  const isDated = expires === undefined || dayOf(expires) !== null
  if (!isDated) errors.push(`${at.file}:${at.line}: expires: ${expires} is not a date of the form YYYY-MM-DD`)
  const regex = regexOf(source, at, errors)
  if (!isDated || regex === null) return []
  return [{ source, regex, isFromRc: true, reason: reason ?? null, owner: owner ?? null, expires: expires ?? null, at }]
}

/** Without the translated expression, which JavaScript's message repeats. */
function reasonOf({ message }: SyntaxError): string {
  return message.replace(/^Invalid regular expression: [^]*\/\w+: /, '')
}

/** `null` for an invalid regular expression, with an entry in `errors`. */
export function regexOf(source: string, { file, line }: SourceLocation, errors: string[]): RegExp | null {
  try {
    return pythonRegex(source)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    errors.push(`${file}${line === null ? '' : `:${line}`}: filter "${clipped(source, SHOWN)}": ${reasonOf(error)}`)
    return null
  }
}
