/**
 * The summary of a GitHub Actions step. Only ten annotations of each level are shown, the summary has all findings: `--format github` also writes
 * it if GITHUB_STEP_SUMMARY is set and not empty.
 */
import { appendFileSync, statSync } from 'node:fs'
import { isNamedPipe } from '../io/named-pipe-output.js'
import { reasonOf } from '../io/os-error.js'
import type { Report } from '../lint/report.js'
import { MARKDOWN_LIMIT, markdownWithin } from '../report/markdown.js'
import type { Surroundings } from './surroundings.js'

/** Appends: other commands of the step may have written to it. An error is reported, but does not change the result. */
export function appendStepSummary(report: Report, { env, stderr }: Surroundings): void {
  const { GITHUB_STEP_SUMMARY: file } = env
  if (file === undefined || file === '') return
  try {
    if (isNamedPipe(file)) throw new Error('is a named pipe')
    const taken = statSync(file, { throwIfNoEntry: false })?.size ?? 0
    if (taken < MARKDOWN_LIMIT) appendFileSync(file, markdownWithin(report, MARKDOWN_LIMIT - taken))
  } catch (error) {
    stderr.write(`rpmlint-ts: cannot append to the step summary ${file}: ${reasonOf(error)}\n`)
  }
}
