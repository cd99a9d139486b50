/**
 * Workflow commands, which a GitHub runner reads from the output of a step: `::name key=value::data` at the beginning of a line.
 *
 * It also reads an older form, `##[name]data`, anywhere in a line, so text from packages cannot be escaped: it is printed while commands are
 * stopped, until an unpredictable token.
 * Source: actions/runner, src/Runner.Common/ActionCommand.cs and src/Runner.Worker/ActionCommandManager.cs.
 */

/** An error annotation of the step. */
export function errorCommand(title: string, message: string): string {
  return `::error title=${escapedProperty(title)}::${escapedData(message)}\n`
}

/** Stops commands until `resumeCommand` with the same token. */
export function stopCommand(token: string): string {
  return `::stop-commands::${token}\n`
}

export function resumeCommand(token: string): string {
  return `::${token}::\n`
}

function escapedData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
