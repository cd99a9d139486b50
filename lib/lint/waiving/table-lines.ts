/** Lines of the tables of an array, which the TOML library does not tell: `[[waivers]]` begins one. */

/** One line for each of `count` tables, or `null` for each where they cannot be told for sure: they were written inline, say. */
export function tableLines(text: string, name: string, count: number): readonly (number | null)[] {
  const header = new RegExp(`^\\s*\\[\\[\\s*["']?${name}["']?\\s*\\]\\]`)
  const lines = text.split('\n').flatMap((line, index) => (header.test(line) ? [index + 1] : []))
  return lines.length === count ? lines : new Array<null>(count).fill(null)
}
