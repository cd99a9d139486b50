/** `rpmlint-ts inspect`: prints facts. */
import { printable } from '../bytes/names.js'
import { Catalogue } from '../catalogue/catalogue.js'
import { readTargets, type Outcome } from '../io/package/read-targets.js'
import { DEFAULT_LIMITS } from '../limits/limits.js'
import { renderFactsJson } from '../report/facts-json.js'
import { renderFactsText } from '../report/facts-text.js'
import type { CommandLine } from './command-line.js'
import { destinationsOf, outputWidth, requireApart, styleFor, write } from './output.js'
import { targetsOfLine } from './targets-of-line.js'

const FORMATS = ['text', 'json'] as const

export async function inspect(line: CommandLine): Promise<number> {
  const { options } = line
  const destinations = destinationsOf(
    (options['format'] as string[] | undefined) ?? [],
    (options['output-file'] as string | undefined) ?? null,
    FORMATS,
  )
  requireApart(destinations, line)
  const catalogue = new Catalogue()
  const outcomes: Outcome[] = []
  for await (const outcome of readTargets(await targetsOfLine(line), { limits: DEFAULT_LIMITS, catalogue, wantsSha256: true }))
    outcomes.push(outcome)
  const isListed = options['exports'] === 'crypto' ? (name: string) => catalogue.guards(name) : () => true
  for (const { format, file } of destinations) {
    const style = styleFor(options['color'] as string | undefined, file)
    const text =
      format === 'json' ? renderFactsJson(outcomes, isListed) : renderFactsText(outcomes, { style, width: outputWidth(file), isListed })
    write(text, file)
  }
  const unchecked = outcomes.filter(outcome => !('facts' in outcome))
  const isInJson = destinations.some(({ format, file }) => format === 'json' && file === null)
  for (const entry of isInJson ? [] : unchecked)
    process.stderr.write(`rpmlint-ts: ${printable(entry.path)}: ${printable('message' in entry ? entry.message : '')}\n`)
  return unchecked.length > 0 || outcomes.length === 0 ? 2 : 0
}
