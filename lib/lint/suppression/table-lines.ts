/** Line numbers of the tables of an array, such as `[[waivers]]`, which the TOML library does not report. */

/** A line for each of `count` tables; all `null` if they cannot be determined, as for inline tables. */
export function tableLines(text: string, name: string, count: number): readonly (number | null)[] {
  const header = new RegExp(`^\\s*\\[\\[\\s*["']?${name}["']?\\s*\\]\\]`)
  const lines = text.split('\n').flatMap((line, index) => (header.test(line) ? [index + 1] : []))
  return lines.length === count ? lines : new Array<null>(count).fill(null)
}
