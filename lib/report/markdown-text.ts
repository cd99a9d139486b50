/** Text in GitHub Flavored Markdown that stays text: no markup, link, mention, reference or HTML comes of it. */

/** In a code span, where nothing but backticks means anything. Not for cells of tables: there a `|` has the last word. */
export function codeSpan(text: string): string {
  const fence = fenceFor(text, 1)
  const padding = /^`|`$|^ .* $/.test(text) || text === '' ? ' ' : ''
  return fence + padding + text + padding + fence
}

/** In a code span of a table's cell. A `|` cannot stand there in every case (`\|` is one, `\\|` is none), so it is written as an escape. */
export function codeCell(text: string): string {
  return codeSpan(text.replaceAll('|', '\\x7c'))
}

/** Lines as a block of code. */
export function codeBlock(text: string): string {
  const fence = fenceFor(text, 3)
  return `${fence}text\n${text}\n${fence}`
}

/**
 * Within a sentence. Punctuation that could be markup has a backslash; `@` and `#` stand in code spans, since GitHub looks for people and issues
 * in all other text, whatever it was in the source.
 */
export function sentence(text: string): string {
  return text
    .replace(/[!"$%&*+<=>?[\\\]^_`{|}~]|:(?=\S)/g, '\\$&')
    .replace(/www(?=\.)/gi, '$&\\')
    .replace(/[@#]+/g, '`$&`')
}

/** One backtick more than there are in a row, and no fewer than `least`. */
function fenceFor(text: string, least: number): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  return '`'.repeat(Math.max(least, longest + 1))
}
