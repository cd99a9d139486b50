/** Diagnostics of the run beside its results: notification objects, section 3.58. */
import type { Notification } from 'sarif'
import type { Notice, PackageReport, Report } from '../../lint/report.js'
import type { RenderContext } from '../format.js'
import { uncheckedSentence } from '../annotations.js'
import { relativePath, reportedPath } from '../reported-path.js'
import { safeText } from '../safe-text.js'
import type { Artifacts } from './artifacts.js'
import { messageOf } from './message.js'
import { LEVELS } from './rules.js'

export function notificationsOf(report: Report, leftOut: number, artifacts: Artifacts, context: RenderContext): Notification[] {
  return [
    ...report.packages.flatMap(entry => packageNotifications(entry, artifacts, context)),
    ...report.notices.map(notice => noticeNotification(notice, artifacts, context)),
    ...(leftOut === 0
      ? []
      : [notification('results-left-out', 'warning', `${leftOut} results are left out; the most severe 5,000 are kept`)]),
  ]
}

function packageNotifications(entry: PackageReport, artifacts: Artifacts, context: RenderContext): Notification[] {
  const locations = [{ physicalLocation: artifacts.location(reportedPath(entry.path, context)) }]
  if (entry.outcome === 'unchecked')
    return [{ ...notification('unchecked', 'error', `${safeText(entry.path)}: ${uncheckedSentence(entry)}`), locations }]
  return entry.notes.map(({ id, message }) => ({ ...notification(id, 'note', `${safeText(entry.path)}: ${safeText(message)}`), locations }))
}

function noticeNotification({ id, severity, message, file, line }: Notice, artifacts: Artifacts, context: RenderContext): Notification {
  const base = notification(id, LEVELS[severity] ?? 'warning', safeText(message))
  if (file === null) return base
  return { ...base, locations: [{ physicalLocation: artifacts.location(relativePath(file, context.workingDirectory), line ?? 1) }] }
}

function notification(id: string, level: Notification.level, text: string): Notification {
  return { descriptor: { id }, level, message: messageOf(text) }
}
