/** Material that may be next to the checkout. Tests that need it skip without it, and report that. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe } from '@jest/globals'

const FOLDER = fileURLToPath(new URL('../../../shared', import.meta.url))

export function sharedPath(...parts: readonly string[]): string {
  return join(FOLDER, ...parts)
}

/** Describes tests on a part of the material, or one skipped suite that names what is missing. */
export function describeWith(part: string, title: string, tests: () => void): void {
  if (existsSync(sharedPath(part))) describe(title, tests)
  else describe.skip(`${title} (skipped: no ${part} beside the checkout)`, tests)
}

/** Parsed JSON, or `fallback` if the file is absent: skipped suites are still described. */
export function sharedJson<Value>(path: string, fallback: Value): Value {
  return existsSync(sharedPath(path)) ? (JSON.parse(readFileSync(sharedPath(path), 'utf8')) as Value) : fallback
}
