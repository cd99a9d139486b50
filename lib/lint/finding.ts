/**
 * A finding: one rule in one file, as the schema of the JSON report defines it.
 */
import { createHash } from 'node:crypto'
import type { Json, Severity } from './rule.js'

export interface Finding {
  readonly rule: string
  readonly severity: Severity
  /** Path inside the package, `null` for the package itself. */
  readonly file: string | null
  /** Complete and sorted. */
  readonly symbols: readonly string[]
  readonly message: string
  readonly remedy: string
  readonly data: Readonly<Record<string, Json>>
  /** Stable across rebuilds: independent of version, release and time. */
  readonly fingerprint: string
  readonly waived: Waived | null
  /** Why a waiver, baseline entry or filter for it does not apply, as a sentence; `null` if there is none. */
  readonly unwaived: string | null
}

/** Why a finding is waived, and by whom. */
export interface Waived {
  readonly by: 'waiver' | 'baseline' | 'rpmlint'
  readonly reason: string
  readonly owner: string | null
  /** The last day on which it is valid, as YYYY-MM-DD. */
  readonly expires: string | null
}

export const MOST_SEVERE_FIRST: readonly Severity[] = ['error', 'warning', 'info']

/** Is `severity` at least as severe as `threshold`? */
export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return MOST_SEVERE_FIRST.indexOf(severity) <= MOST_SEVERE_FIRST.indexOf(threshold)
}

/** A version: 5.5.20, 1.0.1e, 2.0~rc1, 16.0.0. */
const VERSION = /\d[\w.~+^]*/g

/** Hash of the arguments. Versions, releases and soname versions in the path are masked. */
export function fingerprintOf(rule: string, packageName: string, arch: string, file: string | null, occurrence: number): string {
  const masked = (file ?? '').replace(VERSION, '#')
  return createHash('sha256').update([rule, packageName, arch, masked, occurrence].join('\0')).digest('hex').slice(0, 32)
}
