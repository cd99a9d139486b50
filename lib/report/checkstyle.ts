/** Problems as Checkstyle 4.3 lists them, file by file: the XML that most pages of CI systems can read. What is waived is left out. */
import type { Report } from '../lint/report.js'
import type { RenderContext } from './format.js'
import { remarksOf, type Remark } from './remarks.js'
import { element, xmlDocument } from './xml.js'

export function renderCheckstyle(report: Report, context: RenderContext): string {
  const files = new Map<string, string[]>()
  for (const remark of remarksOf(report, context)) {
    const path = remark.path ?? '.'
    const errors = files.get(path) ?? []
    errors.push(errorOf(remark))
    files.set(path, errors)
  }
  const elements = [...files].map(([name, errors]) => element('file', { name }, errors))
  return xmlDocument(element('checkstyle', { version: '4.3' }, elements))
}

function errorOf({ id, severity, line, text }: Remark): string {
  return element('error', { line, severity, message: text, source: `rpmlint-ts.${id}` })
}
