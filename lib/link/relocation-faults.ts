/**
 * Why relocation would end a program's start, in the order in which the loader meets the errors. ld.so ends at the first; musl reports all.
 *
 * Source: dl_main of glibc's elf/rtld.c, which relocates dependencies first, and _dl_reloc_bad_type of elf/dl-reloc.c; reloc_all of musl's ldso/dynlink.c.
 */
import { groupsOf, type Binding } from './bindings.js'
import { indirectFaultOf } from './indirect-functions.js'
import type { LinkMap } from './link-map.js'
import type { LinkDynamic } from './link-object.js'
import { protectedAccessOf } from './protected-access.js'
import type { RelocationRefusal } from './references.js'
import type { SymbolFilter } from './selected-references.js'

export interface RelocationFaults {
  readonly failures: readonly string[]
  readonly warnings: readonly string[]
}

/** How ld.so relocates. */
export interface RelocationMode {
  /** LD_BIND_NOW: all calls are looked up at start-up, not on first use. */
  readonly bindsNow: boolean
  /** The N of glibc 2.N; `null` for the current one. */
  readonly release: number | null
}

/** An error or a warning, and how many references of its object are resolved before it. */
interface Fault {
  readonly row: number
  readonly kind: 'failure' | 'warning'
  readonly message: string
}

/** The first release that warns about access to protected symbols. */
const PROTECTED_RELEASE = 35

/** `order` is that of relocation. */
export function glibcRelocationFaults(
  order: readonly LinkMap[],
  bindings: readonly Binding[],
  isSelected: SymbolFilter,
  mode: RelocationMode,
): RelocationFaults {
  const groups = new Map(groupsOf(bindings).map(group => [group.referrer, group]))
  const relocated = new Set<LinkMap>()
  const faults = order.flatMap(map => {
    relocated.add(map)
    if (map.dynamic === null) return []
    const isLazy = !mode.bindsNow && !map.dynamic.bindsNow
    const rows = map.linked.referencesFor(isSelected)?.rows ?? []
    const group = groups.get(map)
    const own =
      group === undefined ? [] : faultsIn(bindings.slice(group.start, group.end), rows, map.dynamic, { ...mode, isLazy, relocated })
    return [...own, ...refusalsOf(map, map.dynamic, isLazy)].sort((a, b) => a.row - b.row)
  })
  const messages = (wanted: Fault['kind']): string[] => faults.filter(({ kind }) => kind === wanted).map(({ message }) => message)
  return { failures: messages('failure'), warnings: messages('warning') }
}

/** `scope` is the order of loading. The program comes last, and in each object the calls come first; all of them are bound at start-up. */
export function muslRelocationFailures(scope: readonly LinkMap[], bindings: readonly Binding[], isSelected: SymbolFilter): string[] {
  const order = [...scope.slice(1), ...scope.slice(0, 1)]
  const groups = new Map(groupsOf(bindings).map(group => [group.referrer, group]))
  return order.flatMap(map => {
    const group = groups.get(map)
    const rows = map.linked.referencesFor(isSelected)?.rows ?? []
    const missing = (group === undefined ? [] : bindings.slice(group.start, group.end)).map(({ status, kind, symbol }, at) => ({
      row: rows[at]! + 1,
      isCall: kind === 'call',
      message: status === 'undefined' ? `Error relocating ${map.path}: ${symbol}: symbol not found` : null,
    }))
    const faults = [...missing, ...muslRefusalsOf(map)].filter(({ message }) => message !== null)
    return faults.sort((a, b) => Number(b.isCall) - Number(a.isCall) || a.row - b.row).map(({ message }) => message!)
  })
}

interface MuslFault {
  readonly row: number
  readonly isCall: boolean
  readonly message: string | null
}

function muslRefusalsOf({ path, dynamic }: LinkMap): MuslFault[] {
  const { 'musl-calls': calls, musl } = dynamic?.relocationRefusals ?? {}
  return [calls, musl].flatMap(refusal =>
    refusal === undefined
      ? []
      : [{ row: refusal.row, isCall: refusal === calls, message: `Error relocating ${path}: unsupported relocation type ${refusal.type}` }],
  )
}

function refusalsOf({ path }: LinkMap, { relocationRefusals }: LinkDynamic, isLazy: boolean): Fault[] {
  const { always, lazily, immediately } = relocationRefusals
  const failure = (refusal: RelocationRefusal | undefined, what: string): Fault[] =>
    refusal === undefined
      ? []
      : [{ row: refusal.row, kind: 'failure', message: `${path}: unexpected ${what} type 0x${digitsOf(refusal.type)}` }]
  return [...failure(always, 'reloc'), ...(isLazy ? failure(lazily, 'PLT reloc') : failure(immediately, 'reloc'))]
}

function digitsOf(type: number): string {
  return type.toString(16).padStart(type > 0xff ? 8 : 2, '0')
}

/** `bindings` are those of one object, in `rows` of its references. */
function faultsIn(
  bindings: readonly Binding[],
  rows: ArrayLike<number>,
  { references }: LinkDynamic,
  { isLazy, release, relocated }: RelocationMode & { readonly isLazy: boolean; readonly relocated: ReadonlySet<LinkMap> },
): Fault[] {
  const knowsProtected = release === null || release >= PROTECTED_RELEASE
  const faults: Fault[] = []
  // A loop, because a program has a hundred thousand bindings.
  for (const [at, binding] of bindings.entries()) {
    if (isLazy && binding.kind === 'call') continue
    const row = rows[at]! + 1
    const access = knowsProtected ? protectedAccessOf(binding, references.flags[rows[at]!]!) : null
    if (access !== null) faults.push({ row, kind: 'warning', message: access.warning })
    const failure = binding.status === 'undefined' ? undefinedSymbol(binding) : (assertionOf(binding) ?? access?.failure ?? null)
    if (failure !== null) faults.push({ row, kind: 'failure', message: failure })
    const indirect = binding.provider === null || relocated.has(binding.provider) ? null : indirectFaultOf(binding)
    if (indirect !== null) faults.push({ row, ...indirect })
  }
  return faults
}

function undefinedSymbol({ referrer, symbol, version }: Binding): string {
  return `${referrer.path}: undefined symbol: ${symbol}${version === null ? '' : `, version ${version}`}`
}

/** A definition without versions satisfies every reference; but if the reference requires a version of this very library, ld.so fails an assertion. */
function assertionOf({ provider, version, versionFile }: Binding): string | null {
  if (provider === null || versionFile === null || !provider.names.has(versionFile)) return null
  if (provider.dynamic?.definitions.versyms !== null) return null
  return `${provider.path}: has no symbol versions, but a reference requires ${version} of ${versionFile} (assertion failure in ld.so's check_match)`
}
