/** What a format of `check` reports is: a function from a report to text, and what the reader of the text wants. */
import type { Report } from '../lint/report.js'
import type { FailOn } from '../lint/settings.js'
import type { PathContext } from './reported-path.js'
import type { TextOptions } from './text.js'

/** A format takes from it what concerns it. */
export interface RenderContext extends TextOptions, PathContext {
  readonly failOn: FailOn
}

export interface Format {
  readonly description: string
  /** Pure: the same report gives the same bytes. Ends with a newline unless it is empty. */
  render(report: Report, context: RenderContext): string
}
