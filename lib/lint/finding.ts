/**
 * A finding: one rule, one file, in the form that the JSON report promises.
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
  /** Stable over rebuilds: no version, release or time is in it. */
  readonly fingerprint: string
  readonly waived: Waived | null
  /** Why a waiver that was meant for it does not hold, as a sentence; `null` where there is none. */
  readonly unwaived: string | null
}

/** Why a finding does not count, and who said so. */
export interface Waived {
  readonly by: 'waiver' | 'baseline' | 'rpmlint'
  readonly reason: string
  readonly owner: string | null
  /** The last day on which it holds, as YYYY-MM-DD. */
  readonly expires: string | null
}

export const MOST_SEVERE_FIRST: readonly Severity[] = ['error', 'warning', 'info']

/** Is `severity` as grave as `threshold`, or graver? */
export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return MOST_SEVERE_FIRST.indexOf(severity) <= MOST_SEVERE_FIRST.indexOf(threshold)
}

/** From a digit on, what may belong to a version: 5.5.20, 1.0.1e, 2.0~rc1, 16.0.0. */
const VERSION = /\d[\w.~+^]*/g

/** What a fingerprint is made of. Versions, releases and so-numbers are masked, however many parts they have. */
export function fingerprintOf(rule: string, packageName: string, arch: string, file: string | null, occurrence: number): string {
  const masked = (file ?? '').replace(VERSION, '#')
  return createHash('sha256').update([rule, packageName, arch, masked, occurrence].join('\0')).digest('hex').slice(0, 32)
}
