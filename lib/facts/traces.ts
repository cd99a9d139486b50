/**
 * Fingerprints of an embedded copy of a guarded library: version strings and source paths in an object's read-only data.
 *
 * A pattern is matched only around its literal anchor: a search for fixed strings skips most of the bytes, a
 * regular expression over 100 MB cannot.
 */
import type { Catalogue } from '../catalogue/catalogue.js'
import type { TraceData } from '../catalogue/family.js'
import { largestOf } from '../bytes/extremes.js'
import { LiteralSearch } from '../bytes/literal-search.js'
import { byteStringOf } from '../bytes/names.js'
import type { ElfImage } from '../elf/image.js'
import { PF_W, PF_X } from '../elf/program-headers.js'
import type { Trace } from './model.js'

/** Bytes before and after an anchor that a pattern may match. */
const BEFORE = 64,
  BEHIND = 128
/** Hits of one anchor that are examined: old copies repeat their version in every object file. */
const HIT_LIMIT = 200

/** Each distinct trace once, in file order. */
export function tracesOf(bytes: Uint8Array, image: ElfImage, catalogue: Catalogue): Trace[] {
  const traces = new Map<string, Trace>()
  const { search, owners } = anchorsOf(catalogue)
  const hits = new Array<number>(owners.length).fill(0)
  for (const part of readOnlyParts(bytes, image)) {
    for (const { at, literal } of search.in(part)) {
      const owner = owners[literal]
      const hit = (hits[literal] ?? 0) + 1
      hits[literal] = hit
      if (owner === undefined || hit > HIT_LIMIT) continue
      const match = matchAround(part, at, owner.pattern)
      if (match !== null) addTrace(traces, `${owner.trace.implementation} ${match[1] ?? match[0]}`, traceOf(owner, match))
    }
  }
  return [...traces.values()]
}

/** The same version may be in the headers' text and in code. */
function addTrace(traces: Map<string, Trace>, key: string, trace: Trace): void {
  traces.set(key, { ...trace, isCode: trace.isCode || traces.get(key)?.isCode === true })
}

/** The trace that an anchor belongs to, with its compiled pattern. */
interface Owner {
  readonly family: string
  readonly trace: TraceData
  readonly pattern: RegExp
}

interface Anchors {
  readonly search: LiteralSearch
  /** By index of the literal. */
  readonly owners: readonly Owner[]
}

/** Built once for each catalogue. */
const ANCHORS = new WeakMap<Catalogue, Anchors>()

function anchorsOf(catalogue: Catalogue): Anchors {
  const known = ANCHORS.get(catalogue)
  if (known !== undefined) return known
  const owners: Owner[] = []
  const literals: string[] = []
  for (const { data } of catalogue.families) {
    for (const trace of data.traces) {
      const pattern = new RegExp(trace.pattern, 'g')
      for (const anchor of trace.anchors) {
        owners.push({ family: data.family, trace, pattern })
        literals.push(anchor)
      }
    }
  }
  const anchors = { search: new LiteralSearch(literals), owners }
  ANCHORS.set(catalogue, anchors)
  return anchors
}

/** The match that contains the anchor at `at`: strings lie close together, and neighbouring ones have anchors of their own. */
function matchAround(part: Uint8Array, at: number, pattern: RegExp): RegExpExecArray | null {
  const start = Math.max(0, at - BEFORE)
  const matches = byteStringOf(part.subarray(start, at + BEHIND)).matchAll(pattern)
  return [...matches].find(match => start + match.index <= at && at < start + match.index + match[0].length) ?? null
}

function traceOf({ family, trace }: Owner, match: RegExpExecArray): Trace {
  const { implementation, isSourcePath = false, isCode = false, isShared = false } = trace
  const version = isSourcePath ? null : (match[1]?.replaceAll('_', '.') ?? null)
  return { family, implementation, version, isSourcePath, isCode, isShared }
}

/** Segments that are not writable and, where the link editor separated code, not executable. */
function readOnlyParts(bytes: Uint8Array, { addresses }: ElfImage): Uint8Array[] {
  const unwritten = addresses.segments.filter(({ flags }) => (flags & PF_W) === 0)
  const pure = unwritten.filter(({ flags }) => (flags & PF_X) === 0)
  const largest = largestOf(
    pure.map(({ fileSize }) => fileSize),
    0,
  )
  // Before 2018 link editors put .rodata next to .text; a first segment that holds only headers does not indicate the newer layout.
  const segments = largest > 0x1000 ? pure : unwritten
  return segments.map(({ offset, fileSize }) => bytes.subarray(offset, offset + fileSize))
}
