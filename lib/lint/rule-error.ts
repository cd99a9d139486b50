/** A bug in a rule: the package that it was run on could not be checked. */
import type { AnyRule } from './rule.js'

export class RuleError extends Error {
  constructor({ id, module }: AnyRule, cause: unknown) {
    super(`bug in rule ${id}${module === undefined ? '' : ` of module ${module}`}: ${detailOf(cause)}`, { cause })
    this.name = 'RuleError'
  }
}

/** With the place in the module, for its author. */
function detailOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  const place = /^ *at (.*)$/m.exec(String(cause.stack))?.[1]
  return place === undefined ? cause.message : `${cause.message} (at ${place})`
}
