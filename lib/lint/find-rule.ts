/** Finds a rule by its id as the user wrote it. */
import { didYouMean } from './did-you-mean.js'
import type { AnyRule } from './rule.js'

/** By its id, or a former one. */
export function findRule(id: string, rules: readonly AnyRule[]): AnyRule | null {
  return rules.find(rule => rule.id === id || rule.formerIds?.includes(id) === true) ?? null
}

/** ` (did you mean X?)` with the nearest rule, for the end of an error message. */
export function nearestRule(id: string, rules: readonly AnyRule[]): string {
  return didYouMean(
    id,
    rules.map(rule => rule.id),
  )
}
