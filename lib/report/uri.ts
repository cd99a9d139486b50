/**
 * Paths as URI references (RFC 3986).
 *
 * Each segment is percent-encoded as UTF-8. Characters allowed in a segment stay readable: unreserved characters, sub-delims, `:` and `@`.
 */
export function uriOf(path: string): string {
  const [first = '', ...rest] = path.split('/').map(segmentOf)
  const reference = [first, ...rest].join('/')
  if (path.startsWith('/')) return `file://${reference}`
  return first.includes(':') ? `./${reference}` : reference // a first segment with a colon would be read as a scheme (section 4.2)
}

/** The path of a file inside a package: absolute, without a scheme. */
export function innerUriOf(file: string): string {
  return file.replace(/^\/*/, '/').split('/').map(segmentOf).join('/')
}

/** One segment; a lone surrogate, which UTF-8 cannot encode, becomes U+FFFD. */
export function segmentOf(name: string): string {
  return encodeURIComponent(name.replace(/\p{Surrogate}/gu, '\ufffd')).replace(/%(?:2B|3A|3B|3D|40|24|26|2C)/g, decodeURIComponent)
}
