/**
 * From the bytes of an ELF file to facts. A malformed file is a fact too: the packager can fix it.
 */
import { isNamedLikeLibrary } from '../bytes/library-name.js'
import { CheckError } from '../errors/check-error.js'
import type { Catalogue } from '../catalogue/catalogue.js'
import type { DynamicView } from '../elf/dynamic-view.js'
import type { FilePart } from '../elf/elf-head.js'
import { decodeElfImage, type ElfImage } from '../elf/image.js'
import { machineName } from '../elf/machines.js'
import { SHN_ABS, STT, bindingName, typeName, visibilityName } from '../elf/symbol-table.js'
import { guardedExportsOf, type Definition } from './guarded-exports.js'
import { guardedImportsOf } from './guarded-imports.js'
import { internalExportsOf } from './internal-exports.js'
import type { ExportFacts, Fault, ImportFacts, ObjectFacts } from './model.js'
import { linkFactsOf } from './link-facts.js'
import { tracesOf } from './traces.js'

/** Where the file was found, and what the reader learned before it had the bytes. */
export interface ObjectOrigin {
  readonly path: string
  readonly alsoAt: readonly string[]
  readonly isNested: boolean
  readonly sha256: string | null
}

/** A file of which only the needed part was kept; see `neededPart` of elf/needed-part.ts. */
export interface PartialFile {
  /** Of the whole file, in bytes. */
  readonly size: number
  readonly sectionHeaders: FilePart | null
}

/**
 * `bytes` is the whole file, or the part of it that `of` says. Never throws for malformed bytes: the fault is part of the facts. What the loader needs doubles
 * the cost, so it is added only where `wantsLink` is set.
 */
export function objectFactsOf(
  bytes: Uint8Array,
  origin: ObjectOrigin,
  catalogue: Catalogue,
  wantsLink = false,
  { size, sectionHeaders }: PartialFile = { size: bytes.length, sectionHeaders: null },
): ObjectFacts {
  const image = faultOr(() => decodeElfImage(bytes, sectionHeaders))
  const facts =
    image instanceof CheckError ? image : faultOr(() => ({ ...formatOf(image, origin.path), ...dynamicFactsOf(bytes, image, catalogue) }))
  const known = facts instanceof CheckError ? { fault: faultOf(facts) } : facts
  return { ...NO_FACTS, ...origin, size, ...known, link: wantsLink ? linkFactsOf(bytes, image) : null }
}

function faultOr<Value>(step: () => Value): Value | CheckError {
  try {
    return step()
  } catch (error) {
    if (error instanceof CheckError) return error
    throw error
  }
}

const NO_FACTS = {
  format: null,
  isProgram: false,
  isDebugOnly: false,
  soname: null,
  needed: [],
  rpath: null,
  runpath: null,
  versionNodes: [],
  exports: [],
  imports: [],
  guarded: [],
  internals: [],
  guardedImports: [],
  traces: [],
  link: null,
  fault: null,
} as const

function formatOf(image: ElfImage, path: string): Pick<ObjectFacts, 'format' | 'isProgram' | 'isDebugOnly'> {
  const { elfClass, endianness, machine, type } = image.header
  return {
    format: { class: elfClass, data: endianness, machine: machineName(machine), type },
    // An object with an interpreter and no soname is a program, unless the file is named like a library.
    isProgram: image.isProgram && !(image.isLoadable && isNamedLikeLibrary(path)),
    isDebugOnly: image.isDebugOnly,
  }
}

type DynamicFacts = Omit<ObjectFacts, keyof ObjectOrigin | 'size' | 'format' | 'isProgram' | 'isDebugOnly' | 'link' | 'fault'>

function dynamicFactsOf(bytes: Uint8Array, image: ElfImage, catalogue: Catalogue): Partial<DynamicFacts> {
  const { dynamic } = image
  if (dynamic === null) return { traces: tracesOf(bytes, image, catalogue) }
  const { definitions, imports, undefinedWithValue } = symbolsOf(image, dynamic, catalogue)
  const known = [...definitions, ...undefinedWithValue].filter(({ name }) => catalogue.familyOf(name) !== null)
  return {
    soname: dynamic.soname,
    needed: dynamic.needed,
    rpath: dynamic.rpath,
    runpath: dynamic.runpath,
    versionNodes: dynamic.versions.definitions.filter(({ isBase }) => !isBase).map(({ name }) => name),
    exports: definitions.map(({ symbol, name }) => exportFacts(dynamic, symbol, name)),
    imports,
    guarded: guardedExportsOf(image, dynamic, known, catalogue),
    internals: internalExportsOf(image, dynamic, known, catalogue),
    guardedImports: guardedImportsOf(imports, catalogue),
    traces: tracesOf(bytes, image, catalogue),
  }
}

interface SymbolLists {
  readonly definitions: readonly Definition[]
  readonly imports: readonly ImportFacts[]
  /** Undefined, but with a value, so that the loader finds them: no link editor makes such symbols in a library. */
  readonly undefinedWithValue: readonly Definition[]
}

/** Each global symbol once, in dynsym order; the ABS symbols that only denote a version are left out. */
function symbolsOf(image: ElfImage, object: DynamicView, catalogue: Catalogue): SymbolLists {
  const { symbols, names, versions } = object
  const nodes = new Set(versions.definitions.map(({ name }) => name))
  const definitions: Definition[] = []
  const imports: ImportFacts[] = []
  const undefinedWithValue: Definition[] = []
  for (let symbol = 1; symbol < symbols.count; symbol++) {
    if (!symbols.isGlobal(symbol)) continue
    const name = names.at(symbols.nameOffset(symbol))
    if (!symbols.isDefined(symbol)) {
      imports.push(importFacts(object, symbol, name))
      if (!image.mayHavePltEntries && symbols.value(symbol) !== 0) undefinedWithValue.push({ symbol, name })
    } else if (!denotesVersion(object, symbol, name, nodes) || catalogue.guards(name)) definitions.push({ symbol, name })
  }
  return { definitions, imports, undefinedWithValue }
}

/** An ABS object named like a version node: link editors add one for each node. Guarded symbols are never skipped: references would bind to them. */
function denotesVersion({ symbols }: DynamicView, symbol: number, name: string, nodes: ReadonlySet<string>): boolean {
  return symbols.section(symbol) === SHN_ABS && symbols.type(symbol) === STT.OBJECT && nodes.has(name)
}

function exportFacts({ symbols, versions }: DynamicView, symbol: number, name: string): ExportFacts {
  const isHidden = versions.isHidden(symbol)
  const version = versions.versionOf(symbol)
  return {
    name,
    version: version?.name ?? null,
    // A program's copy of a library's variable carries the version that it needs, which it does not define.
    isDefault: !isHidden && (version === null || version.file === null),
    isHidden,
    binding: bindingName(symbols.binding(symbol)),
    type: typeName(symbols.type(symbol)),
    visibility: visibilityName(symbols.visibility(symbol)),
    size: symbols.size(symbol),
    index: versions.indexOf(symbol),
  }
}

function importFacts({ symbols, versions }: DynamicView, symbol: number, name: string): ImportFacts {
  const version = versions.versionOf(symbol)
  return { name, version: version?.name ?? null, from: version?.file ?? null, binding: bindingName(symbols.binding(symbol)) }
}

function faultOf({ structure, offset, message }: CheckError): Fault {
  return { structure, offset, message }
}
