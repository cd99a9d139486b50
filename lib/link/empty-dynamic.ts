/** The dynamic section of a library that needs, defines and refers to nothing. */
import type { LinkDynamic } from './link-object.js'

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
  definitions: { count: 0, nameOffsets: NO_ROWS, hashes: NO_ROWS, versyms: null, traits: new Uint8Array(0) },
  references: { count: 0, nameOffsets: NO_ROWS, hashes: NO_ROWS, versions: new Int32Array(0), flags: new Uint8Array(0) },
  relocationRefusals: {},
}
