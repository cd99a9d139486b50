/**
 * Escapes of Python's regular expressions, the same inside and outside a character class.
 *
 * Source: Python 3 documentation, `re`: the escapes of string literals are supported too; an unknown escape of an ASCII letter is an error.
 */

/** Shorthands, as the inside of a character class. Python's cover Unicode, JavaScript's ASCII. */
export const SHORTHANDS: Readonly<Record<string, string>> = {
  d: String.raw`\p{Nd}`,
  D: String.raw`\P{Nd}`,
  s: String.raw`\s`,
  S: String.raw`\S`,
  w: String.raw`\p{L}\p{N}_`,
  W: String.raw`[^\p{L}\p{N}_]`,
}

const WORD = `[${SHORTHANDS['w']}]`

/** Word boundaries, and their negation, for words of all scripts. */
export const BOUNDARIES: Readonly<Record<string, string>> = {
  b: `(?:(?<=${WORD})(?!${WORD})|(?<!${WORD})(?=${WORD}))`,
  B: `(?:(?<=${WORD})(?=${WORD})|(?<!${WORD})(?!${WORD}))`,
}

const CONTROLS: Readonly<Record<string, string>> = { a: '\x07', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

/** An escape of one character: a number, a control character, or an escaped literal. */
export const ESCAPE =
  /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U(000[0-9a-fA-F]{5}|0010[0-9a-fA-F]{4})|(0[0-7]{0,2}|[1-3][0-7]{2})|([^]))/uy

/** Throws `SyntaxError` for an unknown escape, and for one without an equivalent in JavaScript. */
export function escaped([whole, two, four, eight, octal, other = '']: RegExpExecArray): string {
  const hex = two ?? four ?? eight
  if (hex !== undefined) return literal(String.fromCodePoint(Number.parseInt(hex, 16)))
  if (octal !== undefined) return literal(String.fromCodePoint(Number.parseInt(octal, 8)))
  const control = CONTROLS[other]
  if (control === undefined && /[A-Za-z0-9]/.test(other)) throw new SyntaxError(`${whole} is not an escape that can be translated`)
  return literal(control ?? other)
}

/** The character as a literal, valid inside and outside a class. */
export function literal(character: string): string {
  return /[A-Za-z0-9_ ]|[^\0-\x7f]/.test(character) ? character : `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`
}
