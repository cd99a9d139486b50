/** Golden files: what was looked at once and has to stay so. UPDATE_GOLDEN=1 writes them anew, to be looked at again in the diff. */
import { readFileSync, writeFileSync } from 'node:fs'
import { expect } from '@jest/globals'

export function expectGolden(name: string, text: string): void {
  const file = new URL(`../report/golden/${name}`, import.meta.url)
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, text)
  expect(text).toBe(readFileSync(file, 'utf8'))
}
