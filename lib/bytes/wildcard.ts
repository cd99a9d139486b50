/**
 * Shell patterns, the only wildcard syntax of the program: settings, waivers, options of rules, `--symbols`, ld.so.conf.
 *
 * `*` matches any number of characters and `?` exactly one; both also match `/`. `[abc]`, `[a-z]` and `[!a-z]` match one character of a
 * set, `\` escapes the next character. The whole text has to match. Source: glob(7).
 */

/** What matches one character: itself, any (`null`), or a set. */
type Single = string | null | CharacterSet

interface CharacterSet {
  readonly isNegated: boolean
  /** First and last of each range. */
  readonly ranges: readonly (readonly [string, string])[]
}

type Token = { readonly isStar: true } | { readonly isStar: false; readonly single: Single }

const STAR: Token = { isStar: true }

/** Does the whole text match? Takes at most pattern length × text length steps. */
export function matchesWildcard(pattern: string, text: string): boolean {
  return wildcard(pattern)(text)
}

/** The same for many texts: the pattern is parsed once. */
export function wildcard(pattern: string): (text: string) => boolean {
  if (!/[*?[\\]/.test(pattern)) return text => text === pattern
  const tokens = tokensOf(pattern)
  return text => matches(tokens, text)
}

/** Does it contain a wildcard? */
export function isWildcard(text: string): boolean {
  return /[*?[]/.test(text)
}

/** Only the last `*` needs backtracking: whatever an earlier one could match, the later one can match as well. */
function matches(tokens: readonly Token[], text: string): boolean {
  let token = 0
  let at = 0
  let star = -1
  let resume = 0
  while (at < text.length) {
    const current = tokens[token]
    if (current?.isStar === true) {
      star = token++
      resume = at
    } else if (current !== undefined && takes(current.single, text[at]!)) {
      token++
      at++
    } else if (star >= 0) {
      token = star + 1
      at = ++resume
    } else return false
  }
  while (tokens[token]?.isStar === true) token++
  return token === tokens.length
}

function takes(single: Single, character: string): boolean {
  if (single === null || typeof single === 'string') return single === null || single === character
  return single.ranges.some(([first, last]) => first <= character && character <= last) !== single.isNegated
}

function tokensOf(pattern: string): Token[] {
  const tokens: Token[] = []
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]!
    const end = character === '[' ? endOfSet(pattern, at) : -1
    if (character === '*') tokens.push(STAR)
    else if (character === '?') tokens.push({ isStar: false, single: null })
    else if (end > 0) tokens.push({ isStar: false, single: setOf(pattern.slice(at + 1, end)) })
    else if (character === '\\' && at + 1 < pattern.length) tokens.push({ isStar: false, single: pattern[at + 1]! })
    else tokens.push({ isStar: false, single: character })
    if (end > 0) at = end
    else if (character === '\\') at++
  }
  return tokens
}

/** Index of the set's `]`; a `]` in first position is a member. -1 for a `[` that begins no set and matches itself. */
function endOfSet(pattern: string, start: number): number {
  const first = isNegation(pattern[start + 1]) ? start + 2 : start + 1
  return pattern.indexOf(']', first + 1)
}

function setOf(members: string): CharacterSet {
  const isNegated = isNegation(members[0])
  const ranges: [string, string][] = []
  for (let at = isNegated ? 1 : 0; at < members.length; at++) {
    const first = members[at]!
    const isRange = members[at + 1] === '-' && at + 2 < members.length
    ranges.push([first, isRange ? members[at + 2]! : first])
    if (isRange) at += 2
  }
  return { isNegated, ranges }
}

function isNegation(character: string | undefined): boolean {
  return character === '!' || character === '^'
}
