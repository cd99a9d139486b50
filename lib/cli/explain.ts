/** `rpmlint-ts explain` and `rpmlint-ts rules`: documentation of rules. */
import { UsageError } from '../errors/check-error.js'
import { loadRules } from '../io/config/rule-modules.js'
import { findRule, nearestRule } from '../lint/find-rule.js'
import type { AnyRule } from '../lint/rule.js'
import { renderExplanation, renderRuleList, rulesJson } from '../report/rule-reference.js'
import type { Style } from '../report/style.js'
import { rules as ownRules } from '../../rules/index.js'
import type { CommandLine } from './command-line.js'
import { destinationsOf, outputWidth, styleFor, write } from './output.js'
import type { Surroundings } from './surroundings.js'

const FORMATS = ['text', 'json'] as const

export async function explain({ operands, options }: CommandLine<'explain'>, surroundings: Surroundings): Promise<number> {
  const rules = await loadRules(options['rules-from'], surroundings.cwd, ownRules)
  return print(
    operands.map(id => ruleOf(id, rules)),
    options,
    renderExplanation,
    surroundings,
  )
}

export async function listRules({ options }: CommandLine<'rules'>, surroundings: Surroundings): Promise<number> {
  return print(await loadRules(options['rules-from'], surroundings.cwd, ownRules), options, renderRuleList, surroundings)
}

type Options = CommandLine<'explain' | 'rules'>['options']
type Render = (chosen: readonly AnyRule[], options: { readonly style: Style; readonly width: number }) => string

function print(chosen: readonly AnyRule[], options: Options, render: Render, surroundings: Surroundings): number {
  for (const { format, file } of destinationsOf(options.format, options['output-file'], FORMATS, surroundings.cwd)) {
    const context = { style: styleFor(options.color, file, surroundings), width: outputWidth(file, surroundings) }
    write(format === 'json' ? rulesJson(chosen) : render(chosen, context), file, surroundings)
  }
  return 0
}

function ruleOf(id: string, rules: readonly AnyRule[]): AnyRule {
  const rule = findRule(id, rules)
  if (rule === null) throw new UsageError(`unknown rule ${id}${nearestRule(id, rules)}; rpmlint-ts rules lists them all`)
  return rule
}
