/** Tools of the machine that tests compare with, where they are there. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe } from '@jest/globals'

export function hasTool(name: string): boolean {
  try {
    execFileSync(name, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Where code of x86-64 can be run and glibc's loader is the machine's own. */
export const isX86Linux = process.platform === 'linux' && process.arch === 'x64'

/** Describes tests that need tools, or one skipped suite that tells which are missing. */
export function describeWithTools(tools: readonly string[], title: string, tests: () => void): void {
  const missing = tools.filter(tool => !hasTool(tool))
  if (missing.length === 0) describe(title, tests)
  else describe.skip(`${title} (skipped: no ${missing.join(', ')} on this machine)`, tests)
}

/** A folder for what a test builds, gone when the run of the tests ends. */
export function scratchFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `${name}-`))
}
