/**
 * What the loader needs of an ELF file: plain data in columns, which outlives the file's bytes and can be serialised (structured clone).
 *
 * `linkObjectOf(decodeElfImage(bytes))` makes it, for disks and packages alike. The file's *path* is not part of it: two paths, or two
 * programs, share one. Names are byte strings.
 */
import type { Endianness } from '../bytes/reader.js'
import { CheckError, UnsupportedError } from '../errors/check-error.js'
import { DT, DF_1_PIE } from '../elf/dynamic.js'
import type { DynamicView } from '../elf/dynamic-view.js'
import { decodeElfHead } from '../elf/elf-head.js'
import type { ElfClass, ElfType } from '../elf/header.js'
import { NO_GNU_PROPERTIES, gnuPropertiesOf, type GnuProperties } from '../elf/gnu-properties.js'
import { decodeElfImage, type ElfImage } from '../elf/image.js'
import { machineName } from '../elf/machines.js'
import { PT_INTERP } from '../elf/program-headers.js'
import { definitionsOf, type Definitions } from './definitions.js'
import { referencesOf, type References, type RelocationRefusals } from './references.js'
import { startUpFaultsOf, type StartUpFaults } from './start-up-faults.js'

export interface LinkObject {
  readonly elfClass: ElfClass
  readonly endianness: Endianness
  /** e_machine. */
  readonly machine: number
  readonly type: ElfType
  /** PT_INTERP; `null` for a library, and for a static program. */
  readonly interpreter: string | null
  /** Started rather than loaded as a library: ET_EXEC, DF_1_PIE, or an interpreter and no soname. */
  readonly isProgram: boolean
  /** DF_1_PIE: a program, which the loader does not accept as a library. */
  readonly hasPieFlag: boolean
  readonly startUpFaults: StartUpFaults
  readonly properties: GnuProperties
  /** `null` for a file without a dynamic section. */
  readonly dynamic: LinkDynamic | null
}

export interface LinkDynamic {
  readonly soname: string | null
  readonly dependencies: readonly Dependency[]
  readonly rpath: string | null
  readonly runpath: string | null
  /** DT_SYMBOLIC: a library's own references search the library first. */
  readonly isSymbolic: boolean
  /** DT_BIND_NOW: calls are bound at start-up. */
  readonly bindsNow: boolean
  /** DT_RELR: packed relative relocations, which loaders before glibc 2.36 do not support. */
  readonly hasPackedRelocations: boolean
  /** DF_1_NODEFLIB. */
  readonly isWithoutDefaultLibraries: boolean
  /** Every entry of the version definitions, the base one included; `null` without DT_VERDEF. */
  readonly versionDefinitions: readonly VersionName[] | null
  readonly versionRequirements: readonly VersionNeed[]
  /** The version that each index of DT_VERSYM names: what the loader calls l_versions. */
  readonly versions: readonly (LinkVersion | null)[]
  /** dynstr, to which the columns' name offsets refer. */
  readonly strings: string
  readonly definitions: Definitions
  readonly references: References
  readonly relocationRefusals: RelocationRefusals
}

/** The object is a `filter` or an `auxiliary` filter for another, which is searched before it. */
export interface Dependency {
  readonly kind: 'needed' | 'filter' | 'auxiliary'
  readonly name: string
}

export interface VersionName {
  readonly name: string
  readonly hash: number
}

export interface VersionNeed extends VersionName {
  /** The library that must define it. */
  readonly file: string
  readonly isWeak: boolean
}

export interface LinkVersion extends VersionName {
  /** Of a reference: the library that it was linked against. */
  readonly file: string | null
  readonly isStrict: boolean
}

/** Throws `MalformedError`, and `UnsupportedError` for a machine whose relocation types are not known. */
export function linkObjectOf(image: ElfImage): LinkObject {
  const { elfClass, endianness, machine, type } = image.header
  return {
    elfClass,
    endianness,
    machine,
    type,
    interpreter: image.interpreter,
    isProgram: image.isProgram,
    hasPieFlag: ((image.dynamic?.section.value(DT.FLAGS_1) ?? 0) & DF_1_PIE) !== 0,
    startUpFaults: startUpFaultsOf(image),
    properties: gnuPropertiesOf(image.header, image.programHeaders, image.addresses),
    dynamic: image.dynamic === null ? null : dynamicOf(image, image.dynamic),
  }
}

/** `bytes` is the whole file. Throws `CheckError` for a file that a loader would map, and then fail to read. */
export function linkObjectIn(bytes: Uint8Array): LinkObject {
  try {
    return linkObjectOf(decodeElfImage(bytes))
  } catch (error) {
    const object = error instanceof CheckError ? unmappableObjectOf(bytes) : null
    if (object === null) throw error
    return object
  }
}

/** For a file whose tables cannot be decoded because its segments do not fit pages: no loader gets that far. `null` for any other file. */
function unmappableObjectOf(bytes: Uint8Array): LinkObject | null {
  try {
    const { header, programHeaders } = decodeElfHead(bytes)
    const startUpFaults = startUpFaultsOf({ header, programHeaders, dynamic: null })
    if (startUpFaults.segment === null) return null
    const { elfClass, endianness, machine, type } = header
    const isProgram = type === 'EXEC' || programHeaders.some(segment => segment.type === PT_INTERP)
    const nothing = { interpreter: null, hasPieFlag: false, properties: NO_GNU_PROPERTIES, dynamic: null }
    return { elfClass, endianness, machine, type, isProgram, startUpFaults, ...nothing }
  } catch (error) {
    if (error instanceof CheckError) return null
    throw error
  }
}

function dynamicOf(image: ElfImage, view: DynamicView): LinkDynamic {
  const { section, names, versions } = view
  const relocations = referencesOf(image, view)
  if (relocations === null)
    throw new UnsupportedError(`relocation types of ${machineName(image.header.machine)} are not supported`, 'dynamic relocations')
  return {
    soname: view.soname,
    dependencies: section.dependencies.map(({ tag, nameOffset }) => ({ kind: DEPENDENCY_KINDS[tag], name: names.at(nameOffset) })),
    // An object that has both has no RPATH for the loader (elf_get_dynamic_info of glibc's elf/get-dynamic-info.h).
    rpath: view.runpath === null ? view.rpath : null,
    runpath: view.runpath,
    isSymbolic: section.isSymbolic,
    bindsNow: section.bindsNow,
    hasPackedRelocations: section.value(DT.RELR) !== null,
    isWithoutDefaultLibraries: section.isWithoutDefaultLibraries,
    versionDefinitions: section.value(DT.VERDEF) === null ? null : versions.definitions.map(({ name, hash }) => ({ name, hash })),
    versionRequirements: versions.requirements.map(({ name, hash, file, isWeak }) => ({ name, hash, file, isWeak })),
    versions: versions.named,
    strings: names.text,
    definitions: definitionsOf(view),
    references: relocations.references,
    relocationRefusals: relocations.refusals,
  }
}

const DEPENDENCY_KINDS = { [DT.NEEDED]: 'needed', [DT.FILTER]: 'filter', [DT.AUXILIARY]: 'auxiliary' } as const

/** The name at an offset of `strings`. */
export function nameAt(strings: string, offset: number): string {
  return strings.slice(offset, strings.indexOf('\0', offset))
}
