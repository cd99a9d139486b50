/**
 * A character class of a Python regular expression: `[a-z]`, `[^\w.-]`, `[]x]`.
 *
 * Only `\`, `]`, a leading `^` and a `-` between two characters are special in it; a leading `]` is a literal.
 * Source: Python 3 documentation, `re`, `[]`.
 */
import { ESCAPE, escaped, literal, SHORTHANDS } from './python-escape.js'

interface Part {
  readonly written: string
  readonly end: number
  /** A single character, which can begin or end a range. */
  readonly isOne: boolean
}

/** The class that begins at `at`, translated, or `null` if there is none. Throws `SyntaxError` for an invalid range. */
export function characterClass(pattern: string, at: number): { written: string; end: number } | null {
  const opening = /\[\^?/y
  opening.lastIndex = at
  const [open] = opening.exec(pattern) ?? []
  if (open === undefined) return null
  const first = at + open.length
  let written = open
  for (let next = first; next < pattern.length;) {
    if (pattern[next] === ']' && next > first) return { written: `${written}]`, end: next + 1 }
    const range = rangeAt(pattern, next)
    written += range.written
    next = range.end
  }
  throw new SyntaxError('unterminated character class')
}

/** One character, a shorthand such as `\d`, or a range. */
function rangeAt(pattern: string, at: number): { written: string; end: number } {
  const low = partAt(pattern, at)
  const isRange = pattern[low.end] === '-' && low.end + 1 < pattern.length && pattern[low.end + 1] !== ']'
  if (!isRange) return low
  const high = partAt(pattern, low.end + 1)
  if (!low.isOne || !high.isOne) throw new SyntaxError(`${pattern.slice(at, high.end)} is not a valid range`)
  return { written: `${low.written}-${high.written}`, end: high.end }
}

function partAt(pattern: string, at: number): Part {
  const kind = SHORTHANDS[(pattern[at] === '\\' ? pattern[at + 1] : undefined) ?? '']
  if (kind !== undefined) return { written: kind, end: at + 2, isOne: false }
  if (pattern.startsWith(String.raw`\b`, at)) return { written: literal('\b'), end: at + 2, isOne: true }
  ESCAPE.lastIndex = at
  const escape = ESCAPE.exec(pattern)
  if (escape !== null) return { written: escaped(escape), end: at + escape[0].length, isOne: true }
  const character = String.fromCodePoint(pattern.codePointAt(at) ?? 0)
  return { written: literal(character), end: at + character.length, isOne: true }
}
