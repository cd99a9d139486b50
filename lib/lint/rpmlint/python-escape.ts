/**
 * Escapes of Python's regular expressions, the same inside and outside a set of characters.
 *
 * Source: Python 3 documentation, `re`: the escapes of string literals are known too, and an unknown one of a letter is an error.
 */

/** Kinds of characters, as the inside of a set. Python's are those of Unicode, where JavaScript's are of ASCII. */
export const SHORTHANDS: Readonly<Record<string, string>> = {
  d: String.raw`\p{Nd}`,
  D: String.raw`\P{Nd}`,
  s: String.raw`\s`,
  S: String.raw`\S`,
  w: String.raw`\p{L}\p{N}_`,
  W: String.raw`[^\p{L}\p{N}_]`,
}

const WORD = `[${SHORTHANDS['w']}]`

/** Where a word begins or ends, and where neither; of words of all scripts, too. */
export const BOUNDARIES: Readonly<Record<string, string>> = {
  b: `(?:(?<=${WORD})(?!${WORD})|(?<!${WORD})(?=${WORD}))`,
  B: `(?:(?<=${WORD})(?=${WORD})|(?<!${WORD})(?!${WORD}))`,
}

const CONTROLS: Readonly<Record<string, string>> = { a: '\x07', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

/** Any escape of one character: a number, a control, or a character that stands for itself. */
export const ESCAPE =
  /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U(000[0-9a-fA-F]{5}|0010[0-9a-fA-F]{4})|(0[0-7]{0,2}|[1-3][0-7]{2})|([^]))/uy

/** Throws `SyntaxError` for a letter that means nothing, and for what JavaScript has nothing for. */
export function escaped([whole, two, four, eight, octal, other = '']: RegExpExecArray): string {
  const hex = two ?? four ?? eight
  if (hex !== undefined) return literal(String.fromCodePoint(Number.parseInt(hex, 16)))
  if (octal !== undefined) return literal(String.fromCodePoint(Number.parseInt(octal, 8)))
  const control = CONTROLS[other]
  if (control === undefined && /[A-Za-z0-9]/.test(other)) throw new SyntaxError(`${whole} is not an escape that can be translated`)
  return literal(control ?? other)
}

/** A character that stands for itself wherever it is put. */
export function literal(character: string): string {
  return /[A-Za-z0-9_ ]|[^\0-\x7f]/.test(character) ? character : `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`
}
