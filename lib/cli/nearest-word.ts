/** Complaints about a word that there is not, with the one that was meant. */
import { didYouMean } from '../lint/did-you-mean.js'
import { COMMANDS } from './commands.js'

/** Those of the table, and the two that yargs has of its own. */
export const COMMAND_NAMES: readonly string[] = [...COMMANDS.map(({ name }) => name), 'help', 'completion']

export function noCommand(word: string): string {
  return `there is no command ${word}${didYouMean(word, COMMAND_NAMES)}`
}

/** About the first value that an option does not have; `null` where there is none. */
export function wrongChoice(argv: readonly string[]): string | null {
  const options = COMMANDS.find(({ name }) => name === argv[0])?.options ?? {}
  for (const [name, { choices }] of Object.entries(options)) {
    const at = argv.findIndex(word => word === `--${name}` || word.startsWith(`--${name}=`))
    const value = argv[at]?.includes('=') === true ? argv[at].slice(name.length + 3) : argv[at + 1]
    if (at < 0 || choices === undefined || value === undefined || choices.includes(value)) continue
    return `--${name} ${value}: must be one of ${choices.join(', ')}${didYouMean(value, choices)}`
  }
  return null
}
