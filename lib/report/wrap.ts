/**
 * Wraps text to a width, with `indent` before each line. Line breaks are kept, and list items get a hanging indent. A word longer than a line is
 * not broken: paths and version scripts must survive copying.
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
