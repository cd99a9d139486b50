/** `rpmlint-ts inspect`: prints facts. */
import { printable } from '../bytes/names.js'
import { Catalogue } from '../catalogue/catalogue.js'
import { readTargets, type Outcome } from '../io/read-targets.js'
import { targetsOf } from '../io/targets.js'
import { DEFAULT_LIMITS } from '../limits/limits.js'
import { renderFactsJson } from '../report/facts-json.js'
import { renderFactsText } from '../report/facts-text.js'
import type { CommandLine } from './command-line.js'
import { destinationsOf, outputWidth, styleFor, write } from './output.js'

const FORMATS = ['text', 'json'] as const

export async function inspect({ operands, options }: CommandLine): Promise<number> {
  const [first] = destinationsOf(
    (options['format'] as string[] | undefined) ?? [],
    (options['output-file'] as string | undefined) ?? null,
    FORMATS,
  )
  const { format, file } = first ?? { format: 'text', file: null }
  const catalogue = new Catalogue()
  const outcomes: Outcome[] = []
  for await (const outcome of readTargets(await targetsOf(operands), { limits: DEFAULT_LIMITS, catalogue, wantsSha256: true }))
    outcomes.push(outcome)
  const isListed = options['exports'] === 'crypto' ? (name: string) => catalogue.familyOf(name) !== null : () => true
  if (format === 'json') {
    write(renderFactsJson(outcomes, isListed), file)
  } else {
    const style = styleFor(options['color'] as string | undefined, file)
    write(renderFactsText(outcomes, { style, width: outputWidth(file), isListed }), file)
  }
  const unchecked = outcomes.filter(outcome => !('facts' in outcome))
  for (const entry of format === 'json' ? [] : unchecked)
    process.stderr.write(`rpmlint-ts: ${printable(entry.path)}: ${printable('message' in entry ? entry.message : '')}\n`)
  return unchecked.length > 0 || outcomes.length === 0 ? 2 : 0
}
