/** Finds a rule by the name that a person wrote. */
import { didYouMean } from './did-you-mean.js'
import type { AnyRule } from './rule.js'

/** By its id, or by one that it had before. */
export function findRule(id: string, rules: readonly AnyRule[]): AnyRule | null {
  return rules.find(rule => rule.id === id || rule.formerIds?.includes(id) === true) ?? null
}

/** For the end of a complaint: the rule that was meant, if one is near. */
export function nearestRule(id: string, rules: readonly AnyRule[]): string {
  return didYouMean(
    id,
    rules.map(rule => rule.id),
  )
}
