/** `rpmlint-ts completion`: the completion script of a shell, as packages install it. */
import { UsageError } from '../errors/check-error.js'
import type { AnyRule } from '../lint/rule.js'
import { SHELLS } from './commands.js'
import { completionTable } from './generated-text/completion-table.js'
import { COMPLETIONS } from './generated-text/completions.js'

/** `named` is the operand, `login` the variable SHELL. Throws `UsageError` if neither is a supported shell. */
export function completionScript(named: string | undefined, login: string | undefined, rules: readonly AnyRule[]): string {
  const name = named ?? login?.slice(login.lastIndexOf('/') + 1)
  const shell = SHELLS.find(known => known === name)
  if (shell === undefined) throw new UsageError(`completion needs a shell: ${SHELLS.join(', ')}`)
  return COMPLETIONS[shell].render(completionTable(rules))
}
