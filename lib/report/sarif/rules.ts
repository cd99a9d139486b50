/** The rules as SARIF describes them: reportingDescriptor, section 3.49, with the properties that GitHub reads beside. */
import type { ReportingDescriptor, Result } from 'sarif'
import type { AnyRule, Severity } from '../../lint/rule.js'
import { referenceOf } from '../rule-reference.js'

export const LEVELS: Readonly<Record<Severity, Result.level>> = { error: 'error', warning: 'warning', info: 'note' }

/**
 * GitHub shows a rule that has this number as a security alert: from 7.0 on of severity high, from 4.0 on medium. What is only worth knowing
 * has none. A score of CVSS it is not: that would take the program that is hit.
 */
const SECURITY_SEVERITIES: Readonly<Record<Severity, string | null>> = { error: '8.0', warning: '5.0', info: null }

export function descriptorOf(rule: AnyRule): ReportingDescriptor {
  const { id, formerIds = [], severity, summary, why, remedy, doesNotHelp, references } = rule
  const security = SECURITY_SEVERITIES[severity]
  return {
    id,
    ...(formerIds.length === 0 ? {} : { deprecatedIds: [...formerIds] }),
    shortDescription: { text: summary },
    fullDescription: { text: why },
    help: {
      text: [why, `Fix: ${remedy}`, ...(doesNotHelp === undefined ? [] : [doesNotHelp]), `See also: ${references.join(' ')}`].join('\n\n'),
      markdown: referenceOf(rule),
    },
    defaultConfiguration: { level: LEVELS[severity] ?? 'warning' },
    properties: {
      tags: ['rpm', 'elf', ...(security === null ? [] : ['security'])],
      precision: 'very-high',
      'problem.severity': severity === 'info' ? 'recommendation' : severity,
      ...(security === null ? {} : { 'security-severity': security }),
    },
  }
}
