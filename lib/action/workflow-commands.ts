/**
 * Commands that a runner of GitHub reads from the output of a step: `::name key=value::data` at the beginning of a line.
 *
 * It reads an older form, `##[name]data`, anywhere in a line, so no escape makes a package's names harmless: they are printed while
 * commands are off, until a word that nobody can guess.
 * Source: actions/runner, src/Runner.Common/ActionCommand.cs and src/Runner.Worker/ActionCommandManager.cs.
 */

/** An annotation of the step, in red. */
export function errorCommand(title: string, message: string): string {
  return `::error title=${escapedProperty(title)}::${escapedData(message)}\n`
}

/** From here on nothing is a command but `resumeCommand` with the same word. */
export function stopCommand(word: string): string {
  return `::stop-commands::${word}\n`
}

export function resumeCommand(word: string): string {
  return `::${word}::\n`
}

function escapedData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
