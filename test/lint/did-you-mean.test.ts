import { describe, expect, test } from '@jest/globals'
import fc from '../support/properties.js'
import { didYouMean } from '../../lib/lint/did-you-mean.js'

const COMMANDS = ['check', 'inspect', 'explain', 'rules']

describe('a misspelt word', () => {
  test.each([
    ['chekc', 'check'],
    ['insepct', 'inspect'],
    ['rule', 'rules'],
    ['explains', 'explain'],
  ])('%s suggests %s', (word, meant) => expect(didYouMean(word, COMMANDS)).toBe(` (did you mean ${meant}?)`))

  test('suggests the nearest', () => expect(didYouMean('bat', ['bar', 'bat1x', 'bats'])).toBe(' (did you mean bar?)'))
})

describe('an unknown word', () => {
  test.each(['frobnicate', 'xyz', 'specification'])('%s suggests nothing', word => expect(didYouMean(word, COMMANDS)).toBe(''))
  test('suggests nothing if no words are known', () => expect(didYouMean('check', [])).toBe(''))
})

test('one letter inserted, deleted or replaced is always near', () => {
  fc.assert(
    fc.property(fc.constantFrom(...COMMANDS), fc.nat(6), fc.constantFrom('', 'q', 'qq'), (word, at, letters) => {
      const mistyped = word.slice(0, at) + letters + word.slice(at + 1)
      expect(didYouMean(mistyped, [word])).toBe(` (did you mean ${word}?)`)
    }),
  )
})
