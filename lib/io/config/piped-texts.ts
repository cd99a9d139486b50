/**
 * Texts of settings, baselines and rpmlint's files that are named pipes, as of `--config <(…)`: read before the files, without a call that blocks until
 * their writer is done. A program in such a call would not notice the signal that is to end it.
 */
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { LimitError } from '../../errors/check-error.js'
import { fileBytes } from '../byte-sources.js'

/** By absolute path. */
export type PipedTexts = ReadonlyMap<string, string>

export const NO_PIPES: PipedTexts = new Map()

const MAX_BYTES = 64 * 1024 * 1024

/** Those of the files that are named pipes; `directory` is that of relative paths. Throws `CheckError` for one that cannot be read. */
export async function pipedTexts(files: readonly string[], directory: string): Promise<PipedTexts> {
  const texts = new Map<string, string>()
  for (const file of files) {
    const place = resolve(directory, file)
    if (await isPipe(place)) texts.set(place, await textOf(place, file))
  }
  return texts
}

/** A file that is missing is reported by whoever reads it. */
async function isPipe(place: string): Promise<boolean> {
  const stats = await stat(place).catch(() => null)
  return stats?.isFIFO() === true
}

async function textOf(place: string, file: string): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of fileBytes(place, file)) {
    length += chunk.length
    if (length > MAX_BYTES) throw new LimitError(`${file}: more than ${MAX_BYTES} bytes`, file, MAX_BYTES)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
