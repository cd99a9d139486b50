/** Packages around a mail program, to find interpositions among: the genuine libcrypto, a client library, and the program. */
import { Catalogue } from '../../lib/catalogue/catalogue.js'
import type { ObjectFacts, PackageFacts } from '../../lib/facts/model.js'
import type { Interposition } from '../../lib/interposition/interposition.js'
import { interpositionsAmong } from '../../lib/interposition/installable-sets.js'
import { packageOf } from '../../lib/testing.js'
import { listed, withIds } from './installed.js'
import { loadable, type StatedLink } from './linked.js'

const catalogue = new Catalogue()
const genuine = { packages: [], sonames: [] }

export const LIB = '/usr/lib64'
export const at = (path: string, link: StatedLink): ObjectFacts => loadable({ path }, link)
export const program = (path: string, link: StatedLink): ObjectFacts => loadable({ path, isProgram: true, soname: null }, link)

export const crypto = packageOf({
  name: 'openssl-libs',
  objects: [
    at(`${LIB}/libcrypto.so.10`, { soname: 'libcrypto.so.10', defines: ['CRYPTO_lock@@libcrypto.so.10', 'BIO_new@@libcrypto.so.10'] }),
  ],
})
export const client = (link: StatedLink = { defines: ['CRYPTO_lock'] }): PackageFacts =>
  packageOf({ name: 'client', objects: [at(`${LIB}/libclient.so.1`, { soname: 'libclient.so.1', ...link })] })
export const mailer = (needed: readonly string[], calls: readonly string[] = ['CRYPTO_lock@libcrypto.so.10']): PackageFacts =>
  packageOf({ name: 'mailer', objects: [program('/usr/libexec/smtp', { needed, calls })] })

export const CLIENT_FIRST = ['libclient.so.1', 'libcrypto.so.10']
export const CRYPTO_FIRST = ['libcrypto.so.10', 'libclient.so.1']

export function found(checked: readonly PackageFacts[], others: readonly PackageFacts[]): { of: string; interposition: Interposition }[] {
  return listed(interpositionsAmong(withIds(checked), withIds(others, 'other'), catalogue, genuine))
}
