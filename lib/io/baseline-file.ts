/** Reads and writes a baseline's file. */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { UsageError } from '../errors/check-error.js'
import type { Baseline } from '../lint/waiving/baseline.js'
import { parseBaseline } from '../lint/waiving/parse-baseline.js'
import { renderBaseline } from '../report/baseline-json.js'
import { reasonOf } from './byte-sources.js'

/** `mayBeMissing` is for one that is about to be written. Throws `UsageError` for one that cannot be read or has mistakes in it. */
export function loadBaseline(file: string, mayBeMissing: boolean): Baseline {
  if (mayBeMissing && !existsSync(file)) return { file, entries: [] }
  return parseBaseline(textOf(file), file)
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError(`cannot read the baseline ${file}: ${reasonOf(error)}; --update-baseline writes one`)
  }
}

/** All of it or nothing: whoever is cut short leaves the old one. Throws `UsageError` where it cannot be written. */
export function saveBaseline(baseline: Baseline): void {
  const draft = `${baseline.file}.${process.pid}.tmp`
  try {
    writeFileSync(draft, renderBaseline(baseline))
    renameSync(draft, baseline.file)
  } catch (error) {
    rmSync(draft, { force: true })
    throw new UsageError(`cannot write the baseline ${baseline.file}: ${reasonOf(error)}`)
  }
}
