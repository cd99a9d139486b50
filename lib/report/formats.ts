/** The formats of a `check` report. Each is one file with one function from report to text, and one line here. */
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
import { withoutRunnerCommands } from './runner-commands.js'

/** By name, in the order in which help lists them. */
export const FORMATS: Readonly<Record<string, Format>> = {
  text: { description: 'plain text for people', render: withoutCommands(renderText) },
  json: { description: 'the complete report, schema rpmlint-ts/report/1', render: renderJson },
  rpmlint: { description: 'lines as rpmlint prints them', render: withoutCommands(renderRpmlint) },
  sarif: { description: 'SARIF 2.1.0, for GitHub code scanning and others', render: renderSarif },
  junit: { description: 'test results, for Jenkins, GitLab and others', render: renderJunit },
  github: { description: 'GitHub Actions annotations, and the job summary', render: renderGithub },
  gitlab: { description: 'GitLab code quality report', render: renderGitlab },
  checkstyle: { description: 'Checkstyle 4.3 XML', render: renderCheckstyle },
  tap: { description: 'Test Anything Protocol, version 14', render: withoutCommands(renderTap) },
  rdjson: { description: 'Reviewdog Diagnostic Format', render: renderRdjson },
  tmt: { description: 'tmt test results', render: renderTmt },
  markdown: { description: 'for a job summary or a comment', render: withoutCommands(renderMarkdown) },
}

/** For formats of lines; `github` consists of commands, JSON and XML have escapes of their own. */
function withoutCommands(render: Format['render']): Format['render'] {
  return (report, context) => withoutRunnerCommands(render(report, context))
}
