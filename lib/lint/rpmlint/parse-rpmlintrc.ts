/**
 * rpmlintrc: lines of which `addFilter("REGEX")` and `setBadness('RULE', N)` count, and all others are let be, as rpmlint does.
 *
 * Comments may say more of the filter behind them or below: `# reason: … owner: … expires: YYYY-MM-DD`. For rpmlint they are comments.
 * Source: rpmlint 2.x, rpmlint/config.py, load_rpmlintrc.
 */
import { UsageError } from '../../errors/check-error.js'
import { dayOf } from '../waiving/day.js'
import type { Place } from '../waiving/waiver.js'
import type { RpmlintFilter, RpmlintRc } from './configuration.js'
import { pythonRegex } from './python-regex.js'

/** Greedy to the last quote before a parenthesis; what follows is let be. */
const FILTER = /^\s*addFilter\s*\(\s*r?["'](.*)["']\s*\)(.*)/
const BADNESS = /^\s*setBadness\s*\(['"](.*)['"],\s*['"]?(\d+)['"]?\)/
const WORDS = /\b(reason|owner|expires):\s*(.*?)\s*(?=\b(?:reason|owner|expires):|$)/g

type Words = Partial<Record<'reason' | 'owner' | 'expires', string>>

/** `file` names it in messages. Throws `UsageError` with one line a mistake. */
export function parseRpmlintrc(text: string, file: string): RpmlintRc {
  const filters: RpmlintFilter[] = []
  const badness: Record<string, number> = {}
  const mistakes: string[] = []
  let above: Words = {}
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const at = { file, line: index + 1 }
    const [, source, rest = ''] = FILTER.exec(line) ?? []
    const [, rule, count] = BADNESS.exec(line) ?? []
    if (rule !== undefined) badness[rule] = Number(count)
    if (source !== undefined) filters.push(...filterOf(source, { ...above, ...wordsOf(rest) }, at, mistakes))
    above = /^\s*#/.test(line) ? { ...above, ...wordsOf(line) } : {}
  }
  if (mistakes.length > 0) throw new UsageError(mistakes.join('\n'))
  return { filters, badness }
}

/** What a comment says of a filter. */
function wordsOf(text: string): Words {
  const comment = text.includes('#') ? text.slice(text.indexOf('#')) : ''
  return Object.fromEntries([...comment.matchAll(WORDS)].map(([, key, value]) => [key, value])) as Words
}

function filterOf(source: string, { reason, owner, expires }: Words, at: Place, mistakes: string[]): RpmlintFilter[] {
  const isDated = expires === undefined || dayOf(expires) !== null
  if (!isDated) mistakes.push(`${at.file}:${at.line}: expires: ${expires} is not a date of the form YYYY-MM-DD`)
  const regex = regexOf(source, at, mistakes)
  if (!isDated || regex === null) return []
  return [{ source, regex, isFromRc: true, reason: reason ?? null, owner: owner ?? null, expires: expires ?? null, at }]
}

/** JavaScript's own complaint repeats the expression, as it was written anew. */
function wordsOfError({ message }: SyntaxError): string {
  return message.replace(/^Invalid regular expression: [^]*\/\w+: /, '')
}

/** `null` for what is no regular expression, which is added to the mistakes. */
export function regexOf(source: string, { file, line }: Place, mistakes: string[]): RegExp | null {
  try {
    return pythonRegex(source)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    mistakes.push(`${file}${line === null ? '' : `:${line}`}: filter "${source}": ${wordsOfError(error)}`)
    return null
  }
}
