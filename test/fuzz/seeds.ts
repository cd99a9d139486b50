/** What mutations begin with: the sample packages, and others that the caller names; what is inside them, too. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { compressionOf } from '../../lib/archive/magic.js'
import { decodeRpmHead } from '../../lib/rpm/head.js'
import { decompress } from '../../lib/io/decompress/decompress.js'
import { DEFAULT_LIMITS } from '../../lib/limits/limits.js'
import type { Bytes } from './byte-mutators.js'
import { draftOf, emptyDraft, type RpmDraft } from './rpm-draft.js'

export interface Seeds {
  readonly packages: readonly Bytes[]
  /** Of the packages that could be taken apart. */
  readonly drafts: readonly RpmDraft[]
  readonly objects: readonly Bytes[]
}

/** A larger seed makes every input slow, and adds nothing to what a small one reaches. */
const MOST_BYTES = 20 * 1024
const MOST_UNPACKED = 96 * 1024

/** All packages and ELF files below the folders, in order of their paths. */
export async function seedsIn(folders: readonly string[]): Promise<Seeds> {
  const packages: Bytes[] = []
  const drafts: RpmDraft[] = [emptyDraft()]
  const objects: Bytes[] = []
  for (const path of folders.flatMap(filesBelow)) {
    const bytes = Buffer.from(readFileSync(path))
    if (bytes.readUInt32BE(0) === 0x7f454c46) objects.push(bytes)
    else packages.push(bytes)
    const draft = await draftIn(bytes)
    if (draft !== null) drafts.push(draft)
    objects.push(...(draft?.files ?? []).map(({ content }) => Buffer.from(content, 'latin1')).filter(isElf))
  }
  return { packages, drafts, objects }
}

function isElf(bytes: Bytes): boolean {
  return bytes.length > 4 && bytes.length <= MOST_BYTES && bytes.readUInt32BE(0) === 0x7f454c46
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .filter(name => /\.(rpm|so)$/.test(name))
    .map(name => join(folder, name))
    .filter(path => statSync(path).isFile() && statSync(path).size <= MOST_BYTES && statSync(path).size >= 4)
}

/** `null` for a package that only a reader of hostile ones could take apart: it stays whole. */
async function draftIn(bytes: Bytes): Promise<RpmDraft | null> {
  try {
    const { headerEnd } = decodeRpmHead(bytes)
    const compression = compressionOf(bytes.subarray(headerEnd, headerEnd + 8))
    if (compression === null) return draftOf(bytes, null)
    return draftOf(bytes, await unpacked(bytes.subarray(headerEnd), compression))
  } catch {
    return null
  }
}

async function unpacked(payload: Bytes, compression: Parameters<typeof decompress>[0]): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = []
  const source = async function* () {
    yield payload
  }
  const limits = { ...DEFAULT_LIMITS, unpackedBytes: MOST_UNPACKED }
  for await (const chunk of decompress(compression, source(), limits).chunks) chunks.push(Uint8Array.from(chunk))
  return Buffer.concat(chunks)
}
