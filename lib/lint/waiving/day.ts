/** Days of the calendar, as YYYY-MM-DD: compared as text, they are compared in time. */

/** Behind a key of its own line or in an inline table, with quotes or without. */
const UNQUOTED = /(?:^|[{,])\s*(["']?)expires\1\s*=\s*(\d{4}-\d{2}-\d{2})(?![\dT:])/g

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/

export function isDay(text: string): boolean {
  const [, year, month, day] = (DAY.exec(text) ?? []).map(Number)
  if (year === undefined || month === undefined || day === undefined) return false
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** A day out of TOML, where it may stand in quotes or as a local date; `null` for anything else. */
export function dayOf(value: unknown): string | null {
  const text = value instanceof Date && !/T|^\d\d:/.test(value.toISOString()) ? value.toISOString() : value
  return typeof text === 'string' && isDay(text) ? text : null
}

/**
 * Days without quotes that no calendar has, with their lines: the TOML library turns 2026-02-30 into 2026-03-02, and a waiver would
 * hold longer than was written.
 */
export function impossibleDays(text: string): { readonly day: string; readonly line: number }[] {
  return text.split('\n').flatMap((line, index) => {
    const days = /^\s*#/.test(line) ? [] : [...line.matchAll(UNQUOTED)].flatMap(([, , day]) => day ?? [])
    return days.filter(day => !isDay(day)).map(day => ({ day, line: index + 1 }))
  })
}
