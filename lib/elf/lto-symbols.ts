/**
 * The symbols of a slim LTO object (`gcc -flto -c`): it holds GCC's intermediate code, and machine code only after the final link. For the
 * linker's plugin it lists its symbols in sections .gnu.lto_.symtab, which are never compressed.
 *
 * An entry is: name and comdat group, NUL-terminated; kind and visibility (u8), size (u64), slot (u32).
 * Source: write_symbol of GCC's gcc/lto-streamer-out.cc; parse_table_entry of lto-plugin/lto-plugin.c; enums of include/lto-symtab.h, since GCC 4.5.
 */
import type { Reader } from '../bytes/reader.js'
import { byteStringOf } from '../bytes/names.js'

const FIXED_SIZE = 14 // kind, visibility, size and slot
const KIND_UNDEFINED = 2,
  KIND_UNDEFINED_WEAK = 3 // 0 definition, 1 weak definition, 4 common
const VISIBILITY_PROTECTED = 1 // 0 default, 2 internal, 3 hidden

/** `.gnu.lto_.symtab`, with the suffix that GCC gives the sections of one object since 4.6. */
export function isLtoSymbolSection(name: string): boolean {
  return name === '.gnu.lto_.symtab' || name.startsWith('.gnu.lto_.symtab.')
}

/** Defined symbols of default or protected visibility, as byte strings. Throws `MalformedError`. */
export function decodeLtoSymbols(section: Reader): string[] {
  const text = byteStringOf(section.bytes(0, section.length))
  const names: string[] = []
  for (let at = 0; at < section.length;) {
    const nameEnd = text.indexOf('\0', at)
    const groupEnd = nameEnd < 0 ? -1 : text.indexOf('\0', nameEnd + 1)
    if (groupEnd < 0) section.fail(at, 'a name does not end')
    const [kind, visibility] = section.window('.gnu.lto_.symtab', groupEnd + 1, FIXED_SIZE).bytes(0, 2)
    const isDefined = kind !== KIND_UNDEFINED && kind !== KIND_UNDEFINED_WEAK
    if (isDefined && visibility! <= VISIBILITY_PROTECTED) names.push(text.slice(at, nameEnd))
    at = groupEnd + 1 + FIXED_SIZE
  }
  return names
}
