/**
 * The exports of an object that are a guarded library's symbols: which references each satisfies, and whether its code is a stub.
 */
import type { Catalogue, GuardedSymbol } from '../catalogue/catalogue.js'
import type { DynamicView } from '../elf/dynamic-view.js'
import type { DynamicSection } from '../elf/dynamic.js'
import type { ElfHeader } from '../elf/header.js'
import type { ElfImage } from '../elf/image.js'
import { visitRelocations } from '../elf/relocations.js'
import { STT, typeName } from '../elf/symbol-table.js'
import { reachOf } from '../link/definition.js'
import { stubKindOf, type StubKind } from './stubs/stub-kind.js'
import type { GuardedExport } from './model.js'

/** Bytes of a function that are decoded; a stub returns long before. */
const CODE_LIMIT = 256

/** A defined global symbol of dynsym, with its name as a byte string. */
export interface Definition {
  readonly symbol: number
  readonly name: string
}

/** In the order of `definitions`. Symbols that lookup can never find are left out. */
export function guardedExportsOf(
  image: ElfImage,
  object: DynamicView,
  definitions: readonly Definition[],
  catalogue: Catalogue,
): GuardedExport[] {
  const exports: { readonly symbol: number; readonly guarded: GuardedExport }[] = []
  for (const { symbol, name } of definitions) {
    const known = catalogue.find(name)
    if (known === null) continue
    const guarded = guardedExport(image, object, symbol, known)
    if (guarded.reach !== 'none') exports.push({ symbol, guarded })
  }
  const copied = image.isProgram && exports.length > 0 ? copiedSymbols(image, object) : NONE
  return exports.filter(({ symbol }) => !copied.has(symbol)).map(({ guarded }) => guarded)
}

const NONE: ReadonlySet<number> = new Set()

/** Data of a library that a program has a copy of (COPY relocations): it is defined by both, and is the library's. */
function copiedSymbols({ addresses, header }: ElfImage, { section }: DynamicView): ReadonlySet<number> {
  const copied = new Set<number>()
  visitRelocations(section, addresses, header, (symbol, role) => {
    if (role === 'copy') copied.add(symbol)
  })
  return copied
}

function guardedExport(image: ElfImage, object: DynamicView, symbol: number, known: GuardedSymbol): GuardedExport {
  const { family, library, isGeneric } = known
  const version = object.versions.versionOf(symbol)?.name ?? null
  return {
    name: known.name,
    family: family.data.family,
    library,
    isGeneric,
    version,
    isOwnNode: version !== null && family.isOwnNode(version),
    reach: reachOf(object, symbol, known.name),
    type: typeName(object.symbols.type(symbol)),
    isData: isData(object.symbols.type(symbol)) && family.isFunction(known.name),
    stub: stubAt(image, object, symbol),
    isKnownNoOp: family.isKnownNoOp(known.name),
  }
}

function isData(type: number): boolean {
  return type === STT.OBJECT || type === STT.COMMON || type === STT.TLS
}

/**
 * In code that is not position-independent an address is a number like any other: `return &method_table` of an ET_EXEC is
 * `mov $0x…, %eax`, and with text relocations that number may still be 0 in the file.
 */
function mayBeAddress(kind: StubKind, { type }: ElfHeader, section: DynamicSection): boolean {
  if (section.hasTextRelocations) return kind === 'returns a constant' || kind === 'returns zero'
  return type === 'EXEC' && kind === 'returns a constant'
}

function stubAt({ header, addresses }: ElfImage, { symbols, section }: DynamicView, symbol: number): StubKind | null {
  if (symbols.type(symbol) !== STT.FUNC) return null
  const code = addresses.from('code', symbols.value(symbol))
  if (code === null) return null
  const kind = stubKindOf(code.bytes(0, Math.min(code.length, CODE_LIMIT)), symbols.size(symbol), header.machine)
  return kind !== null && mayBeAddress(kind, header, section) ? null : kind
}
