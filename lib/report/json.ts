/** The `check` report as JSON: schema rpmlint-ts/report/1, schemas/report-1.json. */
import { textOf } from '../bytes/names.js'
import type { Finding } from '../lint/finding.js'
import { jsonText } from './json-text.js'
import { summaryOf, type PackageReport, type Report } from '../lint/report.js'

export function renderJson(report: Report): string {
  const { tool, packages, notices } = report
  const summary = summaryOf(report)
  return jsonText({ schema: 'rpmlint-ts/report/1', tool, packages: packages.map(packageJson), notices, summary }, 2)
}

function packageJson(entry: PackageReport): object {
  if (entry.outcome === 'unchecked') {
    const { path, outcome, reason, structure, offset, message } = entry
    return { path, outcome, reason, structure, offset, message, findings: [] }
  }
  const { path, outcome, identity, isSource, sourceRpm, objects, findings, notes } = entry
  return {
    path,
    outcome,
    name: identity?.name ?? null,
    epoch: identity?.epoch ?? null,
    version: identity?.version ?? null,
    release: identity?.release ?? null,
    arch: identity?.arch ?? null,
    sourcePackage: isSource,
    sourceRpm,
    objects,
    findings: findings.map(findingJson),
    notes: notes.map(({ id, message }) => ({ id, message })),
  }
}

function findingJson({ rule, severity, file, symbols, message, remedy, data, fingerprint, waived, unwaived }: Finding): object {
  return { rule, severity, file, symbols: symbols.map(textOf), message, remedy, data, fingerprint, waived, unwaived }
}
