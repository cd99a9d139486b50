/** Rules as reportingDescriptor objects, section 3.49, with the properties that GitHub reads. */
import type { ReportingDescriptor, Result } from 'sarif'
import type { AnyRule, Severity } from '../../lint/rule.js'
import { referenceOf } from '../rule-reference.js'

export const LEVELS: Readonly<Record<Severity, Result.level>> = { error: 'error', warning: 'warning', info: 'note' }

/**
 * GitHub shows the results of a rule with this score as security alerts: from 7.0 as high, from 4.0 as medium. Informational rules have none. It
 * is not a CVSS score, which would depend on the affected program.
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
