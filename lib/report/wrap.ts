/**
 * Wraps text to a width, each line behind `indent`. Line breaks of the text stay; a list item's further lines stand under its words.
 * A word that is longer than a line is left whole: a path or a version script has to survive copying.
 */
export function wrap(text: string, width: number, indent: string): string {
  return text
    .split('\n')
    .map(line =>
      wrapLine(line, Math.max(20, width - indent.length))
        .map(part => indent + part)
        .join('\n'),
    )
    .join('\n')
}

function wrapLine(line: string, width: number): string[] {
  const hanging = line.startsWith('- ') ? '  ' : ''
  const lines: string[] = []
  let current = ''
  for (const word of line.split(' ')) {
    if (current.trim() !== '' && current.length + 1 + word.length > width) {
      lines.push(current)
      current = hanging + word
    } else {
      current = current === '' ? word : `${current} ${word}`
    }
  }
  return [...lines, current]
}
