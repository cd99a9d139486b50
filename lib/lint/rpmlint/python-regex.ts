/**
 * Regular expressions as Python's `re` reads them, in the form of JavaScript: rpmlint's filters are written in the former.
 *
 * All is written anew in the syntax of the `v` flag, every literal as a number where it could be taken for anything else. What JavaScript
 * has nothing for is refused: a filter that is misunderstood would hide the wrong findings.
 * Source: Python 3 documentation, `re`, Regular Expression Syntax.
 */
import { characterClass } from './python-character-class.js'
import { refersToOptionalGroup } from './python-optional-groups.js'
import { BOUNDARIES, ESCAPE, escaped, literal, SHORTHANDS } from './python-escape.js'

/** JavaScript's flag for each of Python's letters; `u` and `a` concern kinds of characters that rpmlint's lines seldom have. */
const FLAGS: Readonly<Record<string, string>> = { i: 'i', m: 'm', s: 's', u: '', a: '' }

type Step = readonly [sticky: RegExp, write: (match: RegExpExecArray) => string]

/** What may stand at a place, and how it is written; the first that fits counts. */
const STEPS: readonly Step[] = [
  [/\\A/y, () => String.raw`(?<![\s\S])`],
  [/\\Z/y, () => String.raw`(?![\s\S])`],
  [/\\([bB])/y, ([, letter]) => BOUNDARIES[letter ?? ''] ?? ''],
  [/\\([1-9]\d?)(?!\d)/y, ([, group]) => `(?:\\${group ?? ''})`], // in parentheses, so that a digit behind it stays a digit
  [/\\([dDsSwW])/y, ([, letter]) => `[${SHORTHANDS[letter ?? ''] ?? ''}]`],
  [ESCAPE, match => escaped(match)],
  [/\(\?P<([A-Za-z_]\w*)>/y, ([, name]) => `(?<${name ?? ''}>`],
  [/\(\?P=([A-Za-z_]\w*)\)/y, ([, name]) => `\\k<${name ?? ''}>`],
  [/\(\?#[^)]*\)/y, () => ''],
  [/\(\?(?::|=|!|<=|<!)/y, ([whole]) => whole],
  [/\(\?(.{0,8})/y, ([, rest]) => refuse(`(?${rest ?? ''}… cannot be translated`)],
  [/(?:[*+?]|\{\d*,?\d*\})\+/y, ([whole]) => refuse(`${whole} cannot be translated: JavaScript has no possessive quantifiers`)],
  [/\{(\d*)(,?)(\d*)\}(\??)/y, repeat],
  [/[*+?]\??/y, ([whole]) => whole],
  [/[()|^$.]/y, ([whole]) => whole],
  [/\[/y, () => refuse('unterminated character class')], // one that has is taken before
  [/\\/y, () => refuse('trailing backslash')],
  [/[^]/uy, ([character]) => literal(character)],
]

/** To be searched for in one line of text. Throws `SyntaxError` that says what is wrong, or what JavaScript has nothing for. */
export function pythonRegex(pattern: string): RegExp {
  if (refersToOptionalGroup(pattern)) refuse('a backreference to an optional group cannot be translated')
  const [leading = ''] = /^(?:\(\?[a-zA-Z]+\))*/.exec(pattern) ?? []
  return new RegExp(translated(pattern.slice(leading.length)), `v${flagsOf(leading)}`)
}

function flagsOf(leading: string): string {
  const letters = new Set(leading.replace(/[(?)]/g, ''))
  return [...letters].map(letter => FLAGS[letter] ?? refuse(`the flag ${letter} cannot be translated`)).join('')
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
  return refuse(`syntax error at character ${at + 1}`)
}

/** Python takes `{}` for what it is, and `{,3}` for three at most. */
function repeat([whole, least = '', comma = '', most = '', lazy = '']: RegExpExecArray): string {
  if (least === '' && comma === '') return [...whole].map(literal).join('')
  return `{${least === '' ? '0' : least}${comma}${most}}${lazy}`
}

function refuse(message: string): never {
  throw new SyntaxError(message)
}
