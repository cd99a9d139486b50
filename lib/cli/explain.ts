/** `rpmlint-ts explain` and `rpmlint-ts rules`: what there is to find, and why. */
import { UsageError } from '../errors/check-error.js'
import { findRule, nearestRule } from '../lint/find-rule.js'
import type { AnyRule } from '../lint/rule.js'
import { renderExplanation, renderRuleList, rulesJson } from '../report/rule-reference.js'
import { rules } from '../../rules/index.js'
import type { CommandLine } from './command-line.js'
import type { ValuesOf } from './options/option-spec.js'
import type { OUTPUT } from './options/output-options.js'
import { destinationsOf, outputWidth, styleFor, write } from './output.js'

const FORMATS = ['text', 'json'] as const

export function explain({ operands, options }: CommandLine<'explain'>): number {
  return tell(operands.map(ruleOf), options, renderExplanation)
}

export function listRules({ options }: CommandLine<'rules'>): number {
  return tell(rules, options, renderRuleList)
}

type Render = (chosen: readonly AnyRule[], options: { readonly style: ReturnType<typeof styleFor>; readonly width: number }) => string

function tell(chosen: readonly AnyRule[], options: ValuesOf<typeof OUTPUT>, render: Render): number {
  for (const { format, file } of destinationsOf(options.format, options['output-file'], FORMATS)) {
    const style = styleFor(options.color, file)
    write(format === 'json' ? rulesJson(chosen) : render(chosen, { style, width: outputWidth(file) }), file)
  }
  return 0
}

function ruleOf(id: string): AnyRule {
  const rule = findRule(id, rules)
  if (rule === null) throw new UsageError(`unknown rule ${id}${nearestRule(id, rules)}; rpmlint-ts rules lists them all`)
  return rule
}
