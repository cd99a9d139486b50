/**
 * Matches regular expressions with a time limit: a few of them take years on an unlucky line, and JavaScript's own matching
 * can only be stopped from outside.
 */
import { createContext, isContext, Script } from 'node:vm'
import { UsageError } from '../../errors/check-error.js'
import type { Search } from '../../lint/rpmlint/match-filters.js'
import { codeOf } from '../os-error.js'

const TIMEOUT = 2000 // ms for all filters on one line, which usually take less than 1

/** The context keeps the index, so that the slow expression can be reported. */
const SCRIPT = new Script('found = []; for (at = 0; at < expressions.length; at++) if (expressions[at].test(line)) found.push(at); found')

/** Throws `UsageError` for an expression that takes too long. */
export function timedSearch(timeout = TIMEOUT): Search {
  const sandbox: { expressions: readonly RegExp[]; line: string; at: number } = { expressions: [], line: '', at: 0 }
  return (expressions, line) => {
    Object.assign(sandbox, { expressions, line })
    if (!isContext(sandbox)) createContext(sandbox)
    try {
      return [...(SCRIPT.runInContext(sandbox, { timeout }) as number[])]
    } catch (error) {
      if (codeOf(error) !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
      const slow = expressions[sandbox.at]?.source ?? ''
      throw new UsageError(`filter ${slow} timed out after ${timeout / 1000} s (nested quantifiers?)`)
    }
  }
}
