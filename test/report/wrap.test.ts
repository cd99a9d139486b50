import { describe, expect, test } from '@jest/globals'
import fc, { runs } from '../support/properties.js'
import { wrap } from '../../lib/report/wrap.js'

describe('wrapped text', () => {
  test('fills its lines', () => {
    expect(wrap('aaaa bbbb cccc dddd eeee', 24, '  ')).toBe('  aaaa bbbb cccc dddd\n  eeee')
    expect(wrap('aaaa bbbb cccc dddd ee', 24, '  ')).toBe('  aaaa bbbb cccc dddd ee')
  })

  test('keeps its own line breaks', () => expect(wrap('a\n\nb', 80, '> ')).toBe('> a\n> \n> b'))

  test('indents continuation lines of list items', () => {
    expect(wrap('- aaaa bbbb cccc dddd eeee', 24, '  ')).toBe('  - aaaa bbbb cccc dddd\n    eeee')
  })

  test('leaves a long word unbroken on a line of its own', () => {
    const word = '/usr/lib64/a-very-long-path.so'
    expect(wrap(`see ${word} now`, 24, '')).toBe(`see\n${word}\nnow`)
  })

  test('is at least twenty columns wide', () => expect(wrap('aaaa bbbb cccc dddd', 5, '    ')).toBe('    aaaa bbbb cccc dddd'))
  test('may be empty', () => expect(wrap('', 80, '  ')).toBe('  '))
})

test('words are kept in order, and only a single word makes a line too long', () => {
  const word = fc.stringMatching(/^[a-z/]{1,30}$/)
  const line = fc.tuple(fc.constantFrom('', '- '), fc.array(word, { maxLength: 12 })).map(([mark, words]) => mark + words.join(' '))
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 4 }), fc.integer({ min: 0, max: 60 }), fc.nat(8), (lines, width, indent) => {
      const text = lines.join('\n')
      const wrapped = wrap(text, width, ' '.repeat(indent))
      const wordsOf = (given: string): string[] => given.split(/\s+/).filter(each => each !== '')
      expect(wordsOf(wrapped)).toEqual(wordsOf(text))
      for (const each of wrapped.split('\n')) {
        expect(each.startsWith(' '.repeat(indent))).toBe(true)
        if (wordsOf(each).filter(part => part !== '-').length > 1) expect(each.length).toBeLessThanOrEqual(Math.max(20 + indent, width))
      }
    }),
    { numRuns: runs(500) },
  )
})
