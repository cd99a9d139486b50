/**
 * Whether a file with a suitable head can be loaded as a library.
 *
 * Source: _dl_map_object_from_fd of glibc's elf/dl-load.c.
 */
import type { LinkObject } from './link-object.js'

/** The loader's error message, or `null` for a library. */
export function libraryFault({ dynamic, type, hasPieFlag }: LinkObject): string | null {
  if (dynamic === null) return 'object file has no dynamic section'
  if (type === 'EXEC') return 'cannot dynamically load executable'
  return hasPieFlag ? 'cannot dynamically load position-independent executable' : null
}
