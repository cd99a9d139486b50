/**
 * Names of library files, as ldconfig reads them: which files it looks at, and which of several for one soname it prefers.
 *
 * Source: _dl_is_dso and _dl_cache_libcmp of glibc's elf/dl-is_dso.h and elf/dl-cache.c; compared with ldconfig 2.36.
 */

const LIBRARY = /^(?:lib|ld-).*\.so|^ld(?:64)?\.so\./s

/** Does ldconfig open a file of this name? `name` is a byte string, and has no directory. */
export function isLibraryName(name: string): boolean {
  return LIBRARY.test(name)
}

/** Positive if `a` is the newer one. Numbers are compared as numbers: libx.so.1.10 is newer than libx.so.1.9. */
export function compareLibraryNames(a: string, b: string): number {
  let left = 0
  let right = 0
  while (left < a.length) {
    const [isLeft, isRight] = [isDigit(a, left), isDigit(b, right)]
    if (isLeft !== isRight) return isLeft ? 1 : -1
    if (isLeft) {
      const [one, other] = [digitsAt(a, left), digitsAt(b, right)]
      const order = compareNumbers(one, other)
      if (order !== 0) return order
      left += one.length
      right += other.length
    } else {
      if (a[left] !== b[right]) return codeAt(a, left) - codeAt(b, right)
      left++
      right++
    }
  }
  return right < b.length ? -1 : 0
}

function isDigit(text: string, at: number): boolean {
  const code = codeAt(text, at)
  return code >= 0x30 && code <= 0x39
}

/** -1 behind the end, which is before every character. */
function codeAt(text: string, at: number): number {
  return at < text.length ? text.charCodeAt(at) : -1
}

function digitsAt(text: string, start: number): string {
  let end = start
  while (isDigit(text, end)) end++
  return text.slice(start, end)
}

/** Of any length; glibc's overflow is not imitated. */
function compareNumbers(a: string, b: string): number {
  const [left, right] = [a, b].map(digits => digits.replace(/^0+/, '')) as [string, string]
  if (left.length !== right.length) return left.length - right.length
  return left < right ? -1 : left > right ? 1 : 0
}
