/**
 * Traces of a copy of a guarded library: version strings and source paths in an object's read-only data.
 *
 * A pattern is tried only where its literal anchor stands: a search for a fixed string runs at memory speed, a regular expression over
 * 100 MB does not.
 */
import type { Catalogue } from '../catalogue/catalogue.js'
import type { TraceData } from '../catalogue/family.js'
import { byteStringOf } from '../bytes/names.js'
import type { ElfImage } from '../elf/image.js'
import { PF_W, PF_X } from '../elf/program-headers.js'
import type { Trace } from './model.js'

/** Bytes before and behind an anchor that a pattern may match. */
const BEFORE = 64,
  BEHIND = 128
/** Hits of one anchor that are looked at: old copies repeat their version in every part. */
const HIT_LIMIT = 200

/** Each distinct trace once, in order of the catalogue. */
export function tracesOf(bytes: Uint8Array, image: ElfImage, catalogue: Catalogue): Trace[] {
  const traces = new Map<string, Trace>()
  const parts = readOnlyParts(bytes, image)
  for (const { data } of catalogue.families) {
    for (const trace of data.traces) {
      for (const found of parts.flatMap(part => matchesIn(part, trace))) {
        const version = trace.isSourcePath === true ? null : (found[1]?.replaceAll('_', '.') ?? null)
        const evidence = trace.isSourcePath === true ? found[0] : version
        traces.set(`${trace.implementation} ${evidence}`, {
          family: data.family,
          implementation: trace.implementation,
          version,
          isSourcePath: trace.isSourcePath === true,
        })
      }
    }
  }
  return [...traces.values()]
}

/** Segments that are neither written nor, where the link editor kept code apart, executed. */
function readOnlyParts(bytes: Uint8Array, { addresses }: ElfImage): Buffer[] {
  const unwritten = addresses.segments.filter(({ flags }) => (flags & PF_W) === 0)
  const pure = unwritten.filter(({ flags }) => (flags & PF_X) === 0)
  const largest = Math.max(0, ...pure.map(({ fileSize }) => fileSize))
  // Before 2018 link editors put .rodata beside .text; a first segment with headers alone is no sign of the newer layout.
  const segments = largest > 0x1000 ? pure : unwritten
  return segments.map(({ offset, fileSize }) => {
    const part = bytes.subarray(offset, offset + fileSize)
    return Buffer.from(part.buffer, part.byteOffset, part.byteLength)
  })
}

function matchesIn(part: Buffer, { anchor, pattern }: TraceData): RegExpMatchArray[] {
  const matches: RegExpMatchArray[] = []
  const expression = new RegExp(pattern)
  for (
    let at = part.indexOf(anchor, 0, 'latin1'), hits = 0;
    at >= 0 && hits < HIT_LIMIT;
    at = part.indexOf(anchor, at + anchor.length, 'latin1'), hits++
  ) {
    const match = byteStringOf(part.subarray(Math.max(0, at - BEFORE), at + BEHIND)).match(expression)
    if (match !== null) matches.push(match)
  }
  return matches
}
