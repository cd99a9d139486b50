/** States the loader's view of an object in one line, without a file: x86-64, little-endian. */
import { NO_GNU_PROPERTIES } from '../../lib/elf/gnu-properties.js'
import { gnuHash } from '../../lib/elf/gnu-hash.js'
import { sysvHash } from '../../lib/elf/sysv-hash.js'
import type { LinkFacts, ObjectFacts } from '../../lib/facts/model.js'
import type { LinkDynamic, LinkVersion } from '../../lib/link/link-object.js'
import { NO_VERSION } from '../../lib/link/references.js'
import { NO_START_UP_FAULTS } from '../../lib/link/start-up-faults.js'
import { library, type StatedObject } from '../../lib/testing.js'

export interface StatedLink {
  readonly soname?: string | null
  readonly needed?: readonly string[]
  readonly runpath?: string
  /** `f`, `f@V` (hidden) or `f@@V` (default). */
  readonly defines?: readonly string[]
  /** Calls: `f`, `f@V`, or `f@V=libx.so.1` with the library that the version is required of. */
  readonly calls?: readonly string[]
  readonly machine?: number
  readonly isProgram?: boolean
}

const EM_X86_64 = 62
const INTERPRETER = '/lib64/ld-linux-x86-64.so.2'
const FIRST_NODE = 2
const HIDDEN = 0x8000
const CALL = 0x10 | 0x8 // kind `call`, with SKIP_PLT
const DEFINED = 0x4

/** A library with the loader's data; exports are for rules, `link` for the loader. */
export function loadable(facts: StatedObject, link: StatedLink): ObjectFacts {
  const { soname = facts.soname ?? null, needed = facts.needed ?? [] } = link
  return library({
    exports: (link.defines ?? []).map(name => name),
    soname,
    needed,
    ...facts,
    link: linkFacts({ ...link, soname, needed, isProgram: facts.isProgram ?? false }),
  })
}

export function linkFacts({
  soname = null,
  needed = [],
  runpath,
  defines = [],
  calls = [],
  machine = EM_X86_64,
  isProgram = false,
}: StatedLink): LinkFacts {
  const strings = new Strings()
  const versions = new Versions()
  const sorted = [...calls].sort()
  const dynamic: LinkDynamic = {
    soname,
    dependencies: needed.map(name => ({ kind: 'needed', name })),
    rpath: null,
    runpath: runpath ?? null,
    isSymbolic: false,
    bindsNow: false,
    hasPackedRelocations: false,
    isWithoutDefaultLibraries: false,
    versionDefinitions: null,
    versionRequirements: [],
    versions: versions.all,
    get strings() {
      return strings.text
    },
    definitions: {
      count: defines.length,
      nameOffsets: Uint32Array.from(defines, stated => strings.add(nameOf(stated))),
      hashes: Uint32Array.from(defines, stated => gnuHash(nameOf(stated))),
      versyms: defines.some(stated => stated.includes('@'))
        ? Uint16Array.from(defines, stated => versions.indexOf(stated) | (/[^@]@[^@]/.test(stated) ? HIDDEN : 0))
        : null,
      traits: new Uint8Array(defines.length),
      protectedRows: new Uint32Array(0),
    },
    references: {
      count: sorted.length,
      nameOffsets: Uint32Array.from(sorted, stated => strings.add(nameOf(stated))),
      hashes: Uint32Array.from(sorted, stated => gnuHash(nameOf(stated))),
      versions: Int32Array.from(sorted, stated => (stated.includes('@') ? versions.indexOf(stated) : NO_VERSION)),
      flags: Uint8Array.from(sorted, name => CALL | (isDefined(name, defines) ? DEFINED : 0)),
    },
    relocationRefusals: {},
  }
  const object = {
    elfClass: 64,
    endianness: 'little',
    machine,
    type: 'DYN',
    interpreter: isProgram ? INTERPRETER : null,
    isProgram,
    hasPieFlag: isProgram,
    startUpFaults: NO_START_UP_FAULTS,
    properties: NO_GNU_PROPERTIES,
    dynamic,
  } as const
  return { head: headFor(machine), object, fault: null }
}

function nameOf(stated: string): string {
  return stated.replace(/@.*/, '')
}

class Strings {
  text = '\0'
  add(name: string): number {
    const offset = this.text.length
    this.text += `${name}\0`
    return offset
  }
}

class Versions {
  readonly all: (LinkVersion | null)[] = [null, null]
  indexOf(stated: string): number {
    const [name = '', file = null] = stated.replace(/.*@/, '').split('=')
    if (name === stated) return 1
    const known = this.all.findIndex(version => version?.name === name && version.file === file)
    if (known >= FIRST_NODE) return known
    return this.all.push({ name, hash: sysvHash(name), file, isStrict: false }) - 1
  }
}

/** The part of an ELF header that the loader checks before it maps the file. */
function headFor(machine: number): Uint8Array {
  const head = new Uint8Array(64)
  head.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1])
  const view = new DataView(head.buffer)
  view.setUint16(16, 3, true) // ET_DYN
  view.setUint16(18, machine, true)
  view.setUint32(20, 1, true)
  view.setUint16(54, 56, true) // e_phentsize
  return head
}

function isDefined(reference: string, defines: readonly string[]): boolean {
  const bare = (name: string): string => name.replace(/@.*/, '')
  return defines.some(name => bare(name) === bare(reference))
}
