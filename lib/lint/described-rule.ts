/**
 * A rule with the placeholders of its texts filled for the guarded families: documentation mentions `libcrypto`, which packagers search for,
 * although the rule does not.
 */
import type { FamilyData } from '../catalogue/family.js'
import { fillWords, type Words } from '../catalogue/family-words.js'
import type { OptionDeclarations } from './options.js'
import type { AnyRule, RawFinding } from './rule.js'

/** `words` are those of `families`, made once for all rules: every start pays for it. */
export function describedRule(rule: AnyRule, families: readonly FamilyData[], words: Words): AnyRule {
  const { doesNotHelp, remedyInDetail } = rule
  return {
    ...rule,
    summary: fillWords(rule.summary, words),
    why: fillWords(rule.why, words),
    remedy: fillWords(rule.remedy, words),
    ...(remedyInDetail === undefined ? {} : { remedyInDetail: fillWords(remedyInDetail, words) }),
    ...(doesNotHelp === undefined ? {} : { doesNotHelp: fillWords(doesNotHelp, words) }),
    references: [...rule.references, ...families.flatMap(({ texts }) => texts.references[rule.id] ?? [])],
    options: describedOptions(rule.options, words),
    *check(subject, options): Iterable<RawFinding> {
      // The remedy stays a template: a finding fills it for the families of its own symbols.
      for (const found of rule.check(subject, options)) yield { remedy: rule.remedy, ...found }
    },
  }
}

function describedOptions(options: OptionDeclarations, words: Words): OptionDeclarations {
  return Object.fromEntries(
    Object.entries(options).map(([name, option]) => [name, { ...option, description: fillWords(option.description, words) }]),
  )
}
