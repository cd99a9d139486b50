/** Dates as YYYY-MM-DD, whose order as text is their order in time. */

/** After the key, at the beginning of a line or in an inline table; the key may be quoted. */
const UNQUOTED = /(?:^|[{,])\s*(["']?)expires\1\s*=\s*(\d{4}-\d{2}-\d{2})(?![\dT:])/g

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/

export function isDay(text: string): boolean {
  const [, year, month, day] = (DAY.exec(text) ?? []).map(Number)
  if (year === undefined || month === undefined || day === undefined) return false
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** A date from TOML, quoted or as a local date; `null` for anything else. */
export function dayOf(value: unknown): string | null {
  const text = value instanceof Date && !/T|^\d\d:/.test(value.toISOString()) ? value.toISOString() : value
  return typeof text === 'string' && isDay(text) ? text : null
}

/**
 * Invalid unquoted dates, with their lines: the TOML library turns 2026-02-30 into 2026-03-02, which would keep a waiver valid for longer
 * than it says.
 */
export function invalidDays(text: string): { readonly day: string; readonly line: number }[] {
  return text.split('\n').flatMap((line, index) => {
    const days = /^\s*#/.test(line) ? [] : [...line.matchAll(UNQUOTED)].flatMap(([, , day]) => day ?? [])
    return days.filter(day => !isDay(day)).map(day => ({ day, line: index + 1 }))
  })
}
