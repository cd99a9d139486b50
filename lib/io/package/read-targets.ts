/**
 * Reads targets one by one. A failure of one does not affect the others.
 */
import { types } from 'node:util'
import { CheckError } from '../../errors/check-error.js'
import type { PackageFacts } from '../../facts/model.js'
import type { UncheckedPackage } from '../../lint/report.js'
import { timed } from '../debug.js'
import { readFacts } from './read-facts.js'
import type { Target } from '../targets.js'
import type { ScanOptions } from './package-scan.js'

export type Outcome = { readonly path: string; readonly facts: PackageFacts } | UncheckedPackage

/** Facts of each target, or the error, in order. */
export async function* readTargets(targets: readonly Target[], options: ScanOptions): AsyncGenerator<Outcome> {
  for (const target of targets) yield await readOutcome(target, options)
}

/** Facts of the target, or the error. Never rejects. */
export async function readOutcome(target: Target, options: ScanOptions): Promise<Outcome> {
  try {
    return { path: target.path, facts: await timed(target.path, readFacts(target, options)) }
  } catch (error) {
    return uncheckedPackage(target.path, error)
  }
}

/** A package whose check ended with this error. */
export function uncheckedPackage(path: string, error: unknown): UncheckedPackage {
  if (error instanceof CheckError && error.reason !== 'usage') {
    return { outcome: 'unchecked', path, reason: error.reason, structure: error.structure, offset: error.offset, message: error.message }
  }
  const detail = types.isNativeError(error) ? (error.stack ?? error.message) : String(error)
  return {
    outcome: 'unchecked',
    path,
    reason: 'internal',
    structure: null,
    offset: null,
    message: `a bug in rpmlint-ts, please report it: ${detail}`,
  }
}
