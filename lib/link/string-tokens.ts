/**
 * $ORIGIN, $LIB and $PLATFORM in the paths and names of an object, with or without braces.
 *
 * Source: is_dst and _dl_dst_substitute of glibc's elf/dl-load.c.
 */
export interface Tokens {
  /** Directory of the object; `null` where it is not known. */
  readonly ORIGIN: string | null
  readonly LIB: string
  readonly PLATFORM: string | null
}

/** `null` for a text with a token whose value is not known: the loader drops such a path. Other text is left unchanged. */
export function expandTokens(text: string, tokens: Tokens): string | null {
  if (!text.includes('$')) return text
  let isUnknown = false
  const expanded = text.replace(/\$(?:\{(ORIGIN|PLATFORM|LIB)\}|(ORIGIN|PLATFORM|LIB)(?![A-Za-z0-9_]))/g, (whole, braced, bare) => {
    const value = tokens[(braced ?? bare) as keyof Tokens]
    isUnknown ||= value === null
    return value ?? whole
  })
  return isUnknown ? null : expanded
}
