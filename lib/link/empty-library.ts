/** A library that needs, defines and refers to nothing: the base of those that no file has. */
import { NO_GNU_PROPERTIES } from '../elf/gnu-properties.js'
import type { LinkDynamic, LinkObject } from './link-object.js'
import { NO_START_UP_FAULTS } from './start-up-faults.js'

export const EMPTY_LIBRARY = {
  type: 'DYN',
  interpreter: null,
  isProgram: false,
  hasPieFlag: false,
  startUpFaults: NO_START_UP_FAULTS,
  properties: NO_GNU_PROPERTIES,
} as const satisfies Partial<LinkObject>

const NO_ROWS = new Uint32Array(0)

export const EMPTY_DYNAMIC: LinkDynamic = {
  soname: null,
  dependencies: [],
  rpath: null,
  runpath: null,
  isSymbolic: false,
  bindsNow: false,
  hasPackedRelocations: false,
  isWithoutDefaultLibraries: false,
  versionDefinitions: null,
  versionRequirements: [],
  versions: [],
  strings: '\0',
  definitions: { count: 0, nameOffsets: NO_ROWS, hashes: NO_ROWS, versyms: null, traits: new Uint8Array(0), protectedRows: NO_ROWS },
  references: { count: 0, nameOffsets: NO_ROWS, hashes: NO_ROWS, versions: new Int32Array(0), flags: new Uint8Array(0) },
  relocationRefusals: {},
}
