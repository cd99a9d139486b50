import { expect, test } from '@jest/globals'
import { jsonText } from '../../lib/report/json-text.js'

test('terminal control characters are escaped, without loss', () => {
  const value = { name: 'a\u009b31m\u202etxt\u0007 größe' }
  const text = jsonText(value, 2)
  expect(text).toContain('\\u009b31m\\u202etxt\\u0007 größe')
  expect(JSON.parse(text)).toEqual(value)
})
