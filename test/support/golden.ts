/** Golden files: reviewed output that must not change. UPDATE_GOLDEN=1 rewrites them, for a review of the diff. */
import { readFileSync, writeFileSync } from 'node:fs'
import { expect } from '@jest/globals'

export function expectGolden(name: string, text: string): void {
  const file = new URL(`../report/golden/${name}`, import.meta.url)
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, text)
  expect(text).toBe(readFileSync(file, 'utf8'))
}
