/** A baseline as JSON, schema rpmlint-ts/baseline/1: one name a line, so that a difference reads as what it is. */
import type { Baseline } from '../lint/suppression/baseline.js'
import { BASELINE_SCHEMA } from '../lint/suppression/parse-baseline.js'
import { jsonText } from './json-text.js'

export function renderBaseline({ entries }: Baseline): string {
  return jsonText({ schema: BASELINE_SCHEMA, findings: entries }, 2)
}
