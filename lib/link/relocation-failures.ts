/**
 * Why relocation would end a program's start, in the order in which the loader meets the errors. ld.so ends at the first; musl reports all.
 *
 * Source: dl_main of glibc's elf/rtld.c, which relocates dependencies first, and _dl_reloc_bad_type of elf/dl-reloc.c; reloc_all of musl's ldso/dynlink.c.
 */
import { groupsOf, type Binding, type Group } from './bindings.js'
import type { LinkMap } from './link-map.js'
import type { LinkDynamic } from './link-object.js'
import type { RelocationRefusal } from './references.js'
import type { SymbolFilter } from './selected-references.js'

/** An error, and how many references of its object are resolved before it. */
interface Failure {
  readonly row: number
  readonly message: string
}

/** `order` is that of relocation. Calls are looked up on first use unless `bindsNow` or their object has them bound immediately. */
export function glibcRelocationFailures(
  order: readonly LinkMap[],
  bindings: readonly Binding[],
  isSelected: SymbolFilter,
  bindsNow: boolean,
): string[] {
  const groups = new Map(groupsOf(bindings).map(group => [group.referrer, group]))
  return order.flatMap(map => {
    if (map.dynamic === null) return []
    const isLazy = !bindsNow && !map.dynamic.bindsNow
    const failures = [
      ...failuresIn(bindings, groups.get(map), map.linked.referencesFor(isSelected)?.rows ?? [], isLazy),
      ...refusalsOf(map, map.dynamic, isLazy),
    ]
    return failures.sort((a, b) => a.row - b.row).map(({ message }) => message)
  })
}

/** `scope` is the order of loading. The program comes last, and in each object the calls come first; all of them are bound at start-up. */
export function muslRelocationFailures(scope: readonly LinkMap[], bindings: readonly Binding[]): string[] {
  const order = [...scope.slice(1), ...scope.slice(0, 1)]
  const missing = bindings.filter(({ status }) => status === 'undefined')
  return order.flatMap(map => {
    const own = missing.filter(({ referrer }) => referrer === map)
    const sorted = [...own.filter(({ kind }) => kind === 'call'), ...own.filter(({ kind }) => kind !== 'call')]
    return sorted.map(({ symbol }) => `Error relocating ${map.path}: ${symbol}: symbol not found`)
  })
}

function refusalsOf({ path }: LinkMap, { relocationRefusals }: LinkDynamic, isLazy: boolean): Failure[] {
  const { always, lazily, immediately } = relocationRefusals
  const failure = (refusal: RelocationRefusal | undefined, what: string): Failure[] =>
    refusal === undefined ? [] : [{ row: refusal.row, message: `${path}: unexpected ${what} type 0x${digitsOf(refusal.type)}` }]
  return [...failure(always, 'reloc'), ...(isLazy ? failure(lazily, 'PLT reloc') : failure(immediately, 'reloc'))]
}

function digitsOf(type: number): string {
  return type.toString(16).padStart(type > 0xff ? 8 : 2, '0')
}

/** `rows` are those of the bindings in the group. */
function failuresIn(bindings: readonly Binding[], group: Group | undefined, rows: ArrayLike<number>, isLazy: boolean): Failure[] {
  if (group === undefined) return []
  const failures: Failure[] = []
  for (let at = group.start; at < group.end; at++) {
    const binding = bindings[at]!
    if (isLazy && binding.kind === 'call') continue
    const message = binding.status === 'undefined' ? undefinedSymbol(binding) : assertionOf(binding)
    if (message !== null) failures.push({ row: rows[at - group.start]! + 1, message })
  }
  return failures
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
