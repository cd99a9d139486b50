import { UsageError } from '../../lib/errors/check-error.js'

/** The lines of the error that `parse` throws; none if it succeeds. */
export function errorsOf(parse: () => unknown): string[] {
  try {
    parse()
  } catch (error) {
    if (error instanceof UsageError) return error.message.split('\n')
    throw error
  }
  return []
}
