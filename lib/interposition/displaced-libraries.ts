/**
 * Libraries that are not loaded because another one of their soname is in the process already: a private copy that a program found by its RUNPATH serves every
 * later library that needs that soname, and the system's is never looked for.
 *
 * Source: _dl_map_object of glibc's elf/dl-load.c compares names and sonames of loaded objects before it searches; musl's load_library compares names.
 */
import type { LinkMap } from '../link/link-map.js'
import type { SimulatedStart, Simulator } from '../link/simulate.js'
import type { LoaderFile } from '../link/linked-file.js'
import type { InstalledSet } from './installed-set.js'

export interface Displacement {
  /** The library whose DT_NEEDED entry it is. */
  readonly referrer: LinkMap
  /** The copy that it gets. */
  readonly provider: LinkMap
  /** What its own search would find. */
  readonly displaced: { readonly path: string; readonly file: LoaderFile }
  /** Guarded symbols that it gets from the copy, or does not find there. Byte strings. */
  readonly symbols: readonly string[]
}

/** Only for copies of guarded libraries outside of their own packages, and for referrers of other packages. */
export function displacementsIn(start: SimulatedStart, simulator: Simulator, installed: InstalledSet): Displacement[] {
  const copies = start.scope.filter(map => installed.isCopy(map))
  return copies.flatMap(provider => referrersOf(provider, start.scope, installed).flatMap(referrer => displacement(referrer, provider)))

  function displacement(referrer: LinkMap, provider: LinkMap): Displacement[] {
    const name = referrer.dynamic?.dependencies.find(dependency => isNamed(provider, dependency.name))?.name ?? ''
    const displaced = simulator.find(name, referrer, start.scope[0]!)
    if (displaced === null || displaced.file.identity === provider.file.identity) return []
    const symbols = start.bindings.flatMap(binding => {
      const isLost = binding.status === 'undefined' && binding.versionFile === name
      return binding.referrer === referrer && (binding.provider === provider || isLost) ? [binding.symbol] : []
    })
    return symbols.length === 0 ? [] : [{ referrer, provider, displaced, symbols: [...new Set(symbols)] }]
  }
}

function referrersOf(provider: LinkMap, scope: readonly LinkMap[], installed: InstalledSet): LinkMap[] {
  const owner = installed.objectOf(provider)?.packageId
  return scope.filter(map => map.dependencies.includes(provider) && installed.objectOf(map)?.packageId !== owner)
}

function isNamed({ names, dynamic }: LinkMap, name: string): boolean {
  return names.has(name) || dynamic?.soname === name
}
