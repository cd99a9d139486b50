/** Functions that read text of a package of any length, each with all of these texts. */
import { clipped, printable, textOf } from '../../lib/bytes/names.js'
import { isNamedLikeLibrary } from '../../lib/bytes/library-name.js'
import { trimmedEnd } from '../../lib/bytes/trim-end.js'
import { matchesWildcard } from '../../lib/bytes/wildcard.js'
import { Catalogue } from '../../lib/catalogue/catalogue.js'
import { guardedSoname, isOwnPackage } from '../../lib/catalogue/genuine.js'
import { isPublicPath } from '../../lib/facts/public-path.js'
import { listsDirectories } from '../../lib/io/package/loader-config-file.js'
import { compareLibraryNames, isLibraryName } from '../../lib/link/library-names.js'
import { configuredDirectories } from '../../lib/link/loader-config.js'
import { expandTokens } from '../../lib/link/string-tokens.js'
import { DEFAULT_SETTINGS } from '../../lib/lint/settings.js'
import { codeSpan, sentence } from '../../lib/report/markdown-text.js'
import { relativePath } from '../../lib/report/reported-path.js'

const catalogue = new Catalogue()
const { genuine } = DEFAULT_SETTINGS

/** Repeated, they are what expressions and loops that go back stumble over. */
const PIECES = [
  '.so',
  '/',
  'lib/',
  '-devel',
  '1.',
  '_',
  ' ',
  './',
  '$ORIGIN',
  '`',
  'lib64openssl-',
  '/glibc-hwcaps/',
  '\n/',
  '0',
  '\xe9',
  '[',
]
/** The expression has to read to the end before it fails. */
const ENDINGS = ['', '/x', '\n']

export function textsOf(size: number): string[] {
  return PIECES.flatMap(piece =>
    ['', 'openssl', 'OPENSSL_1.', '/usr/lib'].flatMap(start => ENDINGS.map(end => start + piece.repeat(size / piece.length) + end)),
  )
}

export const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  clipped: text => clipped(text, 500),
  codeSpan,
  compareLibraryNames: text => compareLibraryNames(text, `${text}x`),
  configuredDirectories: text => configuredDirectories('/etc/ld.so.conf', { read: () => text.replaceAll('[', 'x'), list: () => [] }),
  expandTokens: text => expandTokens(text, { ORIGIN: '/x', LIB: 'lib', PLATFORM: null }),
  guardedSoname: text => guardedSoname(text, catalogue, genuine),
  isLibraryName,
  isNamedLikeLibrary,
  isOwnNode: text => catalogue.families.map(family => family.isOwnNode(text)),
  isOwnPackage: text => catalogue.families.map(({ data }) => isOwnPackage(text, data.family, catalogue, genuine)),
  isPublicPath,
  listsDirectories,
  matchesWildcard: text => matchesWildcard('/opt/*/lib/*/lib/*.so.*', text),
  printable,
  relativePath: text => relativePath(text, '/work'),
  sentence,
  textOf,
  trimmedEnd: text => trimmedEnd(text, '/'),
}
