/**
 * A workflow command, which a GitHub runner reads from the output of a step: `::name key=value::data` at the beginning of a line.
 *
 * Source: actions/toolkit, command.ts, for escapes. They do not make text from packages harmless: lib/action/workflow-commands.ts.
 */
export function workflowCommand(name: string, properties: Readonly<Record<string, string | number>>, data: string): string {
  const pairs = Object.entries(properties).map(([key, value]) => `${key}=${escapedProperty(String(value))}`)
  return `::${name} ${pairs.join(',')}::${escapedData(data)}`
}

function escapedData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
