/**
 * Searches for regular expressions for so long and no longer: a few of them take years over an unlucky line, and JavaScript's own search
 * cannot be stopped but from outside.
 */
import { createContext, isContext, Script } from 'node:vm'
import { UsageError } from '../../errors/check-error.js'
import type { Search } from '../../lint/rpmlint/match-filters.js'
import { codeOf } from '../os-error.js'

const MOST = 2000 // ms for all filters over one line, which take less than one

/** The context keeps count, so that the expression that was too slow can be named. */
const SCRIPT = new Script('found = []; for (at = 0; at < expressions.length; at++) if (expressions[at].test(line)) found.push(at); found')

/** Throws `UsageError` for an expression that takes too long. */
export function timedSearch(most = MOST): Search {
  const sandbox: { expressions: readonly RegExp[]; line: string; at: number } = { expressions: [], line: '', at: 0 }
  return (expressions, line) => {
    Object.assign(sandbox, { expressions, line })
    if (!isContext(sandbox)) createContext(sandbox)
    try {
      return [...(SCRIPT.runInContext(sandbox, { timeout: most }) as number[])]
    } catch (error) {
      if (codeOf(error) !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
      const slow = expressions[sandbox.at]?.source ?? ''
      throw new UsageError(`the filter ${slow} takes longer than ${most / 1000} s over one line: repeats inside repeats do that`)
    }
  }
}
