/** `rpmlint-ts inspect`: prints facts. */
import { printable } from '../bytes/names.js'
import { Catalogue } from '../catalogue/catalogue.js'
import { createEngine } from '../engine/engine.js'
import type { Outcome } from '../io/package/read-targets.js'
import { renderFactsJson } from '../report/facts-json.js'
import { renderFactsText } from '../report/facts-text.js'
import { logLines } from '../report/runner-commands.js'
import type { CommandLine } from './command-line.js'
import { destinationsOf, outputWidth, requireNoOverwrite, styleFor, write } from './output.js'
import type { Surroundings } from './surroundings.js'
import { targetsOfLine } from './targets-of-line.js'

const FORMATS = ['text', 'json'] as const

export async function inspect(line: CommandLine<'inspect'>, surroundings: Surroundings): Promise<number> {
  const { options } = line
  const { stdin, stderr, cwd } = surroundings
  const destinations = destinationsOf(options.format, options['output-file'], FORMATS, cwd)
  requireNoOverwrite(destinations, line, cwd)
  const catalogue = new Catalogue()
  const outcomes: Outcome[] = []
  const engine = createEngine({ catalogue, directory: cwd, stdin })
  for await (const outcome of engine.facts(targetsOfLine(line))) outcomes.push(outcome)
  const isListed = options.exports === 'crypto' ? (name: string) => catalogue.familyOf(name) !== null : () => true
  for (const { format, file } of destinations) {
    const context = { style: styleFor(options.color, file, surroundings), width: outputWidth(file, surroundings), isListed }
    write(format === 'json' ? renderFactsJson(outcomes, isListed) : renderFactsText(outcomes, context), file, surroundings)
  }
  const unchecked = outcomes.flatMap(outcome => ('facts' in outcome ? [] : [outcome]))
  const isInJson = destinations.some(({ format, file }) => format === 'json' && file === null)
  for (const { path, message } of isInJson ? [] : unchecked)
    stderr.write(logLines(`rpmlint-ts: ${printable(path)}: ${printable(message)}\n`))
  return unchecked.length > 0 || outcomes.length === 0 ? 2 : 0
}
