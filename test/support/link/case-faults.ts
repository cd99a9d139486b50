/** What is wrong with the simulator's answer about a case, by the entry of truth.json; one line a fault. */
import type { SimulatedBinding, SimulatedProgram } from './bindings-command.js'
import { KINDS, type CaseEntry } from './cases.js'
import type { Identify } from './compare.js'

/** `identify` turns paths of the entry and of the answer into the same names. */
export function caseFaults(entry: CaseEntry, simulated: SimulatedProgram, identify: Identify): string[] {
  return [
    ...scopeFaults(entry, simulated, identify),
    ...(entry.outcome === 'error' ? errorFaults(entry, simulated) : referenceFaults(entry, simulated, identify)),
  ]
}

function scopeFaults({ scope }: CaseEntry, simulated: SimulatedProgram, identify: Identify): string[] {
  if (scope.length === 0) return []
  const [right, ours] = [scope, simulated.scope].map(files => files.map(identify).join(' '))
  return right === ours ? [] : [`scope is ${right}, not ${ours}`]
}

const UNDEFINED = /undefined symbol: ([^,\s]+)(?:, version (\S+))?/

function errorFaults({ message = '' }: CaseEntry, { error, bindings }: SimulatedProgram): string[] {
  const [, symbol, version = null] = UNDEFINED.exec(message) ?? []
  if (symbol === undefined) return error === null ? [`ld.so refuses to start it: ${message}`] : []
  const isTold = bindings.some(row => row.status === 'undefined' && row.symbol === symbol && row.version === version)
  return isTold ? [] : [`no undefined row for: ${message}`]
}

function referenceFaults(entry: CaseEntry, { error, bindings }: SimulatedProgram, identify: Identify): string[] {
  const { referrer = '', symbol = '', referenceVersion, outcome } = entry
  if (error !== null) return [`ld.so starts it, we say: ${error}`]
  const named = bindings.filter(row => identify(row.referrer) === identify(referrer) && row.symbol === symbol)
  const kinds = kindsOf(entry)
  if (outcome === 'linked-locally')
    return named.filter(({ kind }) => kinds.includes(kind)).map(row => `no relocation is left, but: ${shown(row)}`)
  const rows = named.filter(row => (referenceVersion === undefined || row.version === referenceVersion) && kinds.includes(row.kind))
  if (rows.length === 0)
    return [`no row for ${symbol}@${referenceVersion} (${entry.referenceKind}) of ${referrer}; there are: ${named.map(shown).join(', ')}`]
  return rows
    .filter(row => !isRight(entry, row, identify))
    .map(row => `${entry.expectedProvider}#${entry.expectedVersion} is right, not ${shown(row)}`)
}

/** A program that is not position-independent takes the address of its own PLT entry: what is left to bind is that entry's call. */
function kindsOf({ referenceKind = 'other', referrer, executable }: CaseEntry): readonly SimulatedBinding['kind'][] {
  return referenceKind === 'addr' && referrer === executable ? KINDS.weak : KINDS[referenceKind]
}

function isRight(
  { outcome, expectedProvider, expectedVersion, finalSource, referenceKind }: CaseEntry,
  row: SimulatedBinding,
  identify: Identify,
): boolean {
  if (outcome === 'unresolved-weak') return row.status === 'unresolved-weak'
  const isVersionKnown = finalSource === undefined && referenceKind !== 'other'
  const isProvider = row.provider !== null && identify(row.provider) === identify(expectedProvider ?? '')
  return row.status === 'bound' && isProvider && (!isVersionKnown || row.providerVersion === expectedVersion)
}

function shown({ referrer, symbol, version, kind, provider, providerVersion, status }: SimulatedBinding): string {
  return `${referrer}: ${symbol}@${version} (${kind}) ${status} ${provider}#${providerVersion}`
}
