/** Terminal colours as functions of text; `plain` changes nothing. */
export interface Style {
  bold(text: string): string
  dim(text: string): string
  red(text: string): string
  yellow(text: string): string
  green(text: string): string
  cyan(text: string): string
}

export const plain: Style = { bold: same, dim: same, red: same, yellow: same, green: same, cyan: same }

/** Select Graphic Rendition codes of ECMA-48. */
export const coloured: Style = {
  bold: sgr(1, 22),
  dim: sgr(2, 22),
  red: sgr(31, 39),
  yellow: sgr(33, 39),
  green: sgr(32, 39),
  cyan: sgr(36, 39),
}

function same(text: string): string {
  return text
}

function sgr(on: number, off: number): (text: string) => string {
  return text => `\x1b[${on}m${text}\x1b[${off}m`
}
