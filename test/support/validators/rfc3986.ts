/** URI references by the grammar of RFC 3986, appendix A, as far as paths and the file scheme need it. */
const PCHAR = "(?:[A-Za-z0-9\\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})"
const NO_COLON = PCHAR.replace('=:@', '=@')
const REFERENCE = new RegExp(`^(?:file://(?:/${PCHAR}*)+|(?:/${PCHAR}*)+|${NO_COLON}+(?:/${PCHAR}*)*)$`)

export function isUriReference(text: string): boolean {
  return REFERENCE.test(text)
}
