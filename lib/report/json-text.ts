import { INVISIBLE } from '../bytes/names.js'
import { jsonWithoutRunnerCommands } from './runner-commands.js'

/** JSON that is safe to print: control and invisible characters, which JSON allows unescaped, are escaped, and so are commands of CI runners. */
export function jsonText(value: unknown, indent: number): string {
  const text = JSON.stringify(value, null, indent)
  return `${jsonWithoutRunnerCommands(text.replace(/[\x7f-\x9f]/g, escaped).replace(INVISIBLE, escaped))}\n`
}

/** Each UTF-16 unit by itself: JSON has no other form for the characters beyond U+FFFF. */
function escaped(character: string): string {
  return character
    .split('')
    .map(unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
}
