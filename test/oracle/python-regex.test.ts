/** What rpmlint's filters find, by Python's own `re`. */
import { execFileSync } from 'node:child_process'
import { expect, test } from '@jest/globals'
import fc from '../support/properties.js'
import { pythonRegex } from '../../lib/lint/rpmlint/python-regex.js'
import { describeWithTools } from '../support/tools.js'

/** Filters as distributions and packages have them, and every piece of syntax. */
const PATTERNS: readonly string[] = [
  'no-documentation',
  'libfoo.*: W: shared-lib-calls-exit',
  String.raw`unversioned-crypto-export /usr/lib64/libfoo\.so\.\d+`,
  String.raw`^(libfoo|foo-devel)\.x86_64: [EW]: \S+ /usr/lib(64)?/libfoo\.so`,
  String.raw`(?i)CRYPTO_LOCK\Z`,
  String.raw`\Alibfoo`,
  String.raw`(?P<letter>[a-z])(?P=letter)`,
  String.raw`([o])\1`,
  '[]x]',
  String.raw`[\w.-]+:`,
  String.raw`\bso\b`,
  'o{2}',
  'o{,2}[.]',
  'x{}|x{,}|x{a}',
  String.raw`[^\W\d]`,
  String.raw`\/usr\/`,
  String.raw`(?<=/)lib(?!64)`,
  String.raw`(?m)^lib.*$`,
  '.*E: .*export.*lock',
  String.raw`ä\w`,
  '',
]

const LINES: readonly string[] = [
  'libfoo.x86_64: E: unversioned-crypto-export /usr/lib64/libfoo.so.1.2.3 CRYPTO_add_lock CRYPTO_lock',
  'libfoo.x86_64: W: no-documentation',
  'foo-devel.noarch: W: shared-lib-calls-exit /usr/lib/libfoo.so',
  'x{} x{,} x{a} ]',
  'äöü-٣.x86_64: I: bundled-openssl /usr/lib/ä b',
  'x',
  '',
]

const SEARCH = `
import json, re, sys, warnings
warnings.simplefilter('ignore')
def found(pattern, lines):
    try:
        expression = re.compile(pattern)
    except (re.error, OverflowError):
        return None
    return [expression.search(line) is not None for line in lines]
print(json.dumps([found(pattern, lines) for pattern, lines in json.load(sys.stdin)]))
`

type Found = readonly boolean[] | null

function byPython(cases: readonly (readonly [string, readonly string[]])[]): Found[] {
  return JSON.parse(execFileSync('python3', ['-c', SEARCH], { input: JSON.stringify(cases), encoding: 'utf8' })) as Found[]
}

function byOurs(pattern: string, lines: readonly string[]): Found {
  try {
    const regex = pythonRegex(pattern)
    return lines.map(line => regex.test(line))
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

describeWithTools(['python3'], 'against Python’s re', () => {
  test('every filter finds what Python finds with it', () => {
    const truth = byPython(PATTERNS.map(pattern => [pattern, LINES]))
    expect(truth).not.toContain(null)
    expect(PATTERNS.map(pattern => [pattern, byOurs(pattern, LINES)])).toEqual(PATTERNS.map((pattern, index) => [pattern, truth[index]]))
  })

  test('so does whatever else both can read', () => {
    const piece = fc.constantFrom(
      ...'abo.-_/]{}[^$|*+?()\\',
      'ä',
      ' ',
      'E:',
      '\\d',
      '\\w',
      '\\W',
      '\\s',
      '\\S',
      '\\b',
      '[a-z]',
      '[^o]',
      '{2}',
      '{,1}',
      '(?:',
      '(?=',
      '(?!',
    )
    const pattern = fc.array(piece, { maxLength: 8 }).map(parts => parts.join(''))
    const patterns = fc.sample(pattern, { numRuns: 3000, seed: 20120504 })
    const truth = byPython(patterns.map(each => [each, LINES]))
    const ours = patterns.map(each => byOurs(each, LINES))
    const both = patterns
      .map((each, index) => [each, ours[index], truth[index]] as const)
      .filter(([, our, their]) => our !== null && their !== null)
    expect(both.length).toBeGreaterThan(700)
    expect(both.filter(([, our, their]) => JSON.stringify(our) !== JSON.stringify(their))).toEqual([])
    const onlyPython = patterns.filter((_, index) => ours[index] === null && truth[index] !== null)
    expect(onlyPython.filter(each => !/[*+?}]\+|\(\?[=!]/.test(each))).toEqual([]) // refused are possessive repeats, and repeats of look-aheads
  })
})
