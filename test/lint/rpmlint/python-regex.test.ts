/** The translation of each construct; test/oracle/python-regex.test.ts compares with Python itself. */
import { describe, expect, test } from '@jest/globals'
import fc, { runs } from '../../support/properties.js'
import { pythonRegex } from '../../../lib/lint/rpmlint/python-regex.js'

describe('a Python regular expression', () => {
  test.each<[string, string, boolean]>([
    ['lib.*: E: x', 'libfoo.x86_64: E: x', true],
    ['^lib', 'a lib', false],
    ['so$', 'a.so.1', false],
    [String.raw`\Alib`, 'a lib', false],
    [String.raw`\Alib`, 'lib', true],
    [String.raw`so\Z`, 'a.so', true],
    [String.raw`so\Z`, 'a.so.1', false],
    ['(?P<n>a|b)x(?P=n)', 'axa', true],
    ['(?P<n>a|b)x(?P=n)', 'axb', false],
    [String.raw`(a)[|(](?:b|c)\1`, 'a|ca', true],
    [String.raw`(a)\|\1`, 'a|a', true],
    [String.raw`(a|b)x\1`, 'bxb', true],
    ['(?i)LIB', 'lib', true],
    ['(?si)A.b', 'a\nB', true],
    ['(?u)(?i)A', 'a', true],
    ['a(?#a comment)b', 'ab', true],
    ['x{2}', 'xx', true],
    ['x{,2}y', 'y', true],
    ['^x{,2}y', 'xxxy', false],
    ['x{2,}', 'x', false],
    ['x{a}', 'x{a}', true],
    ['x{}', 'x{}', true],
    ['^x{,}y', 'xxy', true],
    ['{', '{', true],
    [']}', ']}', true],
    ['[]x]', ']', true],
    ['[^]x]', ']', false],
    ['[^]x]', 'y', true],
    ['[a-]', '-', true],
    ['[-a]', '-', true],
    [String.raw`[\w.-]`, '-', true],
    [String.raw`[\]]`, ']', true],
    ['[[&&--a]', '&', true],
    [String.raw`[^\W]`, '-', false],
    [String.raw`\w`, 'ä', true],
    [String.raw`\W`, 'ä', false],
    [String.raw`\d`, '٣', true],
    [String.raw`\/usr\/lib\_x\-y\:`, '/usr/lib_x-y:', true],
    [String.raw`\x41\u0042\U00000043\104`, 'ABCD', true],
    [String.raw`\011`, '\t', true],
    [String.raw`[\b]`, '\b', true],
    [String.raw`\bso\b`, 'a.so.1', true],
    [String.raw`\bä`, '-ä', true],
    [String.raw`o\B`, 'so', false],
    [String.raw`o\B`, 'oä', true],
    ['(?:a|b)+?', 'b', true],
    ['a(?=b)', 'ac', false],
    ['a(?!b)', 'ac', true],
    ['(?<=a)b', 'ab', true],
    ['(?<!a)b', 'ab', false],
    ['/', '/', true],
    ['𝒜', '𝒜', true],
    ['[𝒜]', '𝒜', true],
  ])('%j matches in %j: %j', (pattern, line, isFound) => expect(pythonRegex(pattern).test(line)).toBe(isFound))

  test.each<[string, string | RegExp]>([
    ['(', /Unterminated group|Invalid group/],
    ['a)', /./],
    ['[a', 'unterminated character class'],
    ['[]', 'unterminated character class'],
    ['*a', /Nothing to repeat/],
    ['a**', /Nothing to repeat/],
    ['a++', 'JavaScript has no possessive quantifiers'],
    ['a{2}+', 'JavaScript has no possessive quantifiers'],
    ['(?>a)', 'cannot be translated'],
    ['(a)?(?(1)b|c)', 'cannot be translated'],
    ['a(?i)', 'cannot be translated'],
    ['(?i:a)', 'cannot be translated'],
    ['(?x)a b', 'the flag x cannot be translated'],
    ['(?L)a', 'the flag L cannot be translated'],
    [String.raw`\q`, 'is not an escape'],
    [String.raw`\N{BULLET}`, 'is not an escape'],
    [String.raw`\x4`, 'is not an escape'],
    [String.raw`\U00110000`, 'is not an escape'],
    [String.raw`[\w-z]`, 'is not a valid range'],
    ['[z-a]', /range/i],
    [String.raw`(a)\2`, /./],
    [String.raw`(foo)?lib\1`, 'an optional group'],
    [String.raw`(foo){0,2}lib\1`, 'an optional group'],
    [String.raw`(?:x(a)|b)\1`, 'an optional group'],
    [String.raw`(a)|\1b`, 'an optional group'],
    ['(?P<n>a)*(?P=n)', 'an optional group'],
    ['(?P=n)', /./],
    ['(?P<1>a)', 'cannot be translated'],
    ['a\\', 'trailing backslash'],
  ])('%j is rejected', (pattern, message) => {
    expect(() => pythonRegex(pattern)).toThrow(SyntaxError)
    expect(() => pythonRegex(pattern)).toThrow(message)
  })

  test('is translated or rejected, whatever it is', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...'ab\\[](){}?*+^$|.-,<>=!:P#&09xuU~ä𝒜'), { maxLength: 12 }), parts => {
        try {
          expect(pythonRegex(parts.join(''))).toBeInstanceOf(RegExp)
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError)
        }
      }),
      { numRuns: runs(2000) },
    )
  })

  test('without special characters matches only itself', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, around) => {
        const plain = text.replace(/[\\[\](){}?*+^$|.]/g, '')
        const line = around + text + around
        expect(pythonRegex(plain).test(line)).toBe(line.includes(plain))
      }),
    )
  })
})
