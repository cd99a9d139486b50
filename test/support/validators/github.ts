/** Workflow commands, read as the runner reads them: actions/runner, ActionCommand.cs. */
export interface WorkflowCommand {
  readonly command: string
  readonly properties: Readonly<Record<string, string>>
  readonly message: string
}

const KNOWN = new Set(['error', 'warning', 'notice'])
const PROPERTIES = new Set(['title', 'file', 'line'])

/** Throws if a line is not a command. */
export function commandsOf(text: string): WorkflowCommand[] {
  return text.split('\n').slice(0, -1).map(commandOf)
}

function commandOf(line: string): WorkflowCommand {
  const [whole, command = '', list = '', message = ''] = /^::(\w+)(?: (.*?))?::(.*)$/s.exec(line) ?? []
  if (whole === undefined || line.includes('\r')) throw new Error(`no command: ${line}`)
  const pairs = list === '' ? [] : list.split(',').map(pair => pair.split('='))
  const keys = pairs.map(([key]) => key)
  if (new Set(keys).size < keys.length) throw new Error(`a property twice: ${line}`)
  const properties = Object.fromEntries(pairs.map(([key = '', ...value]) => [key, propertyText(value.join('='))]))
  return { command, properties, message: dataText(message) }
}

function dataText(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
}

function propertyText(text: string): string {
  return dataText(text.replaceAll('%3A', ':').replaceAll('%2C', ','))
}

export function githubFaults(text: string): string[] {
  if (!/^$|\n$/.test(text)) return ['the last line does not end']
  try {
    return commandsOf(text).flatMap(commandFaults)
  } catch (error) {
    return [String(error)]
  }
}

function commandFaults({ command, properties, message }: WorkflowCommand): string[] {
  const { title, file, line } = properties
  return [
    ...(KNOWN.has(command) ? [] : [`command ${command}`]),
    ...Object.keys(properties)
      .filter(key => !PROPERTIES.has(key))
      .map(key => `property ${key}`),
    ...(title === undefined || title === '' ? ['no title'] : []),
    ...(file === undefined || /^[1-9]\d*$/.test(line ?? '') ? [] : [`line ${line}`]),
    ...(message === '' || message.length > 4096 ? [`a message of ${message.length}`] : []),
    ...(/\p{Surrogate}/u.test(message) ? ['half a character'] : []),
  ]
}
