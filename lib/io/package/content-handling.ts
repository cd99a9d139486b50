/** What is done with each kind of file inside a package. docs/scope.md lists what is left out. */
import type { Content } from '../../archive/magic.js'

/**
 * - `analyse`: an object to decode.
 * - `open`: an archive whose members are looked at.
 * - `decompress`: opened if an archive is in it; a single compressed file is not.
 * - `skip`: not opened.
 */
type Handling = 'analyse' | 'open' | 'decompress' | 'skip'

const HANDLING = {
  elf: 'analyse',
  bitcode: 'skip', // reported where it is linked from: in a static library
  rpm: 'open',
  tar: 'open',
  zip: 'open',
  ar: 'open',
  gzip: 'decompress',
  bzip2: 'decompress',
  lzma: 'decompress',
  xz: 'decompress',
  zstd: 'decompress',
  'thin-ar': 'open', // has paths of members, but not their bytes
  cpio: 'skip',
} as const satisfies Readonly<Record<Content, Handling>>

type KindsFor<How extends Handling> = { [Kind in Content]: (typeof HANDLING)[Kind] extends How ? Kind : never }[Content]

export type ArchiveKind = KindsFor<'open'>
export type NestedKind = KindsFor<'open' | 'decompress'>

export function isArchive(content: Content | null): content is ArchiveKind {
  return content !== null && HANDLING[content] === 'open'
}

/** Is it an archive, or may it contain one? */
export function isNested(content: Content | null): content is NestedKind {
  return isArchive(content) || (content !== null && HANDLING[content] === 'decompress')
}
