/** The formats of a `check` report. A format is one file with one function from report to text, and one line here. */
import { renderCheckstyle } from './checkstyle.js'
import type { Format } from './format.js'
import { renderGithub } from './github.js'
import { renderGitlab } from './gitlab.js'
import { renderJson } from './json.js'
import { renderJunit } from './junit.js'
import { renderMarkdown } from './markdown.js'
import { renderRdjson } from './rdjson.js'
import { renderRpmlint } from './rpmlint.js'
import { renderSarif } from './sarif/log.js'
import { renderTap } from './tap.js'
import { renderText } from './text.js'
import { renderTmt } from './tmt.js'

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
