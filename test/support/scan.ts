/** Scans one file of a package, as passed on by the payload's parser. */
import { Catalogue } from '../../lib/catalogue/catalogue.js'
import { Member } from '../../lib/io/package/member.js'
import { openNested } from '../../lib/io/package/nested.js'
import { FactsCollector, PackageScan } from '../../lib/io/package/package-scan.js'
import { DEFAULT_LIMITS, type Limits } from '../../lib/limits/limits.js'
import { buildElf } from './elf-builder.js'

export const catalogue = new Catalogue()

export interface Feeding {
  readonly path?: string
  readonly limits?: Partial<Limits>
  /** Bytes of each write. */
  readonly chunk?: number
  /** Instead of the end: the error of the archive around the file. */
  readonly breakWith?: Error
}

/** A shared object that exports an unversioned OpenSSL symbol. */
export const OFFENDER = buildElf({ soname: 'libx.so.1', symbols: [{ name: 'CRYPTO_lock' }] })

export function scanWith(limits: Partial<Limits> = {}, wantsLinks = false): PackageScan {
  return new PackageScan({ limits: { ...DEFAULT_LIMITS, ...limits }, catalogue, wantsSha256: true, wantsLinks }, openNested)
}

/** What is found in a file of these bytes. Each write's memory is overwritten as soon as it is released, as a decompressor would. */
export async function found(
  bytes: Uint8Array,
  { path = '/a', limits, chunk = 64 * 1024, breakWith }: Feeding = {},
): Promise<FactsCollector> {
  const collector = new FactsCollector()
  const member = new Member({ path, alsoAt: [], size: bytes.length, digest: null, depth: 0 }, scanWith(limits), collector)
  for (let at = 0; at < bytes.length; at += chunk) {
    const lent = Buffer.from(bytes.subarray(at, at + chunk))
    await member.write(lent)
    lent.fill(0xaa)
  }
  await (breakWith === undefined ? member.end() : member.abandon(breakWith))
  return collector
}

/** Paths of the objects found, in order. */
export async function pathsIn(bytes: Uint8Array, feeding: Feeding = {}): Promise<string[]> {
  return (await found(bytes, feeding)).objects.map(({ path }) => path)
}

/** Rejects when `step` takes longer than `ms`: a hang fails in the test that caused it. */
export async function within<Value>(ms: number, step: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([step, late])
  } finally {
    clearTimeout(timer)
  }
}
