/** TAP by tap-parser, strictly: anything that is not TAP is an error. */
import { Parser, type FinalResults, type Result } from 'tap-parser'

interface Parsed {
  readonly points: readonly Result[]
  readonly final: FinalResults | null
  readonly events: readonly string[]
}

function parsed(text: string): Parsed {
  const events = Parser.parse(text, { strict: true })
  return {
    points: events.flatMap(event => (event[0] === 'assert' ? [event[1]] : [])),
    final: events.flatMap(event => (event[0] === 'complete' ? [event[1]] : []))[0] ?? null,
    events: events.map(([kind]) => kind),
  }
}

const KNOWN = new Set(['version', 'plan', 'assert', 'complete', 'finish', 'close'])

export function tapFaults(text: string): string[] {
  const { points, final, events } = parsed(text)
  return [
    ...(text.startsWith('TAP version 14\n1..') ? [] : ['no version and plan']),
    ...events.filter(event => !KNOWN.has(event)),
    ...(final?.failures ?? []).filter(({ tapError }) => tapError !== null).map(failure => JSON.stringify(failure)),
    ...points.filter(point => Boolean(point.todo)).map(({ name }) => `a TODO: ${name}`),
    ...points.filter(point => !point.ok && !hasWords(point)).map(({ name }) => `a failure without words: ${name}`),
    ...(points.every(({ id }, index) => id === index + 1) ? [] : ['numbers out of order']),
  ]
}

/** The block's severity, message and details, each as text. */
function hasWords({ diag }: Result): boolean {
  const { severity, message, details } = (diag ?? {}) as Record<string, unknown>
  return [severity, message, details].every(value => typeof value === 'string' && value !== '')
}

export function tapTexts(text: string): string {
  return parsed(text)
    .points.flatMap(({ name, skip, diag }) => [name, String(skip), ...Object.values((diag ?? {}) as Record<string, unknown>).map(String)])
    .join('\n')
}
