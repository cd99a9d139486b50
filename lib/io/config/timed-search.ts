/**
 * Matches regular expressions with a time limit: a few of them take years on an unlucky line, and JavaScript's own matching
 * can only be stopped from outside.
 */
import { createContext, isContext, Script } from 'node:vm'
import { LimitError, UsageError } from '../../errors/check-error.js'
import type { Search } from '../../lint/rpmlint/match-filters.js'
import { clipped } from '../../bytes/names.js'
import { codeOf } from '../os-error.js'

/** Characters of a filter in a message. */
const SHOWN = 200
const TIMEOUT = 2000 // ms for all filters on one line, which usually take less than 1

/** The context keeps the index, so that the slow expression can be reported. */
const SCRIPT = new Script('found = []; for (at = 0; at < expressions.length; at++) if (expressions[at].test(line)) found.push(at); found')

/** So many packages cannot be checked because of a slow filter; then it is the filter's fault, and the run ends. */
const MOST_TIMEOUTS = 10

/**
 * Throws `LimitError` for an expression that takes too long: the package has such a line, others may not. Throws `UsageError` for one that cannot be
 * searched for at all, which V8 finds out as late as this.
 */
export function timedSearch(timeout = TIMEOUT): Search {
  const sandbox: { expressions: readonly RegExp[]; line: string; at: number } = { expressions: [], line: '', at: 0 }
  let timeouts = 0
  return (expressions, line) => {
    Object.assign(sandbox, { expressions, line })
    if (!isContext(sandbox)) createContext(sandbox)
    try {
      return [...(SCRIPT.runInContext(sandbox, { timeout }) as number[])]
    } catch (error) {
      const filter = clipped(expressions[sandbox.at]?.source ?? '', SHOWN)
      if (codeOf(error) !== 'ERR_SCRIPT_EXECUTION_TIMEOUT')
        throw new UsageError(`filter ${filter} cannot be searched for: it is too large or too deeply nested`)
      const message = `filter ${filter} timed out after ${timeout / 1000} s (nested quantifiers?)`
      throw ++timeouts === MOST_TIMEOUTS ? new UsageError(message) : new LimitError(message)
    }
  }
}
