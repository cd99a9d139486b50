/**
 * The summary of a GitHub Actions step. Annotations show ten findings of a kind; the summary shows all of them, so `--format github` writes it
 * too where the runner names a file for it. An empty GITHUB_STEP_SUMMARY turns that off.
 */
import { appendFileSync, statSync } from 'node:fs'
import { reasonOf } from '../io/os-error.js'
import type { Report } from '../lint/report.js'
import { MARKDOWN_LIMIT, markdownWithin } from '../report/markdown.js'
import type { Surroundings } from './surroundings.js'

/** Appends: other commands of the step may have written there. What goes wrong is told and changes no result. */
export function appendStepSummary(report: Report, { env, stderr }: Surroundings): void {
  const { GITHUB_STEP_SUMMARY: file } = env
  if (file === undefined || file === '') return
  try {
    const taken = statSync(file, { throwIfNoEntry: false })?.size ?? 0
    if (taken < MARKDOWN_LIMIT) appendFileSync(file, markdownWithin(report, MARKDOWN_LIMIT - taken))
  } catch (error) {
    stderr.write(`rpmlint-ts: cannot append to the step summary ${file}: ${reasonOf(error)}\n`)
  }
}
