/**
 * Commands of CI runners, which those read from the output of a step: text from a package must not become one.
 *
 * GitHub obeys `::` at the beginning of a line, after any blanks, and `##[` anywhere in it; Azure Pipelines `##vso[` and `##[`, TeamCity
 * `##teamcity[`. Source: ActionCommand.cs of actions/runner; the logging commands of Azure Pipelines; TeamCity, "Service Messages".
 */
import { safeLines } from './safe-text.js'

const COLONS = /^([^\S\n\r\u2028\u2029]*):(?=:)/gm
const HASHES = /##(?=(?:vso|teamcity)?\[)/gi

/** Text of several lines without commands: the first character of each is escaped. To be applied to whole lines, after wrapping. */
export function withoutRunnerCommands(text: string): string {
  return text.replace(COLONS, '$1\\x3a').replace(HASHES, '\\x23#')
}

/** Lines for a log or terminal: nothing in them is a control character, invisible, or a command. Line breaks are kept. */
export function logLines(text: string): string {
  return withoutRunnerCommands(safeLines(text))
}

/** JSON of the same meaning without `##[`: a number sign is only in strings. */
export function jsonWithoutRunnerCommands(json: string): string {
  return json.replace(HASHES, '\\u0023#')
}

/** The same of XML. */
export function xmlWithoutRunnerCommands(text: string): string {
  return text.replace(COLONS, '$1&#58;').replace(HASHES, '&#35;#')
}
