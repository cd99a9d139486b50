/**
 * Does a regular expression take linear time for a reason that its form shows? V8 backtracks, so a repeat that something must follow is tried with every
 * length, and an expression without an anchor from every position.
 *
 * Such are expressions without an unbounded repeat, and alternatives with a single one, of a character or class, that either ends the alternative or comes
 * after `^`. All others need a reason of their own.
 */
export function isPlainlyLinear(source: string, flags: string): boolean {
  return alternativesOf(source).every(alternative => {
    const tokens = tokensOf(alternative)
    if (tokens.some(({ text, isRepeated }) => text.startsWith('(') && (isRepeated || hasRepeat(text)))) return false
    const repeated = tokens.filter(({ isRepeated }) => isRepeated)
    const isLast = tokens.at(-1)?.isRepeated === true
    const isAnchored = tokens[0]?.text === '^' && !flags.includes('m')
    return repeated.length === 0 || (repeated.length === 1 && (isLast || isAnchored))
  })
}

/** A character, class, escape, assertion or whole group. */
interface Token {
  readonly text: string
  /** By `*`, `+` or `{n,}`. */
  readonly isRepeated: boolean
}

const QUANTIFIER = /(?:[*+?]|\{\d+(?:,\d*)?\})\??/y

function tokensOf(source: string): Token[] {
  const tokens: Token[] = []
  for (let at = 0; at < source.length;) {
    const end = endOfAtom(source, at)
    QUANTIFIER.lastIndex = end
    const quantifier = QUANTIFIER.exec(source)?.[0] ?? ''
    tokens.push({ text: source.slice(at, end), isRepeated: /^(?:[*+]|\{\d+,\})/.test(quantifier) })
    at = end + quantifier.length
  }
  return tokens
}

function endOfAtom(source: string, at: number): number {
  if (source[at] === '\\') return source.startsWith('\\p{', at) ? source.indexOf('}', at) + 1 : at + 2
  if (source[at] === '[') return endOfClass(source, at)
  if (source[at] !== '(') return at + 1
  let end = at + 1
  while (source[end] !== ')') end = endOfAtom(source, end)
  return end + 1
}

function endOfClass(source: string, at: number): number {
  let end = at + 1
  while (source[end] !== ']') end += source[end] === '\\' ? 2 : 1
  return end + 1
}

function hasRepeat(group: string): boolean {
  const inside = group.slice(1, -1).replace(/^\?(?:<?[=!]|:|<\w+>)/, '')
  return alternativesOf(inside).some(alternative =>
    tokensOf(alternative).some(({ text, isRepeated }) => isRepeated || (text.startsWith('(') && hasRepeat(text))),
  )
}

function alternativesOf(source: string): string[] {
  const alternatives: string[] = []
  let start = 0
  for (let at = 0; at < source.length; at = endOfAtom(source, at)) {
    if (source[at] !== '|') continue
    alternatives.push(source.slice(start, at))
    start = at + 1
  }
  return [...alternatives, source.slice(start)]
}
