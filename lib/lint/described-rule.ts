/**
 * A rule's own texts, filled for the families that are guarded: documentation then says `libcrypto`, which is what a packager searches for, and
 * the rule itself does not.
 */
import type { FamilyData } from '../catalogue/family.js'
import { fillWords, wordsOf, type Words } from '../catalogue/family-words.js'
import type { OptionDeclarations } from './options.js'
import type { AnyRule, Problem } from './rule.js'

export function describedRule(rule: AnyRule, families: readonly FamilyData[]): AnyRule {
  const words = wordsOf(families)
  const { doesNotHelp } = rule
  return {
    ...rule,
    summary: fillWords(rule.summary, words),
    why: fillWords(rule.why, words),
    remedy: fillWords(rule.remedy, words),
    ...(doesNotHelp === undefined ? {} : { doesNotHelp: fillWords(doesNotHelp, words) }),
    references: [...rule.references, ...families.flatMap(({ texts }) => texts.references[rule.id] ?? [])],
    options: describedOptions(rule.options, words),
    *check(subject, options): Iterable<Problem> {
      // A finding is about the families of its symbols, and takes the template.
      for (const problem of rule.check(subject, options)) yield { remedy: rule.remedy, ...problem }
    },
  }
}

function describedOptions(options: OptionDeclarations, words: Words): OptionDeclarations {
  return Object.fromEntries(
    Object.entries(options).map(([name, option]) => [name, { ...option, description: fillWords(option.description, words) }]),
  )
}
