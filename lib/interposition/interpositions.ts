/**
 * Finds interpositions: simulates the start of every program of the installed packages and examines which objects provide the guarded symbols.
 *
 * A reference is hijacked if it binds to another library than the one that it was made for (intended-provider.ts), and reversed if that other library
 * serves a copy's call of its own function. A library that no installed object loads is started by itself:
 * under dlopen its bindings depend on the calling program.
 */
import { textOf } from '../bytes/names.js'
import type { Catalogue } from '../catalogue/catalogue.js'
import type { Binding } from '../link/bindings.js'
import type { LinkMap } from '../link/link-map.js'
import type { LoaderFile } from '../link/linked-file.js'
import { PLAIN_ENVIRONMENT } from '../link/setup.js'
import { Simulator, type SimulatedStart } from '../link/simulate.js'
import { mayBeLoadedBy } from '../facts/plugin-entry-points.js'
import { openedBy } from '../link/plugin-bindings.js'
import type { InstalledObject, InstalledSet } from './installed-set.js'
import { intendedProvider } from './intended-provider.js'
import type { Interposition, Interpositions, ObjectReference } from './interposition.js'

/** Each is reported for the object whose package has to fix it or is affected: the provider, else the referrer, else the program. */
export function interpositionsIn(installed: InstalledSet, catalogue: Catalogue): Interpositions {
  const found = new Map<string, Map<string, Interposition[]>>()
  for (const started of startsIn(installed, catalogue)) {
    for (const { interposition, concerned } of interpositionsOf(started)) {
      const byPath = found.get(concerned.packageId) ?? new Map<string, Interposition[]>()
      found.set(concerned.packageId, byPath)
      const known = byPath.get(concerned.object.path)
      if (known === undefined) byPath.set(concerned.object.path, [interposition])
      else known.push(interposition)
    }
  }
  return found
}

/** The simulated start of one root, and its context. */
interface Started {
  readonly root: InstalledObject
  /** For a plugin, the program that opens it. */
  readonly host: Started | null
  readonly start: SimulatedStart
  readonly isPlugin: boolean
  readonly installed: InstalledSet
}

/**
 * Programs first; then the libraries that no program loads, except those that another such library loads: by themselves, and opened by each program that
 * exports guarded symbols.
 */
function* startsIn(installed: InstalledSet, catalogue: Catalogue): Generator<Started> {
  for (const { objects, files } of installed.processSets) {
    const simulator = new Simulator({ ...PLAIN_ENVIRONMENT, isPartial: true, isJustInstalled: true, files })
    const loaded = new Set<LoaderFile>()
    const isGuarded = (name: string): boolean => catalogue.familyOf(name) !== null
    const startOf = (root: InstalledObject): SimulatedStart => {
      const start = simulator.start(root.path, root.file, isGuarded)
      for (const { file } of start.scope) if (file !== root.file) loaded.add(file)
      return start
    }
    const programs = objects.filter(({ object }) => object.isProgram)
    const hosts: Started[] = []
    for (const root of programs) {
      const started = { root, host: null, start: startOf(root), isPlugin: false, installed }
      yield started
      if (root.object.guarded.length > 0) hosts.push(started)
    }
    const orphans = objects.filter(({ object, file }) => !object.isProgram && !loaded.has(file))
    const starts = orphans.map(root => ({ root, host: null, start: startOf(root), isPlugin: true, installed }))
    for (const started of starts.filter(({ root }) => !loaded.has(root.file))) {
      yield started
      for (const host of hosts) if (mayBeLoadedBy(host.root.object, started.root.object)) yield hosted(started, host, isGuarded)
    }
  }
}

function hosted(plugin: Started, host: Started, isSelected: (name: string) => boolean): Started {
  return { ...plugin, host, start: { ...plugin.start, ...openedBy(host.start, plugin.start, isSelected) } }
}

/** A reference that binds to another object than the intended one. */
interface Misbinding {
  readonly kind: Interposition['kind']
  readonly referrer: LinkMap
  readonly provider: LinkMap
  readonly intended: LinkMap
}

interface Concerning {
  readonly interposition: Interposition
  readonly concerned: InstalledObject
}

/** One for each referrer and provider, with all the symbols between them. */
function interpositionsOf(started: Started): Concerning[] {
  const groups = new Map<string, { readonly misbinding: Misbinding; readonly symbols: Set<string> }>()
  for (const binding of started.start.bindings) {
    const misbinding = misbindingOf(binding, started)
    if (misbinding === null) continue
    const key = [misbinding.kind, misbinding.referrer.path, misbinding.provider.path, misbinding.intended.path].join('\0')
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { misbinding, symbols: new Set([binding.symbol]) })
    else group.symbols.add(binding.symbol)
  }
  return [...groups.values()].flatMap(({ misbinding, symbols }) => concerning(misbinding, [...symbols].sort(), started))
}

function misbindingOf(binding: Binding, { start, host, installed }: Started): Misbinding | null {
  const { referrer, provider } = binding
  if (provider === null) return null
  // Whatever is bent without the program too is reported without it.
  if (host !== null && provider !== start.scope[0]) return null
  const context = {
    scope: start.scope,
    defines: (map: LinkMap, name: string) => installed.defines(map, name),
    isGuardedSoname: (soname: string) => installed.isGuardedSoname(soname),
  }
  const meant = intendedProvider(binding, context) ?? genuineFor(binding, start.scope, installed)
  if (meant === null)
    return host !== null && !installed.isGeneric(binding.symbol) ? { kind: 'unlinked', referrer, provider, intended: provider } : null
  // The plugin's own dependencies may be loaded already, for the program.
  const intended = start.scope.find(({ file }) => file === meant.file) ?? meant
  if (intended === provider) return null
  if (!isAboutGuardedLibrary(binding, intended, provider, installed)) return null
  // A placeholder is assumed to define every guarded symbol: if it precedes the provider, lookup would have ended at it.
  if (installed.isPlaceholder(intended) && start.scope.indexOf(intended) < start.scope.indexOf(provider)) return null
  const isReversed = intended === referrer && !referrer.isProgram && !installed.isGenuine(referrer)
  return { kind: isReversed ? 'reversed' : 'hijacked', referrer, provider, intended }
}

/** For a reference that says nothing of its library: it counts on another object to load the genuine one. */
function genuineFor({ symbol, versionFile, provider }: Binding, scope: readonly LinkMap[], installed: InstalledSet): LinkMap | null {
  if (versionFile !== null || provider === null || installed.isGenuine(provider)) return null
  return scope.find(map => installed.isGenuineProvider(map, symbol)) ?? null
}

/** Two libraries with a hash function of the same generic name are none of our business, nor two with the same assembler. */
function isAboutGuardedLibrary({ symbol, referrer }: Binding, intended: LinkMap, provider: LinkMap, installed: InstalledSet): boolean {
  if (installed.isGuarded(intended) || !installed.isGeneric(symbol)) return true
  return intended === referrer && (!installed.isInternal(symbol) || installed.isGuarded(provider))
}

/** Empty if neither side nor the program is checked. */
function concerning(misbinding: Misbinding, symbols: readonly string[], { root, host, start, isPlugin, installed }: Started): Concerning[] {
  const sides = misbinding.kind === 'hijacked' ? (['provider', 'referrer'] as const) : (['referrer'] as const)
  const candidates = [
    ...sides.map(side => ({ side, object: installed.objectOf(misbinding[side]) })),
    { side: 'root' as const, object: root },
  ]
  const concerned = candidates.find(({ object }) => object?.isChecked === true)
  if (concerned === undefined || concerned.object === null) return []
  const reference = (side: 'referrer' | 'provider' | 'intended'): ObjectReference => installed.referenceTo(misbinding[side])
  const rootMap = start.scope.find(({ file }) => file === root.file)
  const last = Math.max(...[misbinding.referrer, misbinding.provider, misbinding.intended].map(map => start.scope.indexOf(map)))
  const interposition: Interposition = {
    kind: misbinding.kind,
    start: {
      root: rootMap === undefined ? { path: textOf(root.path), package: root.owner } : installed.referenceTo(rootMap),
      isPlugin,
      ...(host === null ? {} : { host: installed.referenceTo(start.scope[0]!) }),
      order: start.scope.slice(0, last + 1).map(map => installed.referenceTo(map).path),
    },
    referrer: reference('referrer'),
    provider: reference('provider'),
    intended: reference('intended'),
    concerns: concerned.side,
    symbols: symbols.map(textOf),
  }
  return [{ interposition, concerned: concerned.object }]
}
