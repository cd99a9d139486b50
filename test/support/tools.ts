/** Tools of the machine that tests compare with, if they are installed. */
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

/** Can the machine run x86-64 code with glibc's loader? */
export const isX86Linux = process.platform === 'linux' && process.arch === 'x64'

/** Describes tests that need tools, or one skipped suite that names the missing ones. */
export function describeWithTools(tools: readonly string[], title: string, tests: () => void): void {
  const missing = tools.filter(tool => !hasTool(tool))
  if (missing.length === 0) describe(title, tests)
  else describe.skip(`${title} (skipped: no ${missing.join(', ')} on this machine)`, tests)
}

/** A directory for the output of a test, removed when the test run ends. */
export function scratchFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `${name}-`))
}
