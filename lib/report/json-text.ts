/** JSON that is safe to print: control and bidirectional formatting characters, which JSON allows unescaped, are escaped. */
export function jsonText(value: unknown, indent: number): string {
  const text = JSON.stringify(value, null, indent)
  return `${text.replace(/[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, unicodeEscape)}\n`
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
