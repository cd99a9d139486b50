/**
 * The workflow commands of the action, besides the annotations of a report.
 *
 * A GitHub runner also reads an older form, `##[name]data`, anywhere in a line, so text from packages cannot be escaped: it is printed while
 * commands are stopped, until an unpredictable token.
 * Source: actions/runner, src/Runner.Common/ActionCommand.cs and src/Runner.Worker/ActionCommandManager.cs.
 */
import { workflowCommand } from '../report/workflow-command.js'

/** An error annotation of the step. */
export function errorCommand(title: string, message: string): string {
  return `${workflowCommand('error', { title }, message)}\n`
}

/** Stops commands until `resumeCommand` with the same token. */
export function stopCommand(token: string): string {
  return `::stop-commands::${token}\n`
}

export function resumeCommand(token: string): string {
  return `::${token}::\n`
}
