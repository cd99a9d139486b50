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
}

/** Why a finding does not count. */
export interface Waived {
  readonly reason: string
}

const SEVERITIES: readonly Severity[] = ['info', 'warning', 'error']

/** Is `severity` as grave as `threshold`, or graver? */
export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(threshold)
}

/** What a fingerprint is made of. Digits are masked: versions, releases and so-numbers live in them. */
export function fingerprintOf(rule: string, packageName: string, arch: string, file: string | null, occurrence: number): string {
  const masked = (file ?? '').replace(/\d+/g, '#')
  return createHash('sha256').update([rule, packageName, arch, masked, occurrence].join('\0')).digest('hex').slice(0, 32)
}
