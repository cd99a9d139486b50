/** Reads and writes a baseline's file. */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { UsageError } from '../../errors/check-error.js'
import type { Baseline } from '../../lint/suppression/baseline.js'
import { parseBaseline } from '../../lint/suppression/parse-baseline.js'
import { renderBaseline } from '../../report/baseline-json.js'
import { attempt } from '../os-error.js'
import { replaceFile } from '../replace-file.js'

/** `file` is seen from `directory`, and named as given. `mayBeMissing` is for one that is about to be written. Throws `UsageError` for one that cannot be read or has mistakes in it. */
export function loadBaseline(file: string, mayBeMissing: boolean, directory = process.cwd()): Baseline {
  const place = resolve(directory, file)
  if (mayBeMissing && !existsSync(place)) return { file, entries: [] }
  return parseBaseline(textOf(place, file), file)
}

function textOf(place: string, file: string): string {
  const text = attempt(
    () => readFileSync(place, 'utf8'),
    reason => new UsageError(`cannot read the baseline ${file}: ${reason}; --update-baseline writes one`),
  )
  return text.replace(/^\ufeff/, '') // editors of Windows put it there, and JSON knows none
}

/** All of it or nothing: whoever is cut short leaves the old one. Throws `UsageError` where it cannot be written. */
export function saveBaseline(baseline: Baseline, directory = process.cwd()): void {
  const text = renderBaseline(baseline)
  attempt(
    () => replaceFile(resolve(directory, baseline.file), text),
    reason => new UsageError(`cannot write the baseline ${baseline.file}: ${reason}`),
  )
}
