/** A baseline as JSON, schema rpmlint-ts/baseline/1: one symbol per line, for readable diffs. */
import type { Baseline } from '../lint/suppression/baseline.js'
import { BASELINE_SCHEMA } from '../lint/suppression/parse-baseline.js'
import { jsonText } from './json-text.js'

export function renderBaseline({ entries }: Baseline): string {
  return jsonText({ schema: BASELINE_SCHEMA, findings: entries }, 2)
}
