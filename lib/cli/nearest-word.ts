/** A complaint about a command that there is not, with the one that was meant. */
import { didYouMean } from '../lint/did-you-mean.js'
import { COMMANDS } from './commands.js'

/** Those of the table, and the two that yargs has of its own. */
export const COMMAND_NAMES: readonly string[] = [...COMMANDS.map(({ name }) => name), 'help', 'completion']

export function noCommand(word: string): string {
  return `there is no command ${word}${didYouMean(word, COMMAND_NAMES)}`
}
