/** The command line with words: help, version, completion, and what is wrong with a line that `parseQuickly` would not take. */
import yargs, { type Argv } from 'yargs'
import { UsageError } from '../errors/check-error.js'
import { didYouMean } from '../lint/did-you-mean.js'
import { needsNoOperands, type CommandLine } from './command-line.js'
import { COMMANDS, type CommandSpec } from './commands.js'
import { COMMAND_NAMES, noCommand } from './nearest-word.js'
import { wrongOption } from './wrong-option.js'

const EXIT_STATUS = 'Exit status: 0 clean, 1 findings at or above --fail-on, 2 could not check.'
const EXIT_STATUS_WITHOUT_FINDINGS = 'Exit status: 0 done, 2 could not be done, or not for all.'

/** `null` when yargs answered by itself. Throws `UsageError`. */
export async function parseWithYargs(line: readonly string[], version: string, print: (text: string) => void): Promise<CommandLine | null> {
  const argv = helpWords(line)
  const wrong = wrongOption(argv)
  if (wrong !== null) throw new UsageError(wrong)
  let parsed: CommandLine | null = null
  const parser = yargs()
    .scriptName('rpmlint-ts')
    .usage('$0 <command>\n\nRejects RPM packages whose shared libraries export libcrypto/libssl names without symbol versions.')
    .version(version)
    .alias({ help: 'h', version: 'V' })
    .parserConfiguration({
      'boolean-negation': false,
      'duplicate-arguments-array': true,
      'camel-case-expansion': false,
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    })
    .strict()
    .recommendCommands()
    .demandCommand(1, 'Give a command.')
    .completion('completion', 'Print a completion script for the shell')
    .epilogue(EXIT_STATUS)
    .wrap(Math.min(110, process.stdout.columns ?? 100))
    .exitProcess(false)
  for (const command of COMMANDS) {
    parser.command({
      command: `${command.name} ${positionalFor(command, argv)}`.trim(),
      describe: command.description,
      builder: (builder: Argv) => declare(builder, command),
      handler: (values: Readonly<Record<string, unknown>>) => {
        parsed = lineOf(command, values)
      },
    })
  }
  parser.command('help [command]', 'Show the help of a command') // for the list; helpWords has put another line in its place
  if (argv.length === 0) process.stderr.write(`${await parser.getHelp()}\n\n`)
  let mistake: string | null = null
  await parser.parseAsync([...argv], {}, (error, _values, output) => {
    if (error !== undefined && error !== null) mistake = error.message
    else if (output !== '') print(`${output}\n`)
  })
  if (mistake !== null) throw new UsageError(explained(mistake, argv))
  return parsed
}

/** `help check` is `check --help`. Throws `UsageError` for help with a command that there is not: yargs would show the list and call it well. */
function helpWords(argv: readonly string[]): readonly string[] {
  const words = argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv
  const [command] = words
  const isKnown = command === undefined || command.startsWith('-') || COMMAND_NAMES.includes(command)
  if (words.includes('--help') && !isKnown) throw new UsageError(noCommand(command))
  return words
}

/** yargs names the word that it does not know; here is the one that was meant. */
function explained(mistake: string, argv: readonly string[]): string {
  if (mistake.startsWith('Not enough non-option arguments'))
    return `${argv[0]} needs ${needsOf(COMMANDS.find(({ name }) => name === argv[0]))}`
  const [, unknown] = /^Unknown arguments?: ([^,]+)/.exec(mistake) ?? []
  if (unknown === undefined) return mistake
  const command = COMMANDS.find(({ name }) => name === argv[0])
  if (command === undefined && argv[0]?.startsWith('-') === true)
    return `there is no option ${argv[0]}${didYouMean(argv[0].replace(/^-+/, ''), ['help', 'version'])}`
  if (command === undefined) return noCommand(unknown)
  return `${command.name} takes no ${unknown}`
}

/** In the brackets of what may be left out, where an option given stands for it. */
function positionalFor(command: CommandSpec, argv: readonly string[]): string {
  const given = argv.flatMap(word => /^--([^=]+)/.exec(word)?.[1] ?? [])
  return needsNoOperands(command, given) ? command.positional.replace('<', '[').replace('>', ']') : command.positional
}

function needsOf(command: CommandSpec | undefined): string {
  const { positional = 'more', insteadOfPositional = [] } = command ?? {}
  return [positional, ...insteadOfPositional.map(option => `--${option}`)].join(' or ')
}

function declare(builder: Argv, { options, examples, epilogue }: CommandSpec): Argv {
  for (const [name, { type, description, alias, multiple, choices }] of Object.entries(options)) {
    builder.option(name, {
      type,
      description,
      requiresArg: type === 'string',
      ...(alias === undefined ? {} : { alias }),
      ...(multiple === true ? { array: false } : {}),
      ...(choices === undefined ? {} : { choices }),
    })
  }
  const status = 'fail-on' in options ? EXIT_STATUS : EXIT_STATUS_WITHOUT_FINDINGS
  builder.epilogue(epilogue === undefined ? status : `${epilogue}\n\n${status}`) // of the whole program it is not shown with a command's help
  for (const [line, meaning] of examples) builder.example(line, meaning)
  return builder
}

function lineOf(command: CommandSpec, values: Readonly<Record<string, unknown>>): CommandLine {
  const name = /\w+/.exec(command.positional)?.[0]
  const operands = name === undefined ? [] : [values[name]].flat().map(String)
  const options: Record<string, string | boolean | readonly string[] | undefined> = {}
  for (const [option, spec] of Object.entries(command.options)) {
    const value = values[option]
    if (value === undefined) continue
    options[option] =
      spec.multiple === true
        ? [value].flat().map(String)
        : spec.type === 'boolean'
          ? value === true
          : typeof value === 'string'
            ? value
            : ''
  }
  return { command: command.name, operands, options }
}
