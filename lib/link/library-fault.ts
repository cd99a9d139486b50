/**
 * Whether a file with a suitable head can be loaded as a library.
 *
 * Source: _dl_map_object_from_fd of glibc's elf/dl-load.c, of release 2.36; older releases as noted.
 */
import type { LinkObject } from './link-object.js'

/** The first release that checks segments against the page size instead of p_align. */
const PAGE_CHECK_RELEASE = 35
/** The first release that refuses position-independent executables. */
const PIE_CHECK_RELEASE = 30

/** The loader's error message, or `null` for a library. `release` is the N of glibc 2.N, `null` for the current one. */
export function libraryFault({ dynamic, type, hasPieFlag, startUpFaults }: LinkObject, release: number | null): string | null {
  const isBefore = (first: number): boolean => release !== null && release < first
  const { segment, segmentBefore235, layout, assertion } = startUpFaults
  const segmentFault = isBefore(PAGE_CHECK_RELEASE) ? segmentBefore235 : segment
  if (segmentFault !== null) return segmentFault
  if (type === 'EXEC') return 'cannot dynamically load executable'
  if (dynamic === null) return 'object file has no dynamic section'
  if (layout !== null || assertion !== null) return layout ?? assertion
  return hasPieFlag && !isBefore(PIE_CHECK_RELEASE) ? 'cannot dynamically load position-independent executable' : null
}
