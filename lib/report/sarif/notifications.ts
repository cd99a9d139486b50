/** What the run has to tell beside its results: notification objects, section 3.58. */
import type { Notification } from 'sarif'
import type { Notice, PackageReport, Report } from '../../lint/report.js'
import type { RenderContext } from '../format.js'
import { uncheckedSentence } from '../remarks.js'
import { relativePath, reportedPath } from '../reported-path.js'
import { shown } from '../shown.js'
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
    return [{ ...notification('unchecked', 'error', `${shown(entry.path)}: ${uncheckedSentence(entry)}`), locations }]
  return entry.notes.map(({ id, message }) => ({ ...notification(id, 'note', `${shown(entry.path)}: ${shown(message)}`), locations }))
}

function noticeNotification({ id, severity, message, file, line }: Notice, artifacts: Artifacts, context: RenderContext): Notification {
  const told = notification(id, LEVELS[severity] ?? 'warning', shown(message))
  if (file === null) return told
  return { ...told, locations: [{ physicalLocation: artifacts.location(relativePath(file, context.workingDirectory), line ?? 1) }] }
}

function notification(id: string, level: Notification.level, text: string): Notification {
  return { descriptor: { id }, level, message: messageOf(text) }
}
