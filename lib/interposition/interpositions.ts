/**
 * Finds interpositions: simulates the start of every program of the installed packages and examines which objects provide the guarded symbols.
 *
 * A reference is hijacked if it binds to another library than the one that it was made for (intended-provider.ts), and reversed if that other library
 * serves a copy's call of its own function. A library that no installed object loads is started by itself:
 * under dlopen its bindings depend on the calling program.
 */
import { textOf } from '../bytes/names.js'
import type { Catalogue } from '../catalogue/catalogue.js'
import { pluginsOf } from '../facts/plugin-entry-points.js'
import type { ObjectFacts } from '../facts/model.js'
import type { Binding } from '../link/bindings.js'
import type { LinkMap } from '../link/link-map.js'
import type { Files, LoaderFile } from '../link/linked-file.js'
import { HWCAP_NAMES, processorsOf } from '../link/processors.js'
import { openedBy } from '../link/plugin-bindings.js'
import { PLAIN_ENVIRONMENT } from '../link/setup.js'
import { Simulator, type SimulatedStart } from '../link/simulate.js'
import { displacementsIn } from './displaced-libraries.js'
import type { InstalledObject, InstalledSet } from './installed-set.js'
import { intendedProvider } from './intended-provider.js'
import type { Interposition, Interpositions, ObjectReference } from './interposition.js'
import { InterpositionCollector } from './interposition-collector.js'

/** Each is reported for the object whose package has to fix it or is affected: the provider, else the referrer, else the program. */
export function interpositionsIn(installed: InstalledSet, catalogue: Catalogue): Interpositions {
  const found = new InterpositionCollector()
  for (const started of startsIn(installed, catalogue)) {
    for (const { interposition, concerned } of [...interpositionsOf(started), ...(started.host === null ? displacementsOf(started) : [])])
      found.enter(concerned.packageId, concerned.object.path, interposition)
  }
  return found.interpositions
}

/** The simulated start of one root, and its context. */
interface Started {
  readonly root: InstalledObject
  /** For a plugin, the program that opens it. */
  readonly host: Started | null
  readonly start: SimulatedStart
  readonly isPlugin: boolean
  /** Of the processor; empty for the baseline. */
  readonly hwcaps: readonly string[]
  readonly installed: InstalledSet
  readonly simulator: Simulator
}

/**
 * Programs first, on every kind of processor; then the libraries that no program loads, except those that another such library loads: by themselves, and
 * opened by each program that exports guarded symbols.
 */
function* startsIn(installed: InstalledSet, catalogue: Catalogue): Generator<Started> {
  const isOurs = (name: string): boolean => catalogue.familyOf(name) !== null
  for (const { objects, links, files } of installed.processSets) {
    const loaded = new Set<LoaderFile>()
    const loadedBy = (root: InstalledObject, { simulator, hwcaps }: Machine): Started => {
      const start = simulator.start(root.path, root.file, isOurs)
      for (const { file } of start.scope) if (file !== root.file) loaded.add(file)
      return { root, host: null, start, isPlugin: !root.object.isProgram, hwcaps, installed, simulator }
    }
    const machines = processorsFor(objects, links).map(hwcaps => ({ hwcaps, simulator: simulatorOf(hwcaps, files) }))
    const programs = objects.filter(({ object }) => object.isProgram)
    const hosts: { readonly host: Started; readonly mayLoad: (object: ObjectFacts) => boolean }[] = []
    for (const machine of machines) {
      for (const root of programs) {
        const started = loadedBy(root, machine)
        yield started
        if (machine === machines[0] && root.object.guarded.length > 0) hosts.push({ host: started, mayLoad: pluginsOf(root.object) })
      }
    }
    const orphans = objects.filter(({ object, file }) => !object.isProgram && !loaded.has(file))
    const starts = new Map<InstalledObject, Started>()
    for (const root of leastNeededFirst(orphans)) if (!loaded.has(root.file)) starts.set(root, loadedBy(root, machines[0]!))
    for (const root of orphans) {
      const started = starts.get(root)
      if (started === undefined || loaded.has(root.file)) continue
      yield started
      for (const { host, mayLoad } of hosts) if (mayLoad(started.root.object)) yield openedIn(host, started, isOurs)
    }
  }
}

/** What no object needs loads most of the others, which then need no start of their own: in a web of libraries each would load all. */
function leastNeededFirst(objects: readonly InstalledObject[]): InstalledObject[] {
  const needed = new Set(objects.flatMap(({ object }) => object.needed))
  const isNeeded = ({ object: { soname } }: InstalledObject): boolean => soname !== null && needed.has(soname)
  return [...objects.filter(each => !isNeeded(each)), ...objects.filter(isNeeded)]
}

function openedIn(host: Started, plugin: Started, isSelected: (name: string) => boolean): Started {
  return { ...plugin, host, start: { ...plugin.start, ...openedBy(host.start, plugin.start, isSelected) } }
}

/** A kind of processor, and the loader on it. */
interface Machine {
  readonly hwcaps: readonly string[]
  readonly simulator: Simulator
}

function simulatorOf(hwcaps: readonly string[], files: Files): Simulator {
  return new Simulator({ ...PLAIN_ENVIRONMENT, isPartial: true, isJustInstalled: true, hwcaps, files })
}

/** Names of subdirectories that the loader searches on some processors only. */
const HWCAP_DIRECTORIES: ReadonlySet<string> = new Set(['glibc-hwcaps', ...HWCAP_NAMES])

/** The baseline first; further kinds only where a package has such a subdirectory. */
function processorsFor(objects: readonly InstalledObject[], links: readonly string[]): readonly (readonly string[])[] {
  const host = objects[0]?.object.link?.object ?? null
  const paths = [...objects.map(({ path }) => path), ...links]
  const isForSome = paths.some(path => path.split('/').some(part => HWCAP_DIRECTORIES.has(part)))
  return isForSome && host !== null ? processorsOf(host).kinds : [[]]
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

/** A program that holds a copy of a library's data, or the address of its function, provides what the library does. */
function misbindingOf(binding: Binding, { start, host, installed }: Started): Misbinding | null {
  const { referrer, finalProvider: provider } = binding
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
function genuineFor(
  { symbol, versionFile, finalProvider: provider }: Binding,
  scope: readonly LinkMap[],
  installed: InstalledSet,
): LinkMap | null {
  if (versionFile !== null || provider === null || installed.isGenuine(provider)) return null
  return scope.find(map => installed.isGenuineProvider(map, symbol)) ?? null
}

/** Two libraries with a hash function of the same generic name are none of our business, nor two with the same assembler. */
function isAboutGuardedLibrary({ symbol, referrer }: Binding, intended: LinkMap, provider: LinkMap, installed: InstalledSet): boolean {
  if (installed.isGuarded(intended) || !installed.isGeneric(symbol)) return true
  return intended === referrer && (!installed.isInternal(symbol) || installed.isGuarded(provider))
}

function displacementsOf(started: Started): Concerning[] {
  const { start, simulator, installed } = started
  return displacementsIn(start, simulator, installed).flatMap(({ referrer, provider, displaced, symbols }) => {
    const intended = installed.referenceToFile(displaced.path, displaced.file, displaced.path)
    return concerning({ kind: 'displaced', referrer, provider, intended }, symbols, started)
  })
}

/** Who is involved, as far as a report shows it. */
interface Sides {
  readonly kind: Interposition['kind']
  readonly referrer: LinkMap
  readonly provider: LinkMap
  readonly intended: LinkMap | ObjectReference
}

/** Empty if neither side nor the program is checked. */
function concerning(
  { kind, referrer, provider, intended }: Sides,
  symbols: readonly string[],
  { root, host, start, isPlugin, hwcaps, installed }: Started,
): Concerning[] {
  const sides = sidesOf({ kind, referrer, provider, intended }, installed)
  const candidates = [...sides.map(([side, map]) => ({ side, object: installed.objectOf(map) })), { side: 'root' as const, object: root }]
  const concerned = candidates.find(({ object }) => object?.isChecked === true)
  if (concerned === undefined || concerned.object === null) return []
  const last = Math.max(...[referrer, provider, intended].map(map => start.scope.findIndex(each => each === map)))
  const rootMap = start.scope.find(({ file }) => file === root.file)
  const interposition: Interposition = {
    kind,
    start: {
      root: rootMap === undefined ? { path: textOf(root.path), package: root.owner } : installed.referenceTo(rootMap),
      isPlugin,
      ...(host === null ? {} : { host: installed.referenceTo(start.scope[0]!) }),
      processor: hwcaps[0] ?? null,
      order: start.scope.slice(0, last + 1).map(map => installed.referenceTo(map).path),
    },
    referrer: installed.referenceTo(referrer),
    provider: installed.referenceTo(provider),
    intended: 'package' in intended ? intended : installed.referenceTo(intended),
    ...(isMeantForCopy({ kind, referrer, provider, intended }, installed) ? { isMeantForCopy: true } : {}),
    concerns: concerned.side,
    symbols: symbols.map(textOf).sort(),
  }
  return [{ interposition, concerned: concerned.object }]
}

/**
 * Those who have to fix it or suffer from it, in this order. The genuine library is not at fault if it serves what was meant for a copy: that was given the
 * versions of the genuine one.
 */
function sidesOf({ kind, referrer, provider, intended }: Sides, installed: InstalledSet): [Interposition['concerns'], LinkMap][] {
  if (kind === 'reversed' || kind === 'unlinked') return [['referrer', referrer]]
  if (isMeantForCopy({ kind, referrer, provider, intended }, installed) && !('package' in intended)) {
    return [
      ['referrer', referrer],
      ['intended', intended],
    ]
  }
  return [
    ['provider', provider],
    ['referrer', referrer],
  ]
}

function isMeantForCopy({ kind, provider, intended }: Sides, installed: InstalledSet): boolean {
  return kind === 'hijacked' && !('package' in intended) && installed.isOfOwnPackage(provider) && installed.hasForeignCopy(intended)
}
