/** Where the simulator and the real loader differ over one program, in lines that a person can act on. */
import type { LoaderReport } from './ld-debug.js'
import type { SimulatedBinding, SimulatedProgram } from './bindings-command.js'

/** One name for each file, whichever way it was reached. */
export type Identify = (path: string) => string

interface Reference {
  readonly referrer: string
  readonly symbol: string
  readonly version: string | null
}

type Providers = ReadonlyMap<string, ReadonlySet<string>>

/** Each difference begins with what differs: `scope`, `binding` or `undefined`. None is agreement. */
export function differences(truth: LoaderReport, simulated: SimulatedProgram, identify: Identify): string[] {
  return [
    ...scopeDifferences(truth.scope.map(identify), simulated.scope.map(identify)),
    ...bindingDifferences(providersOf(truth.bindings, identify), providersOf(simulated.bindings.filter(isBound), identify)),
    ...undefinedDifferences(
      truth.undefinedSymbols.map(reference => labelOf(reference, identify)),
      simulated.bindings.filter(({ status }) => status === 'undefined').map(reference => labelOf(reference, identify)),
    ),
  ]
}

/** How many references the loader bound: what an agreement is worth. */
export function bindingCount({ bindings }: LoaderReport): number {
  return new Set(bindings.map(binding => labelOf(binding, path => path))).size
}

function isBound(binding: SimulatedBinding): binding is SimulatedBinding & { readonly provider: string } {
  return binding.status === 'bound' && binding.provider !== null
}

function scopeDifferences(truth: readonly string[], simulated: readonly string[]): string[] {
  const length = Math.max(truth.length, simulated.length)
  const at = Array.from({ length }, (_, index) => index).find(index => truth[index] !== simulated[index])
  if (at === undefined) return []
  return [`scope: place ${at} is ${truth[at] ?? 'the end'} to ld.so, ${simulated[at] ?? 'the end'} to us`]
}

/** ld.so tells of a call and of an address in the same words: a reference may have two providers where they part. */
function providersOf(bindings: readonly (Reference & { readonly provider: string })[], identify: Identify): Providers {
  const providers = new Map<string, Set<string>>()
  for (const binding of bindings) {
    const label = labelOf(binding, identify)
    providers.set(label, (providers.get(label) ?? new Set()).add(identify(binding.provider)))
  }
  return providers
}

function labelOf({ referrer, symbol, version }: Reference, identify: Identify): string {
  return `${identify(referrer)}: ${symbol}${version === null ? '' : `@${version}`}`
}

function bindingDifferences(truth: Providers, simulated: Providers): string[] {
  return [...new Set([...truth.keys(), ...simulated.keys()])].sort().flatMap(label => {
    const [right, ours] = [listed(truth.get(label)), listed(simulated.get(label))]
    return right === ours ? [] : [`binding: ${label} goes to ${right} by ld.so, to ${ours} by us`]
  })
}

function listed(providers: ReadonlySet<string> | undefined): string {
  return providers === undefined ? 'nothing' : [...providers].sort().join(' and ')
}

function undefinedDifferences(truth: readonly string[], simulated: readonly string[]): string[] {
  const [right, ours] = [new Set(truth), new Set(simulated)]
  return [...new Set([...right, ...ours])]
    .sort()
    .filter(label => right.has(label) !== ours.has(label))
    .map(label => `undefined: ${label} is ${right.has(label) ? 'undefined to ld.so, not to us' : 'undefined to us, not to ld.so'}`)
}
