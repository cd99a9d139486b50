/** Annotations as Checkstyle 4.3 XML, which most CI systems can read. Waived findings are omitted. */
import type { Report } from '../lint/report.js'
import type { RenderContext } from './format.js'
import { annotationsOf, type Annotation } from './annotations.js'
import { element, xmlDocument } from './xml.js'

export function renderCheckstyle(report: Report, context: RenderContext): string {
  const files = new Map<string, string[]>()
  for (const annotation of annotationsOf(report, context)) {
    const path = annotation.path ?? '.'
    const errors = files.get(path) ?? []
    errors.push(errorOf(annotation))
    files.set(path, errors)
  }
  const elements = [...files].map(([name, errors]) => element('file', { name }, errors))
  return xmlDocument(element('checkstyle', { version: '4.3' }, elements))
}

function errorOf({ id, severity, line, text }: Annotation): string {
  return element('error', { line, severity, message: text, source: `rpmlint-ts.${id}` })
}
