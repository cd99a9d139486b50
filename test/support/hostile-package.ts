/** A package whose every name attacks a terminal or a line-based reader: line ends, escape sequences, bidirectional marks. */
import { buildElf } from './elf-builder.js'
import { packageWith } from './package.js'
import { string } from './rpm-builder.js'
import { RPMTAG } from '../../lib/rpm/tags.js'

const utf8 = (text: string): string => Buffer.from(text).toString('latin1')

const EVIL = utf8('evil\n\x1b[2J\x9b\u202e\u2028\r\x07\u2066')

/** What must not reach a terminal. Line feeds are checked by the number of lines. */
export const HARMFUL = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]/

/** Every name contains `mark`, a byte string. */
export function hostilePackage(mark = EVIL): Buffer {
  const unversioned = buildElf({ soname: `lib${mark}.so`, needed: [mark], symbols: [{ name: 'CRYPTO_lock' }, { name: mark }] })
  const foreign = buildElf({ nodes: { 1: 'libv.so', 2: mark }, symbols: [{ name: 'SSL_new', versym: 2 }] })
  const files = {
    [`/${mark}.tar.gz`]: Buffer.from('1f8b080000', 'hex'),
    [`/usr/lib64/lib${mark}.so`]: unversioned,
    [`/usr/lib64/libv${mark}.so`]: foreign,
    [`/usr/lib64/libw${mark}.so`]: buildElf({ symbols: [{ name: mark }] }),
  }
  return packageWith(files, {
    tags: {
      [RPMTAG.NAME.number]: string(`x${mark}`),
      [RPMTAG.ARCH.number]: string(`x86${mark}`),
      [RPMTAG.SOURCERPM.number]: string(`x${mark}.nosrc.rpm`),
      [RPMTAG.PAYLOADCOMPRESSOR.number]: string(mark),
    },
  })
}
