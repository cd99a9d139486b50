/**
 * Relocatable objects, alone or in a static library: which guarded symbols they would add to what is linked with them, and which objects
 * cannot be analysed. Those are reported: an archive of them must not pass as one without such symbols.
 */
import { textOf } from '../../bytes/names.js'
import type { Catalogue } from '../../catalogue/catalogue.js'
import { CheckError } from '../../errors/check-error.js'
import { isRelocatable, relocatableSymbolsOf } from '../../elf/relocatable.js'
import type { Note } from '../../facts/model.js'

/** Why an object is not analysed. */
export type Obstacle = 'bitcode' | 'lto' | 'malformed' | 'elsewhere'

const WORDS: Readonly<Record<Obstacle, readonly [one: string, many: string]>> = {
  bitcode: ['is LLVM bitcode', 'are LLVM bitcode'],
  lto: ['is an LTO object without a readable list of symbols', 'are LTO objects without a readable list of symbols'],
  malformed: ['is a malformed ELF file', 'are malformed ELF files'],
  elsewhere: ['is only referred to (thin archive)', 'are only referred to (thin archive)'],
}
/** Names of members in a message. */
const SHOWN = 5

export interface RelocatableObject {
  /** Only symbols of guarded libraries, internal ones included: an archive can have more symbols than fit in memory. Byte strings. */
  readonly guarded: readonly string[]
  /** It has no machine code yet: it is a slim LTO object. */
  readonly isSlim: boolean
  readonly obstacle: Obstacle | null
}

/** `null` for any other ELF file. */
export function relocatableObjectOf(bytes: Uint8Array, catalogue: Catalogue): RelocatableObject | null {
  if (!isRelocatable(bytes)) return null
  try {
    const { exportable, isSlim, isOpaque } = relocatableSymbolsOf(bytes)
    return { guarded: exportable.filter(name => catalogue.familyOf(name) !== null), isSlim, obstacle: isOpaque ? 'lto' : null }
  } catch (error) {
    if (error instanceof CheckError) return { guarded: [], isSlim: false, obstacle: 'malformed' }
    throw error
  }
}

/** The members of an archive that were not analysed, by reason. */
export class UnanalysedMembers {
  readonly #members = new Map<Obstacle, { count: number; readonly names: string[] }>()

  /** `name` is a byte string. */
  add(obstacle: Obstacle, name: string): void {
    const known = this.#members.get(obstacle)
    const members = known ?? { count: 0, names: [] }
    if (known === undefined) this.#members.set(obstacle, members)
    if (++members.count <= SHOWN) members.names.push(textOf(name))
  }

  /** A note for each reason. */
  notes(path: string, isOdd: boolean): Note[] {
    return [...this.#members].map(([obstacle, { count, names }]) => {
      const shown = count > names.length ? `${names.join(', ')} and ${count - names.length} more` : names.join(', ')
      const what = count === 1 ? `1 member ${WORDS[obstacle][0]}` : `${count} members ${WORDS[obstacle][1]}`
      return unanalysedNote(`${path}: ${what}: not analysed (${shown})`, path, isOdd)
    })
  }
}

export function unanalysedObject(path: string, obstacle: Obstacle, isOdd: boolean): Note {
  return unanalysedNote(`${path}: ${WORDS[obstacle][0]}: not analysed`, path, isOdd)
}

function unanalysedNote(message: string, path: string, isOdd: boolean): Note {
  return { id: 'unanalysed-object', message, path, structure: null, offset: null, isOdd }
}
