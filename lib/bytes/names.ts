/**
 * Names from a package: bytes without a known encoding, possibly crafted to attack a terminal.
 *
 * Internally a name is a *byte string*: one UTF-16 unit for each byte (latin1), so that comparison is exact and nothing is lost.
 * At the boundary it becomes text once (`textOf`), and every reporter that writes to a terminal or a line-based format escapes it (`printable`).
 */

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Bytes as a byte string. */
export function byteStringOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}

/** Text as the byte string of its UTF-8. */
export function byteStringFrom(text: string): string {
  return /[^\x00-\x7f]/.test(text) ? Buffer.from(text).toString('latin1') : text
}

/** A byte string as text: decoded as UTF-8 if valid, else every byte above 0x7f becomes `\xNN`. */
export function textOf(byteString: string): string {
  if (!/[\x80-\xff]/.test(byteString)) return byteString
  try {
    return utf8.decode(Buffer.from(byteString, 'latin1'))
  } catch {
    return byteString.replace(/[\x80-\xff]/g, hexEscape)
  }
}

/**
 * Characters that are not seen, or change how others are: formats (bidirectional controls, joiners, tags), line and paragraph separators,
 * and what is ignored where a font has no glyph for it (fillers, variation selectors).
 */
export const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]/gu

/** Text with everything escaped that a terminal or a log reader would interpret, or a reader would not see: C0 and C1 controls, and `INVISIBLE`. */
export function printable(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text
  return text.replace(/[\x00-\x1f\x7f-\x9f]/g, hexEscape).replace(INVISIBLE, unicodeEscape)
}

/** At most `most` characters, with `…` for the rest. A name of a package may have a million. */
export function clipped(text: string, most: number): string {
  if (text.length <= most) return text
  const isHalf = /[\ud800-\udbff]/.test(text[most - 2] ?? '')
  return `${text.slice(0, most - (isHalf ? 2 : 1))}…`
}

function hexEscape(character: string): string {
  return '\\x' + character.charCodeAt(0).toString(16).padStart(2, '0')
}

function unicodeEscape(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16)
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`
}
