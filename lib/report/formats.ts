/** The formats of a `check` report. A format is one file with one function from report to text, and one line here. */
import type { Report } from '../lint/report.js'
import type { FailOn } from '../lint/settings.js'
import { renderGithub } from './github.js'
import { renderJson } from './json.js'
import { renderMarkdown } from './markdown.js'
import type { PathContext } from './reported-path.js'
import { renderRpmlint } from './rpmlint.js'
import { renderSarif } from './sarif/log.js'
import { renderText, type TextOptions } from './text.js'

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
  github: { description: 'annotations of GitHub Actions; the summary of the job too', render: renderGithub },
  markdown: { description: 'for the summary of a job, or a comment', render: renderMarkdown },
}
