/** The payload of every real package, unpacked by the tools that made it, against the file list and its digests. */
import { execFileSync, spawn } from 'node:child_process'
import { createHash, type Hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { CpioParser } from '../../lib/cpio/cpio-parser.js'
import { MalformedError } from '../../lib/errors/check-error.js'
import { PayloadCheck, type FileDigest } from '../../lib/facts/payload/payload-check.js'
import { decodeRpmHead } from '../../lib/rpm/head.js'
import { filesOf } from '../../lib/rpm/package-files.js'
import { corpusPath, corpusTruth, hasCorpus, type PackageTruth } from '../support/rpm-corpus.js'

const TOOLS: Readonly<Record<string, readonly string[]>> = {
  gzip: ['gzip', '-dc'],
  bzip2: ['bzip2', '-dc'],
  xz: ['xz', '-dc'],
  lzma: ['xz', '--format=lzma', '-dc'],
  zstd: ['zstd', '-dc'],
  cpio: ['cat'],
}
const missing = ['gzip', 'bzip2', 'xz', 'zstd'].filter(tool => !isThere(tool))
if (missing.length > 0) console.warn(`skipped: no ${missing.join(', ')} to unpack real packages with`)

interface Outcome {
  readonly members: number
  readonly analysed: number
  readonly wrongDigests: readonly string[]
  readonly notes: readonly string[]
}

async function read(truth: PackageTruth): Promise<Outcome> {
  const bytes = readFileSync(corpusPath(truth.id))
  const head = decodeRpmHead(bytes)
  const payloadCheck = new PayloadCheck(filesOf(head))
  const parser = new CpioParser({ members: 0xfffff, sizeOfStripped: index => payloadCheck.sizeOfStripped(index) })
  const wrongDigests: string[] = []
  let members = 0
  let analysed = 0
  let running: { readonly hash: Hash; readonly digest: FileDigest; readonly path: string } | null = null

  for await (const chunk of unpack(bytes.subarray(head.headerEnd), truth.raw.payload?.sniff ?? '')) {
    for (const event of parser.push(chunk)) {
      if (event.kind === 'data') running?.hash.update(event.bytes)
      if (event.kind === 'end' && running !== null) {
        if (running.hash.digest('hex') !== running.digest.hex) wrongDigests.push(running.path)
        running = null
      }
      if (event.kind !== 'entry') continue
      members++
      const { action, digest, paths } = payloadCheck.checkMember(event.entry)
      if (action === 'analyse') analysed += paths.length
      if (action === 'analyse' && digest !== null) running = { hash: createHash(digest.algorithm), digest, path: paths[0] ?? '' }
    }
  }
  parser.finish()
  payloadCheck.finish()
  expect(parser.afterTrailer).toBe(0)
  return { members, analysed, wrongDigests, notes: payloadCheck.notes().map(({ id }) => id) }
}

async function* unpack(payload: Buffer, compression: string): AsyncGenerator<Uint8Array> {
  const [tool, ...options] = TOOLS[compression] ?? ['false']
  const child = spawn(tool ?? 'false', options, { stdio: ['pipe', 'pipe', 'ignore'] })
  child.stdin.on('error', () => {}) // the tool may have read enough
  child.stdin.end(payload)
  yield* child.stdout
}

const truths = corpusTruth().filter(({ rpm }) => rpm.rc === 0)
const sound = truths.filter(truth => !isDamaged(truth))
const damaged = truths.filter(isDamaged)

if (!hasCorpus || missing.length > 0) test.skip('real payloads hold what their headers list: not to be had here', () => {})
else {
  describe('the payload of a real package', () => {
    test.each(sound)(
      '$id holds what the header lists, by size and digest',
      async truth => {
        const regular = (truth.filecount ?? 0) - count(truth, 'dirs') - count(truth, 'symlinks') - count(truth, 'special')
        const outcome = await read(truth)
        expect(outcome).toMatchObject({ wrongDigests: [], notes: [] })
        expect(outcome.analysed).toBeGreaterThanOrEqual(regular - count(truth, 'ghost'))
        expect(outcome.analysed).toBeLessThanOrEqual(regular)
        expect(outcome.members).toBe(truth.open?.cpio?.members ?? outcome.members)
      },
      60_000,
    )

    test.each(damaged)('$id is found to be damaged', async truth => {
      await expect(read(truth)).rejects.toThrow(MalformedError)
    })
  })
}

function count(truth: PackageTruth, kind: 'dirs' | 'symlinks' | 'special' | 'ghost'): number {
  return truth.filestats?.[kind] ?? 0
}

/** Did cpio or rpm2archive get files out short? Of packages past 2 GiB the truth leaves out the largest file, which is no damage. */
function isDamaged({ open, filestats }: PackageTruth): boolean {
  return (open?.content?.absent_not_ghost ?? 0) > 0 && (filestats?.big ?? 0) < 2 ** 31
}

function isThere(tool: string): boolean {
  try {
    execFileSync(tool, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
