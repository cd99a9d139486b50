/**
 * Completion for fish 3 and later.
 *
 * Source: complete(1) of fish.
 */
import { GENERAL_OPTIONS, type CompletedCommand, type CompletedOption, type Completion } from './completion-table.js'

export function renderFishCompletion(commands: readonly CompletedCommand[]): string {
  return `# fish completion for rpmlint-ts; generated from its table of commands
function __rpmlint_ts_command
    set -l words (commandline -opc)
    if string match -qr '[./]' -- "$words[2]"
        set words[2] ${commands.find(({ isDefault }) => isDefault)?.name ?? '""'}
    end
    test "$words[2]" = "$argv[1]"
end

function __rpmlint_ts_begins_with_path
    set -l word (commandline -ct)
    __rpmlint_ts_command ""; and string match -qr '[./]' -- "$word"
end

complete -c rpmlint-ts -f
complete -c rpmlint-ts -n __rpmlint_ts_begins_with_path -F
${[...GENERAL_OPTIONS.map(option => lineOf('', optionSpec(option))), ...commands.flatMap(commandLines)].join('\n')}
`
}

function commandLines({ name, description, operands, options }: CompletedCommand): string[] {
  const rest = operands === 'nothing' ? [] : [lineOf(name, operandSpec(operands))]
  return [lineOf('', `-a ${name} -d ${quoted(description)}`), ...options.map(option => lineOf(name, optionSpec(option))), ...rest]
}

/** `command` is empty for words before a command. */
function lineOf(command: string, spec: string): string {
  return `complete -c rpmlint-ts -n '__rpmlint_ts_command ${command === '' ? '""' : command}' ${spec}`
}

function optionSpec({ flags, description, value }: CompletedOption): string {
  const names = flags.map(flag => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`))
  return [...names, ...(value === null ? [] : [valueSpec(value)]), `-d ${quoted(description)}`].join(' ')
}

/** `-x`: the option takes a value that is not a file. */
function valueSpec(value: Completion): string {
  if (value === 'nothing') return '-x'
  if (value === 'files') return '-r -F'
  return value === 'directories' ? "-x -a '(__fish_complete_directories)'" : `-x -a ${quoted(value.join(' '))}`
}

function operandSpec(operands: Exclude<Completion, 'nothing'>): string {
  if (operands === 'files') return '-F'
  return operands === 'directories' ? "-a '(__fish_complete_directories)'" : `-a ${quoted(operands.join(' '))}`
}

function quoted(words: string): string {
  return `'${words.replace(/['\\]/g, '\\$&')}'`
}
