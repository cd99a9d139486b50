/**
 * Finds misdirected references: starts every program of the packages at hand as the loader would, and looks at where the guarded names come from.
 *
 * A reference is hijacked when something takes it that is not the guarded library, while the guarded library is in the same scope and has the name: without
 * the taker it would have got that. A library that nobody at hand loads is started by itself: what dlopen gives it depends on the program that calls it.
 */
import { textOf } from '../bytes/names.js'
import type { Catalogue } from '../catalogue/catalogue.js'
import type { ObjectFacts } from '../facts/model.js'
import type { Binding } from '../link/bindings.js'
import type { LinkMap } from '../link/link-map.js'
import type { LoaderFile } from '../link/linked-file.js'
import { Simulator, type Start } from '../link/simulate.js'
import type { Company, Resident } from './company.js'
import type { Misdirection, Party } from './misdirection.js'

/** By the object whose package has to mend it, or suffers from it: the taker, else the one that refers, else the program. */
export type Misdirections = ReadonlyMap<ObjectFacts, readonly Misdirection[]>

export function misdirectionsIn(company: Company, catalogue: Catalogue): Misdirections {
  const found = new Map<ObjectFacts, Misdirection[]>()
  for (const started of startsIn(company, catalogue)) {
    for (const { misdirection, concerned } of misdirectionsOf(started)) {
      const known = found.get(concerned)
      if (known === undefined) found.set(concerned, [misdirection])
      else known.push(misdirection)
    }
  }
  return found
}

/** What starting one root came to, and what is asked about it. */
interface Started {
  readonly root: Resident
  readonly start: Start
  readonly isPlugin: boolean
  readonly company: Company
}

/** Programs first; then the libraries that none of them loads, but for those that another such library loads. */
function* startsIn(company: Company, catalogue: Catalogue): Generator<Started> {
  for (const community of company.communities) {
    const simulator = new Simulator({ ...PLAIN, files: community.files })
    const loaded = new Set<LoaderFile>()
    const startOf = (root: Resident): Start => {
      const start = simulator.start(root.path, root.file, name => catalogue.familyOf(name) !== null)
      for (const { file } of start.scope) if (file !== root.file) loaded.add(file)
      return start
    }
    const programs = community.residents.filter(({ object }) => object.isProgram)
    for (const root of programs) yield { root, start: startOf(root), isPlugin: false, company }
    const orphans = community.residents.filter(({ object, file }) => !object.isProgram && !loaded.has(file))
    const starts = orphans.map(root => ({ root, start: startOf(root), isPlugin: true, company }))
    yield* starts.filter(({ root }) => !loaded.has(root.file))
  }
}

/** Nothing in the environment that the loader would obey. */
const PLAIN = {
  isPartial: true,
  libc: null,
  workingDirectory: '',
  libraryPath: null,
  preload: [],
  hwcaps: [],
  bindsNow: false,
  prefersStrong: false,
} as const

interface Fault {
  readonly kind: Misdirection['kind']
  readonly referrer: LinkMap
  readonly provider: LinkMap
  readonly meant: LinkMap
}

interface Concerning {
  readonly misdirection: Misdirection
  readonly concerned: ObjectFacts
}

/** One for each referrer and provider, with all the names between them. */
function misdirectionsOf(started: Started): Concerning[] {
  const groups = new Map<string, { readonly fault: Fault; readonly symbols: Set<string> }>()
  for (const binding of started.start.bindings) {
    const fault = faultOf(binding, started)
    if (fault === null) continue
    const key = [fault.kind, fault.referrer.path, fault.provider.path, fault.meant.path].join('\0')
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { fault, symbols: new Set([binding.symbol]) })
    else group.symbols.add(binding.symbol)
  }
  return [...groups.values()].flatMap(({ fault, symbols }) => concerning(fault, [...symbols].sort(), started))
}

function faultOf({ symbol, referrer, provider }: Binding, { start, company }: Started): Fault | null {
  if (provider === null || provider === referrer) return null
  const hasItsOwn = referrer.linked.index?.has(symbol) === true && !company.isGenuine(referrer)
  if (hasItsOwn && !referrer.isProgram) return { kind: 'reversed', referrer, provider, meant: referrer }
  if (company.isGenuine(provider)) return null
  const meant = start.scope.find(map => company.owns(map, symbol))
  if (meant === undefined) return null
  // Whatever a stand-in has, it would have been asked before.
  const isServedBefore = !company.isAtHand(meant) && start.scope.indexOf(meant) < start.scope.indexOf(provider)
  return isServedBefore ? null : { kind: 'hijacked', referrer, provider, meant }
}

/** Nothing, where neither side nor the program is judged. */
function concerning(fault: Fault, symbols: readonly string[], { root, start, isPlugin, company }: Started): Concerning[] {
  const sides = fault.kind === 'hijacked' ? (['provider', 'referrer'] as const) : (['referrer'] as const)
  const candidates = [
    ...sides.map(side => ({ side, resident: company.residentOf(fault[side]) })),
    { side: 'root' as const, resident: root },
  ]
  const judged = candidates.find(({ resident }) => resident?.isJudged === true)
  if (judged?.resident === undefined || judged.resident === null) return []
  const party = (side: 'referrer' | 'provider' | 'meant'): Party => company.partyOf(fault[side])
  const last = Math.max(...[fault.referrer, fault.provider, fault.meant].map(map => start.scope.indexOf(map)))
  const misdirection: Misdirection = {
    kind: fault.kind,
    start: {
      root: { path: textOf(root.path), package: root.owner },
      isPlugin,
      order: start.scope.slice(0, last + 1).map(map => company.partyOf(map).path),
    },
    referrer: party('referrer'),
    provider: party('provider'),
    meant: party('meant'),
    concerns: judged.side,
    symbols: symbols.map(textOf),
  }
  return [{ misdirection, concerned: judged.resident.object }]
}
