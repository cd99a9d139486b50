/**
 * Translates regular expressions from Python's `re`, in which rpmlint's filters are written, to JavaScript.
 *
 * The result uses the syntax of the `v` flag, with literals escaped where they could be special. An expression without an equivalent in
 * JavaScript is rejected: a mistranslated filter would suppress the wrong findings.
 * Source: Python 3 documentation, `re`, Regular Expression Syntax.
 */
import { characterClass } from './python-character-class.js'
import { refersToOptionalGroup } from './python-optional-groups.js'
import { BOUNDARIES, ESCAPE, escaped, literal, SHORTHANDS } from './python-escape.js'

/** JavaScript's flag for each of Python's letters; `u` and `a` concern characters that rarely occur in rpmlint's lines. */
const FLAGS: Readonly<Record<string, string>> = { i: 'i', m: 'm', s: 's', u: '', a: '' }

type Step = readonly [sticky: RegExp, write: (match: RegExpExecArray) => string]

/** A construct and its translation; the first that matches counts. */
const STEPS: readonly Step[] = [
  [/\\A/y, () => String.raw`(?<![\s\S])`],
  [/\\Z/y, () => String.raw`(?![\s\S])`],
  [/\\([bB])/y, ([, letter]) => BOUNDARIES[letter ?? ''] ?? ''],
  [/\\([1-9]\d?)(?!\d)/y, ([, group]) => `(?:\\${group ?? ''})`], // in parentheses, so that a following digit stays separate
  [/\\([dDsSwW])/y, ([, letter]) => `[${SHORTHANDS[letter ?? ''] ?? ''}]`],
  [ESCAPE, match => escaped(match)],
  [/\(\?P<([A-Za-z_]\w*)>/y, ([, name]) => `(?<${name ?? ''}>`],
  [/\(\?P=([A-Za-z_]\w*)\)/y, ([, name]) => `\\k<${name ?? ''}>`],
  [/\(\?#[^)]*\)/y, () => ''],
  [/\(\?(?::|=|!|<=|<!)/y, ([whole]) => whole],
  [/\(\?(.{0,8})/y, ([, rest]) => reject(`(?${rest ?? ''}… cannot be translated`)],
  [/(?:[*+?]|\{\d*,?\d*\})\+/y, ([whole]) => reject(`${whole} cannot be translated: JavaScript has no possessive quantifiers`)],
  [/\{(\d*)(,?)(\d*)\}(\??)/y, repeat],
  [/[*+?]\??/y, ([whole]) => whole],
  [/[()|^$.]/y, ([whole]) => whole],
  [/\[/y, () => reject('unterminated character class')], // a terminated one is handled before
  [/\\/y, () => reject('trailing backslash')],
  [/[^]/uy, ([character]) => literal(character)],
]

/** Characters of a translated expression. rpmlint's own lists have expressions of a hundred. */
const MAX_LENGTH = 32 * 1024

/** For one line of text. Throws `SyntaxError` for an invalid expression, or one without an equivalent in JavaScript. */
export function pythonRegex(pattern: string): RegExp {
  if (refersToOptionalGroup(pattern)) reject('a backreference to an optional group cannot be translated')
  const [leading = ''] = /^(?:\(\?[a-zA-Z]+\))*/.exec(pattern) ?? []
  const text = translated(pattern.slice(leading.length))
  if (text.length > MAX_LENGTH) reject('the expression is too long') // V8 refuses some only when it searches, after seconds
  return new RegExp(text, `v${flagsOf(leading)}`)
}

function flagsOf(leading: string): string {
  const letters = new Set(leading.replace(/[(?)]/g, ''))
  return [...letters].map(letter => FLAGS[letter] ?? reject(`the flag ${letter} cannot be translated`)).join('')
}

function translated(pattern: string): string {
  let text = ''
  for (let at = 0; at < pattern.length;) {
    const set = characterClass(pattern, at)
    const { written, end } = set ?? stepAt(pattern, at)
    text += written
    at = end
  }
  return text
}

function stepAt(pattern: string, at: number): { written: string; end: number } {
  for (const [sticky, write] of STEPS) {
    sticky.lastIndex = at
    const match = sticky.exec(pattern)
    if (match !== null) return { written: write(match), end: at + match[0].length }
  }
  return reject(`syntax error at character ${at + 1}`)
}

/** For Python `{}` is a literal, and `{,3}` means at most three. */
function repeat([whole, least = '', comma = '', most = '', lazy = '']: RegExpExecArray): string {
  if (least === '' && comma === '') return [...whole].map(literal).join('')
  return `{${least === '' ? '0' : least}${comma}${most}}${lazy}`
}

function reject(message: string): never {
  throw new SyntaxError(message)
}
