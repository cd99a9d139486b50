/** What the programs of a graph say themselves: where each reference led when it was used. Unlike LD_DEBUG, it tells versions. */
import type { Identify } from './compare.js'
import type { SimulatedBinding } from './bindings-command.js'

export interface Probe {
  /** Files as the plan names them. */
  readonly referrer: string
  readonly symbol: string
  readonly kind: string
  /** Null where a weak reference led nowhere. */
  readonly reached: { readonly file: string; readonly version: string | null } | null
}

/** A row of LD_DEBUG or of the simulator; LD_DEBUG knows no version of what it found. */
interface Row {
  readonly referrer: string
  readonly symbol: string
  readonly provider: string | null
  readonly providerVersion?: string | null
  readonly status?: SimulatedBinding['status']
}

export function parseProbes(stdout: string): Probe[] {
  const lines = stdout.split('\n').map(line => line.split('|'))
  return lines
    .filter(({ length }) => length === 5)
    .map(([referrer = '', symbol = '', , kind = '', text = '']) => {
      const [file = '', version = ''] = text.split('#')
      return { referrer, symbol, kind, reached: text === '-' ? null : { file, version: version === '' ? null : version } }
    })
}

/** Probes that no row explains. `identify` makes files of the plan and paths of the rows comparable. */
export function contradictions(probes: readonly Probe[], rows: readonly Row[], program: string, identify: Identify): string[] {
  const rowsOf = rowsByReference(rows, identify)
  return probes.flatMap(probe => {
    const own = rowsOf(probe.referrer, probe.symbol)
    // The program may stand in for another: by a copy of its data, or by an entry of its PLT that is a function's address.
    const led = own.flatMap(row =>
      row.provider !== null && identify(row.provider) === identify(program) ? [row, ...rowsOf(program, row.symbol)] : [row],
    )
    if (own.length === 0 || led.some(row => explains(row, probe, identify))) return [] // without a row, the link editor had settled it
    return [`probe: ${probe.referrer}: ${probe.symbol} (${probe.kind}) led to ${reachedText(probe)}, told is ${told(own)}`]
  })
}

/** Weak references of libraries that led nowhere, and that no row tells of. In a program, the link editor may have settled them. */
export function untoldWeak(probes: readonly Probe[], rows: readonly Row[], program: string, identify: Identify): string[] {
  const rowsOf = rowsByReference(rows, identify)
  return probes
    .filter(({ referrer, reached }) => reached === null && identify(referrer) !== identify(program))
    .filter(({ referrer, symbol }) => rowsOf(referrer, symbol).length === 0)
    .map(({ referrer, symbol }) => `weak: ${referrer}: ${symbol} leads nowhere, which is not told`)
}

function rowsByReference(rows: readonly Row[], identify: Identify): (referrer: string, symbol: string) => readonly Row[] {
  const key = (referrer: string, symbol: string): string => `${identify(referrer)}: ${symbol}`
  const known = new Map<string, Row[]>()
  for (const row of rows) known.set(key(row.referrer, row.symbol), [...(known.get(key(row.referrer, row.symbol)) ?? []), row])
  return (referrer, symbol) => known.get(key(referrer, symbol)) ?? []
}

function explains({ provider, providerVersion, status }: Row, { reached }: Probe, identify: Identify): boolean {
  if (reached === null) return provider === null && status !== 'bound'
  const isVersionRight = providerVersion === undefined || providerVersion === reached.version
  return provider !== null && identify(provider) === identify(reached.file) && isVersionRight
}

function reachedText({ reached }: Probe): string {
  return reached === null ? 'nothing' : `${reached.file}#${reached.version ?? ''}`
}

function told(rows: readonly Row[]): string {
  return rows.map(({ provider, providerVersion, status }) => `${provider}#${providerVersion ?? ''} ${status ?? ''}`).join(', ')
}
