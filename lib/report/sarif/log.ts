/**
 * The report as a SARIF log.
 *
 * Source: OASIS SARIF 2.1.0 with errata 01; GitHub's limits from its documentation of SARIF support. automationDetails is omitted: GitHub's
 * uploader sets it to the category of the upload only if it is missing.
 */
import type { Log, Run } from 'sarif'
import type { Report } from '../../lint/report.js'
import type { RenderContext } from '../format.js'
import { jsonText } from '../json-text.js'
import { relativePath } from '../reported-path.js'
import { Artifacts } from './artifacts.js'
import { notificationsOf } from './notifications.js'
import { resultsOf } from './results.js'
import { descriptorOf } from './rules.js'

export function renderSarif(report: Report, context: RenderContext): string {
  const log: Log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [runOf(report, context)],
  }
  return jsonText(log, 1)
}

function runOf(report: Report, context: RenderContext): Run {
  const artifacts = new Artifacts()
  for (const { path } of report.packages) artifacts.location(relativePath(path, context.workingDirectory))
  const { results, leftOut } = resultsOf(report, artifacts, context)
  const toolExecutionNotifications = notificationsOf(report, leftOut, artifacts, context)
  const executionSuccessful = report.packages.length > 0 && report.packages.every(({ outcome }) => outcome === 'checked')
  const { name, version } = report.tool
  return {
    tool: { driver: { name, version, semanticVersion: version, rules: context.rules.map(descriptorOf) } },
    invocations: [{ executionSuccessful, toolExecutionNotifications }],
    columnKind: 'utf16CodeUnits',
    artifacts: artifacts.list,
    results,
  }
}
