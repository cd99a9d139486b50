/** The formats of a `check` report. A format is one file with one function from report to text, and one line here. */
import type { Report } from '../lint/report.js'
import type { FailOn } from '../lint/settings.js'
import { renderCheckstyle } from './checkstyle.js'
import { renderGithub } from './github.js'
import { renderGitlab } from './gitlab.js'
import { renderJson } from './json.js'
import { renderJunit } from './junit.js'
import { renderMarkdown } from './markdown.js'
import { renderRdjson } from './rdjson.js'
import type { PathContext } from './reported-path.js'
import { renderRpmlint } from './rpmlint.js'
import { renderSarif } from './sarif/log.js'
import { renderTap } from './tap.js'
import { renderText, type TextOptions } from './text.js'
import { renderTmt } from './tmt.js'

/** What the one who reads wants; a format takes from it what concerns it. */
export interface RenderContext extends TextOptions, PathContext {
  readonly failOn: FailOn
}

export interface Format {
  readonly description: string
  /** Pure: the same report gives the same bytes. Ends with a newline unless it is empty. */
  render(report: Report, context: RenderContext): string
}

/** By name, in the order in which help lists them. */
export const FORMATS: Readonly<Record<string, Format>> = {
  text: { description: 'for reading', render: renderText },
  json: { description: 'everything, by the schema rpmlint-ts/report/1', render: renderJson },
  rpmlint: { description: 'lines as rpmlint prints them', render: renderRpmlint },
  sarif: { description: 'SARIF 2.1.0, for GitHub code scanning and others', render: renderSarif },
  junit: { description: 'test results, for Jenkins, GitLab and others', render: renderJunit },
  github: { description: 'annotations of GitHub Actions; the summary of the job too', render: renderGithub },
  gitlab: { description: 'code quality of GitLab', render: renderGitlab },
  checkstyle: { description: 'XML of Checkstyle 4.3', render: renderCheckstyle },
  tap: { description: 'Test Anything Protocol, version 14', render: renderTap },
  rdjson: { description: 'Reviewdog Diagnostic Format', render: renderRdjson },
  tmt: { description: 'results of a tmt test', render: renderTmt },
  markdown: { description: 'for the summary of a job, or a comment', render: renderMarkdown },
}
