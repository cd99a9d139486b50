/** Help text, from the table of commands. yargs only formats it, and is loaded only for help: it takes longer to load than the rest of the program. */
import type { Argv } from 'yargs'
import { COMMANDS } from './commands.js'
import { operandText, type CommandSpec } from './options/command-spec.js'
import type { OptionSpec } from './options/option-spec.js'

const EXIT_STATUS = 'Exit status: 0 clean, 1 findings at or above --fail-on, 2 incomplete: wrong usage, or something could not be checked.'
const EXIT_STATUS_WITHOUT_FINDINGS = 'Exit status: 0 done, 2 failed or incomplete.'

const PURPOSE = `Rejects RPM packages whose shared libraries export OpenSSL symbols without versions.
Paths without a command are checked: $0 a.rpm is $0 check a.rpm.`

/** Help of a command, or of the program for `null`. `width` is in columns. */
export async function renderHelp(command: CommandSpec | null, width: number): Promise<string> {
  const { default: yargs } = await import('yargs')
  const page = yargs()
    .scriptName('rpmlint-ts')
    .detectLocale(false)
    .version('') // for the option; the table of commands answers it
    .alias({ help: 'h', version: 'V' })
    .wrap(width)
    .exitProcess(false)
  return (command === null ? describeProgram(page) : describeCommand(page, command)).getHelp()
}

function describeProgram(page: Argv): Argv {
  page.usage(`$0 <command>\n\n${PURPOSE}`)
  for (const { name, operand, description } of COMMANDS) page.command(`${name} ${operandText(operand)}`.trim(), description)
  return page.command('help [command]', 'Show the help of a command').epilogue(EXIT_STATUS)
}

function describeCommand(page: Argv, { name, operand, description, options, groups = [], examples, epilogue }: CommandSpec): Argv {
  page.usage(`${`$0 ${name} ${operandText(operand)}`.trim()}\n\n${description}`)
  page.group(['help', 'version', ...ungrouped(Object.keys(options), groups)], 'Options:')
  for (const [title, grouped] of groups) page.group(Object.keys(grouped), `${title}:`)
  for (const [option, spec] of Object.entries(options)) page.option(option, layoutOf(spec))
  for (const [line, meaning] of examples) page.example(line, meaning)
  const status = 'fail-on' in options ? EXIT_STATUS : EXIT_STATUS_WITHOUT_FINDINGS
  return page.epilogue(epilogue === undefined ? status : `${epilogue}\n\n${status}`)
}

function ungrouped(names: readonly string[], groups: NonNullable<CommandSpec['groups']>): string[] {
  return names.filter(name => !groups.some(([, grouped]) => name in grouped))
}

function layoutOf(spec: OptionSpec): {
  type: 'boolean' | 'number' | 'string'
  description: string
  alias?: string
  choices?: readonly string[]
} {
  const { kind, description, alias } = spec
  return {
    type: kind === 'flag' ? 'boolean' : kind === 'count' ? 'number' : 'string',
    description,
    ...(alias === undefined ? {} : { alias }),
    ...(kind === 'choice' ? { choices: spec.choices } : {}),
  }
}
