/** Escapes text for GitHub Flavored Markdown: it renders without markup, links, mentions, references or HTML. */

/** A code span, in which only backticks are special. Not for table cells, where a `|` takes precedence. */
export function codeSpan(text: string): string {
  const fence = fenceFor(text, 1)
  const padding = /^`|`$|^ .* $/.test(text) || text === '' ? ' ' : ''
  return fence + padding + text + padding + fence
}

/** A code span in a table cell. A `|` cannot be escaped there reliably (`\|` works, `\\|` does not), so it is written as \x7c. */
export function codeCell(text: string): string {
  return codeSpan(text.replaceAll('|', '\\x7c'))
}

/** Lines as a code block. */
export function codeBlock(text: string): string {
  const fence = fenceFor(text, 3)
  return `${fence}text\n${text}\n${fence}`
}

/**
 * Inline text. Punctuation that could be markup is escaped with a backslash; `@` and `#` are put in code spans, since GitHub looks for mentions
 * and issues in all other text, even if escaped.
 */
export function sentence(text: string): string {
  return text
    .replace(/[!"$%&*+<=>?[\\\]^_`{|}~]|:(?=\S)/g, '\\$&')
    .replace(/www(?=\.)/gi, '$&\\')
    .replace(/[@#]+/g, '`$&`')
}

/** One backtick more than the longest run in the text, and at least `least`. */
function fenceFor(text: string, least: number): string {
  let longest = 0
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length)
  return '`'.repeat(Math.max(least, longest + 1))
}
