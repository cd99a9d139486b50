/** The contract of the formats of `check`: a function from a report to text. */
import type { Report } from '../lint/report.js'
import type { FailOn } from '../lint/settings.js'
import type { PathContext } from './reported-path.js'
import type { TextOptions } from './text.js'

/** Options of all formats; each uses its own. */
export interface RenderContext extends TextOptions, PathContext {
  readonly failOn: FailOn
}

export interface Format {
  readonly description: string
  /** Pure: the same report gives the same bytes. Ends with a newline unless it is empty. */
  render(report: Report, context: RenderContext): string
}
