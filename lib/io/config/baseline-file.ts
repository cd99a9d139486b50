/** Reads and writes a baseline's file. */
import { existsSync, readFileSync } from 'node:fs'
import { UsageError } from '../../errors/check-error.js'
import type { Baseline } from '../../lint/waiving/baseline.js'
import { parseBaseline } from '../../lint/waiving/parse-baseline.js'
import { renderBaseline } from '../../report/baseline-json.js'
import { reasonOf } from '../byte-sources.js'
import { replaceFile } from '../replace-file.js'

/** `mayBeMissing` is for one that is about to be written. Throws `UsageError` for one that cannot be read or has mistakes in it. */
export function loadBaseline(file: string, mayBeMissing: boolean): Baseline {
  if (mayBeMissing && !existsSync(file)) return { file, entries: [] }
  return parseBaseline(textOf(file), file)
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\ufeff/, '') // editors of Windows put it there, and JSON knows none
  } catch (error) {
    throw new UsageError(`cannot read the baseline ${file}: ${reasonOf(error)}; --update-baseline writes one`)
  }
}

/** All of it or nothing: whoever is cut short leaves the old one. Throws `UsageError` where it cannot be written. */
export function saveBaseline(baseline: Baseline): void {
  try {
    replaceFile(baseline.file, renderBaseline(baseline))
  } catch (error) {
    throw new UsageError(`cannot write the baseline ${baseline.file}: ${reasonOf(error)}`)
  }
}
