/** What must hold for every input, whatever it is. docs/fuzzing.md lists the same. */
import { Catalogue } from '../../lib/catalogue/catalogue.js'
import { createEngine, type CheckOptions } from '../../lib/engine/engine.js'
import { CheckError } from '../../lib/errors/check-error.js'
import type { Report } from '../../lib/lint/report.js'
import { parseRpmlintrc } from '../../lib/lint/rpmlint/parse-rpmlintrc.js'
import { parseRpmlintToml } from '../../lib/lint/rpmlint/parse-rpmlint-toml.js'
import { extended, NO_CONFIGURATION } from '../../lib/lint/rpmlint/configuration.js'
import { parseSettings } from '../../lib/lint/parse-settings.js'
import { DEFAULT_SETTINGS, type Settings } from '../../lib/lint/settings.js'
import { parseBaseline } from '../../lib/lint/suppression/parse-baseline.js'
import { FORMATS } from '../../lib/report/formats.js'
import { rules } from '../../rules/index.js'
import { CASES } from '../support/format-cases.js'
import type { CaseFile, FuzzCase } from './cases.js'
import { Random } from './random.js'

export interface Failure {
  readonly property: Property
  readonly message: string
}

export type Property =
  'own-errors' | 'time' | 'memory' | 'hang' | 'ended' | 'chunks' | 'repeat' | 'format' | 'beside' | 'no-false-clean' | 'against'

export interface Verdict {
  readonly failures: readonly Failure[]
  /** For the count of a run: what became of the first target. */
  readonly outcome: string
  readonly report: Report | null
}

const CPU_MS = 2000
/** Less than this has to be checked in `CPU_MS`. */
const SMALL = 1_000_000
const TODAY = '2026-12-01'

const catalogue = new Catalogue()

/** `beside` is a package whose report must not depend on the input. */
export async function verdictOn(input: FuzzCase, seed: number, beside: CaseFile | null): Promise<Verdict> {
  const random = new Random(seed)
  const failures: Failure[] = []
  const fail = (property: Property, message: string): void => void failures.push({ property, message })
  const start = process.cpuUsage()
  const first = await run(input, asBytes)
  const { user, system } = process.cpuUsage(start)
  const milliseconds = (user + system) / 1000
  if (milliseconds > CPU_MS && sizeOf(input) < SMALL) fail('time', `${Math.round(milliseconds / 100) / 10} s of CPU time`)
  if (first.bug !== null) fail('own-errors', first.bug)
  if (first.report === null) return { failures, outcome: first.outcome, report: null }
  for (const bug of bugsIn(first.report)) fail('own-errors', bug)
  const text = jsonOf(first.report)
  const other = await run(input, random.oneIn(4) ? asBytes : inPieces(random, input))
  if (other.text !== text) fail('chunks', difference(text, other.text ?? other.outcome))
  if (beside !== null && random.oneIn(6)) failures.push(...(await besideFailures(input, beside)))
  for (const message of formatFaults(first.report, random)) fail('format', message)
  return { failures, outcome: first.outcome, report: first.report }
}

function sizeOf({ targets, companions, text }: FuzzCase): number {
  return [...targets, ...(companions ?? [])].reduce((sum, { bytes }) => sum + bytes.length, text?.content.length ?? 0)
}

interface Run {
  readonly outcome: string
  readonly bug: string | null
  readonly report: Report | null
  readonly text: string | null
}

type Feeding = (bytes: Uint8Array) => Uint8Array | AsyncIterable<Uint8Array>

const asBytes: Feeding = bytes => bytes

/** In pieces of one byte if that does not take long, else of random lengths. */
function inPieces(random: Random, input: FuzzCase): Feeding {
  const isSmall = sizeOf(input) < 4000 && random.oneIn(8)
  const most = isSmall ? 1 : random.pick([2, 16, 100, 1000, 10_000])
  const seed = random.u32()
  return async function* (bytes) {
    const lengths = new Random(seed)
    for (let at = 0; at < bytes.length;) {
      const length = 1 + lengths.below(most)
      const piece = Uint8Array.from(bytes.subarray(at, at + length))
      yield piece
      piece.fill(0xaa)
      at += length
    }
  }
}

async function run(input: FuzzCase, feeding: Feeding): Promise<Run> {
  try {
    const { settings, options } = optionsOf(input)
    const engine = createEngine({ catalogue, settings })
    const given = (files: readonly CaseFile[]) => files.map(({ name, bytes }) => ({ name, bytes: feeding(bytes) }))
    const { report } = await engine.check(given(input.targets), {
      ...options,
      ...(input.companions === null ? {} : { with: given(input.companions) }),
      today: TODAY,
    })
    return { outcome: outcomeOf(report), bug: null, report, text: jsonOf(report) }
  } catch (error) {
    const isOurs = error instanceof CheckError
    const text = error instanceof Error ? (isOurs ? `${error.name}: ${error.message}` : (error.stack ?? error.message)) : String(error)
    return { outcome: isOurs ? error.reason : 'crash', bug: isOurs ? null : text, report: null, text: null }
  }
}

function optionsOf({ text }: FuzzCase): { settings: Settings; options: CheckOptions } {
  if (text === null) return { settings: DEFAULT_SETTINGS, options: {} }
  const { kind, content } = text
  switch (kind) {
    case 'settings':
      return { settings: parseSettings(content, 'settings', rules), options: {} }
    case 'baseline':
      return { settings: DEFAULT_SETTINGS, options: { baseline: parseBaseline(content, 'baseline') } }
    case 'rpmlintrc':
      return { settings: DEFAULT_SETTINGS, options: { rpmlint: extended(NO_CONFIGURATION, parseRpmlintrc(content, 'rpmlintrc')) } }
    case 'rpmlint':
      return { settings: DEFAULT_SETTINGS, options: { rpmlint: parseRpmlintToml([{ file: 'rpmlint', text: content }]) } }
  }
}

function outcomeOf({ packages }: Report): string {
  const [first] = packages
  if (first === undefined) return 'nothing'
  if (first.outcome === 'unchecked') return first.reason
  return first.findings.some(({ severity }) => severity !== 'info') ? 'findings' : 'clean'
}

function bugsIn({ packages }: Report): string[] {
  return packages.flatMap(entry => (entry.outcome === 'unchecked' && entry.reason === 'internal' ? [entry.message] : []))
}

const renderer = createEngine({ catalogue })

function jsonOf(report: Report): string {
  return renderer.render(report, 'json')
}

function difference(one: string, other: string): string {
  const [lines, others] = [one.split('\n'), other.split('\n')]
  const at = lines.findIndex((line, index) => line !== others[index])
  return `whole: ${lines[at]?.trim() ?? 'the end'}; in pieces: ${others[at]?.trim() ?? 'the end'}`
}

async function besideFailures(input: FuzzCase, beside: CaseFile): Promise<Failure[]> {
  if (input.text !== null || input.companions !== null) return []
  const [alone, together] = [
    await run({ ...input, targets: [beside] }, asBytes),
    await run({ ...input, targets: [...input.targets, beside] }, asBytes),
  ]
  const [report, beforeIt] = [alone.report?.packages[0], together.report?.packages.at(-1)]
  return JSON.stringify(report) === JSON.stringify(beforeIt)
    ? []
    : [{ property: 'beside', message: `the report of ${beside.name} is another` }]
}

/** Validators of other people's take longer than a check: they see some of the reports. */
function formatFaults(report: Report, random: Random): string[] {
  return Object.keys(FORMATS).flatMap(format => {
    try {
      const text = renderer.render(report, format)
      const faults = [...textFaults(format, text), ...(random.oneIn(16) ? (CASES[format]?.faults(text) ?? []) : [])]
      return faults.map(fault => `${format}: ${fault}`)
    } catch (error) {
      return [`${format}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`]
    }
  })
}

/** What a runner of pipelines takes for a command, at the start of a line. */
const COMMAND = /^[ \t]*(?:::|##\[|##vso\[)/m
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\0-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/
const JSON_FORMATS = new Set(['json', 'sarif', 'gitlab', 'rdjson', 'tmt'])

function textFaults(format: string, text: string): string[] {
  const faults: string[] = []
  if (text !== '' && !text.endsWith('\n')) faults.push('no end of line')
  if (JSON_FORMATS.has(format)) JSON.parse(text)
  else {
    const control = CONTROL.exec(text)
    if (control !== null) faults.push(`control character ${JSON.stringify(text.slice(Math.max(0, control.index - 20), control.index + 5))}`)
  }
  const command = format === 'github' ? null : COMMAND.exec(text)
  if (command !== null) faults.push(`a line begins like a command: ${JSON.stringify(text.slice(command.index, command.index + 40))}`)
  return faults
}
