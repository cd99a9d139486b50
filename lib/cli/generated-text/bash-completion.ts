/**
 * Completion for bash 4 and later: a static script that neither starts the program nor needs bash-completion.
 *
 * Source: bash(1), Programmable Completion.
 */
import { GENERAL_OPTIONS, type CompletedCommand, type Completion } from './completion-table.js'

export function renderBashCompletion(commands: readonly CompletedCommand[]): string {
  return `# bash completion for rpmlint-ts; generated from its table of commands
_rpmlint_ts() {
  local word=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]}
  COMPREPLY=()
  # bash makes three words of --option=value
  if [[ $word == = ]]; then
    word=
  elif [[ $previous == = ]]; then
    previous=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  if ((COMP_CWORD == 1)) && [[ $word == *[./]* ]]; then
    _rpmlint_ts_paths -f
    return
  fi
  if ((COMP_CWORD == 1)); then
    _rpmlint_ts_words ${words([...commands.map(({ name }) => name), ...GENERAL_OPTIONS.flatMap(({ flags }) => flags)])}
    return
  fi
  case \${COMP_WORDS[1]} in
${commands.map(commandCase).join('\n')}
  esac
}

# both use $word of their caller
_rpmlint_ts_words() {
  mapfile -t COMPREPLY < <(compgen -W "$*" -- "$word")
}

_rpmlint_ts_paths() {
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <(compgen "$1" -- "$word")
}

complete -F _rpmlint_ts rpmlint-ts
`
}

function commandCase({ name, isDefault, operands, options }: CompletedCommand): string {
  const values = options.flatMap(({ flags, value }) => (value === null ? [] : [`        ${flags.join(' | ')}) ${replyWith(value)} ;;`]))
  const flags = options.flatMap(option => option.flags)
  const otherwise =
    flags.length === 0 ? replyWith(operands) : `if [[ $word == -* ]]; then ${replyWith(flags)}; else ${replyWith(operands)}; fi`
  return [
    `    ${name}${isDefault ? ' | *[./]*' : ''})`,
    '      case $previous in',
    ...values,
    `        *) ${otherwise} ;;`,
    '      esac',
    '      ;;',
  ].join('\n')
}

function replyWith(completion: Completion): string {
  if (completion === 'nothing') return ':'
  if (completion === 'files') return '_rpmlint_ts_paths -f'
  if (completion === 'directories') return '_rpmlint_ts_paths -d'
  return `_rpmlint_ts_words ${words(completion)}`
}

function words(all: readonly string[]): string {
  return all.join(' ')
}
