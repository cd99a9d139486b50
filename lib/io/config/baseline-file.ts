/** Reads and writes a baseline's file. */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { UsageError } from '../../errors/check-error.js'
import type { Baseline } from '../../lint/suppression/baseline.js'
import { parseBaseline } from '../../lint/suppression/parse-baseline.js'
import { renderBaseline } from '../../report/baseline-json.js'
import { attempt } from '../os-error.js'
import { replaceFile } from '../replace-file.js'
import { NO_PIPES } from './piped-texts.js'

/** `file` is relative to `directory`, and messages show it as given. `mayBeMissing` is for a baseline that is about to be written; `piped` are texts that were read before. Throws `UsageError` for one that cannot be read or has errors. */
export function loadBaseline(file: string, mayBeMissing: boolean, directory = process.cwd(), piped = NO_PIPES): Baseline {
  const place = resolve(directory, file)
  if (mayBeMissing && !existsSync(place)) return { file, entries: [] }
  const text = piped.get(place) ?? readText(place, file)
  return parseBaseline(text.replace(/^\ufeff/, ''), file) // without a byte order mark, which Windows editors write and JSON does not allow
}

function readText(place: string, file: string): string {
  return attempt(
    () => readFileSync(place, 'utf8'),
    reason => new UsageError(`cannot read the baseline ${file}: ${reason}; create it with --update-baseline`),
  )
}

/** Writes it atomically: an interrupted run leaves the old file. Throws `UsageError` if it cannot be written. */
export function saveBaseline(baseline: Baseline, directory = process.cwd()): void {
  const text = renderBaseline(baseline)
  attempt(
    () => replaceFile(resolve(directory, baseline.file), text),
    reason => new UsageError(`cannot write the baseline ${baseline.file}: ${reason}`),
  )
}
