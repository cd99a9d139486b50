/** The text without the `character`s at its end; at least `least` characters are left. An expression such as / +$/ takes the square of a run of them. */
export function trimmedEnd(text: string, character: string, least = 0): string {
  let end = text.length
  while (end > least && text[end - 1] === character) end--
  return text.slice(0, end)
}
