/** States findings and reports in one line, for tests of their consumers. */
import type { Finding } from '../../lib/lint/finding.js'
import { checkedPackage, type Report, type UncheckedPackage } from '../../lib/lint/report.js'
import { packageOf, type StatedPackage } from '../../lib/testing.js'

export function findingOf(stated: Partial<Finding>): Finding {
  return {
    rule: 'loose-screw',
    severity: 'error',
    file: '/usr/lib64/libx.so.1',
    symbols: [],
    message: 'm',
    remedy: 'r',
    data: {},
    fingerprint: '0'.repeat(32),
    waived: null,
    unwaived: null,
    ...stated,
  }
}

/** A report on one package, by default `x-1-1.x86_64`. */
export function reportOf(findings: readonly Finding[], stated: StatedPackage = {}): Report {
  return { tool: { name: 'rpmlint-ts', version: '1' }, packages: [checkedPackage('x.rpm', packageOf(stated), findings)], notices: [] }
}

export function uncheckedPackage(reason: UncheckedPackage['reason']): UncheckedPackage {
  return { outcome: 'unchecked', path: 'y.rpm', reason, structure: null, offset: null, message: 'm' }
}
