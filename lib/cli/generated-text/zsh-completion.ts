/**
 * Completion for zsh.
 *
 * Source: zshcompsys(1), _arguments and _describe.
 */
import { GENERAL_OPTIONS, type CompletedCommand, type CompletedOption, type Completion } from './completion-table.js'

export function renderZshCompletion(commands: readonly CompletedCommand[]): string {
  return `#compdef rpmlint-ts
# generated from its table of commands

_rpmlint-ts() {
  local -a commands=(
${commands.map(({ name, description }) => `    ${quoted(`${name}:${description}`)}`).join('\n')}
  )
  if ((CURRENT == 2)); then
    if [[ $words[2] == -* ]]; then
      _arguments ${GENERAL_OPTIONS.map(specOf).join(' ')}
    elif [[ $words[2] == *[./]* ]]; then
      _files
    else
      _describe -t commands command commands
    fi
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
${commands.map(commandCase).join('\n')}
  esac
}

# found in fpath, this file is the function; sourced, it defines it
if [[ $funcstack[1] == _rpmlint-ts ]]; then
  _rpmlint-ts "$@"
else
  compdef _rpmlint-ts rpmlint-ts
fi
`
}

function commandCase({ name, isDefault, operands, options }: CompletedCommand): string {
  const pattern = `${name}${isDefault ? '|*[./]*' : ''}`
  const rest = operands === 'nothing' ? [] : [quoted(`*:${typeof operands === 'string' ? 'path' : 'rule'}:${actionOf(operands)}`)]
  const specs = [...options.map(specOf), ...rest]
  return specs.length === 0
    ? `    ${pattern}) ;;`
    : `    ${pattern})\n      _arguments -S \\\n        ${specs.join(' \\\n        ')}\n      ;;`
}

/** `'(--quiet -q)'{--quiet,-q}'[Only what fails the run]'` */
function specOf({ flags, description, isRepeatable, value }: CompletedOption): string {
  const [first = ''] = flags
  const takesValue = value !== null && first.startsWith('--')
  const spelled = flags.map(flag => (takesValue && flag.startsWith('--') ? `${flag}=` : flag))
  const once = isRepeatable ? quoted('*') : flags.length > 1 ? quoted(`(${flags.join(' ')})`) : ''
  const names = spelled.length > 1 ? `{${spelled.join(',')}}` : (spelled[0] ?? '')
  const action = value === null ? '' : `:${first.replace(/^-+/, '')}:${actionOf(value)}`
  return `${once}${names}${quoted(`[${description.replace(/[[\]:\\]/g, '\\$&')}]${action}`)}`
}

function actionOf(completion: Completion): string {
  if (completion === 'nothing') return ' '
  if (completion === 'files') return '_files'
  if (completion === 'directories') return '_files -/'
  return `(${completion.join(' ')})`
}

function quoted(words: string): string {
  return `'${words.replaceAll("'", "'\\''")}'`
}
