import { describe, expect, test } from '@jest/globals'
import { Catalogue } from '../../lib/catalogue/catalogue.js'
import type { LinkFacts, ObjectFacts, PackageFacts } from '../../lib/facts/model.js'
import type { Interposition } from '../../lib/interposition/interposition.js'
import { interpositionsAmong } from '../../lib/interposition/installable-sets.js'
import { packageOf } from '../../lib/testing.js'
import { listed, withIds } from '../support/installed.js'
import { loadable, type StatedLink } from '../support/linked.js'

const catalogue = new Catalogue()
const genuine = { packages: [], sonames: [] }

const LIB = '/usr/lib64'
const at = (path: string, link: StatedLink): ObjectFacts => loadable({ path }, link)
const program = (path: string, link: StatedLink): ObjectFacts => loadable({ path, isProgram: true, soname: null }, link)

const crypto = packageOf({
  name: 'openssl-libs',
  objects: [
    at(`${LIB}/libcrypto.so.10`, { soname: 'libcrypto.so.10', defines: ['CRYPTO_lock@@libcrypto.so.10', 'BIO_new@@libcrypto.so.10'] }),
  ],
})
const client = (link: StatedLink = { defines: ['CRYPTO_lock'] }): PackageFacts =>
  packageOf({ name: 'client', objects: [at(`${LIB}/libclient.so.1`, { soname: 'libclient.so.1', ...link })] })
const mailer = (needed: readonly string[], calls: readonly string[] = ['CRYPTO_lock@libcrypto.so.10']): PackageFacts =>
  packageOf({ name: 'mailer', objects: [program('/usr/libexec/smtp', { needed, calls })] })

const CLIENT_FIRST = ['libclient.so.1', 'libcrypto.so.10']
const CRYPTO_FIRST = ['libcrypto.so.10', 'libclient.so.1']

function found(checked: readonly PackageFacts[], others: readonly PackageFacts[]): { of: string; interposition: Interposition }[] {
  return listed(interpositionsAmong(withIds(checked), withIds(others, 'other'), catalogue, genuine))
}

describe('a reference is hijacked', () => {
  test('if an unversioned definition comes before the genuine one', () =>
    expect(found([client()], [mailer(CLIENT_FIRST), crypto])).toEqual([
      {
        of: '/usr/lib64/libclient.so.1',
        interposition: {
          kind: 'hijacked',
          concerns: 'provider',
          start: {
            root: { path: '/usr/libexec/smtp', package: 'mailer-1-1.x86_64' },
            isPlugin: false,
            order: ['/usr/libexec/smtp', '/usr/lib64/libclient.so.1', '/usr/lib64/libcrypto.so.10'],
          },
          referrer: { path: '/usr/libexec/smtp', package: 'mailer-1-1.x86_64' },
          provider: { path: '/usr/lib64/libclient.so.1', package: 'client-1-1.x86_64' },
          intended: { path: '/usr/lib64/libcrypto.so.10', package: 'openssl-libs-1-1.x86_64' },
          symbols: ['CRYPTO_lock'],
        },
      },
    ]))

  test('in a library as well as in the program, including the genuine library', () => {
    const ssl = packageOf({
      name: 'openssl-libs',
      objects: [
        at(`${LIB}/libcrypto.so.10`, {
          soname: 'libcrypto.so.10',
          defines: ['CRYPTO_lock@@libcrypto.so.10'],
          calls: ['CRYPTO_lock@libcrypto.so.10'],
        }),
        at(`${LIB}/libssl.so.10`, { soname: 'libssl.so.10', needed: ['libcrypto.so.10'], calls: ['CRYPTO_lock@libcrypto.so.10'] }),
      ],
    })
    const referrers = found([client()], [mailer(['libclient.so.1', 'libssl.so.10'], []), ssl]).map(
      ({ interposition }) => interposition.referrer.path,
    )
    expect(referrers.sort()).toEqual(['/usr/lib64/libcrypto.so.10', '/usr/lib64/libssl.so.10'])
  })

  test('by the program itself, which comes first in every lookup', () => {
    const node = packageOf({
      name: 'node',
      objects: [program('/usr/bin/node', { needed: ['libaddon.so.1', 'libcrypto.so.10'], defines: ['CRYPTO_lock'] })],
    })
    const addon = packageOf({
      name: 'addon',
      objects: [at(`${LIB}/libaddon.so.1`, { soname: 'libaddon.so.1', calls: ['CRYPTO_lock@libcrypto.so.10'] })],
    })
    expect(found([node], [addon, crypto])).toMatchObject([
      { of: '/usr/bin/node', interposition: { referrer: { path: '/usr/lib64/libaddon.so.1' }, provider: { path: '/usr/bin/node' } } },
    ])
  })

  test.each([
    ['libcrypto comes first', client(), CRYPTO_FIRST],
    ['the library hides the name', client({ defines: ['client_open'] }), CLIENT_FIRST],
    ['the library has it under a node of its own', client({ defines: ['client_open@@A', 'CRYPTO_lock@@CLIENT_1'] }), CLIENT_FIRST],
    ['the program does not need the library', client(), ['libcrypto.so.10']],
    ['no other library defines the symbol: it was meant for this one', client(), ['libclient.so.1']],
  ])('not where %s', (_why, library, needed) => expect(found([library], [mailer(needed), crypto])).toEqual([]))

  test('where an unversioned reference meets a foreign node', () =>
    expect(found([client({ defines: ['CRYPTO_lock@@CLIENT_1'] })], [mailer(CLIENT_FIRST, ['CRYPTO_lock']), crypto])).toHaveLength(1))
})

describe('a reference is not hijacked', () => {
  const vendor = at('/opt/vendor/lib/libvendortls.so.1', {
    soname: 'libvendortls.so.1',
    defines: ['CRYPTO_lock@@VENDOR_1', 'BIO_new@@VENDOR_1'],
  })
  const daemon = program('/opt/vendor/bin/daemon', {
    needed: ['libvendortls.so.1', 'libcrypto.so.10'],
    runpath: '/opt/vendor/lib',
    calls: ['CRYPTO_lock@VENDOR_1=libvendortls.so.1'],
  })

  test('by the private copy whose version it asks for', () =>
    expect(found([packageOf({ name: 'vendor', objects: [vendor, daemon] })], [crypto])).toEqual([]))

  test('by the private copy of a guarded soname that its object was linked with', () => {
    const copy = at('/opt/vendor/lib/libcrypto.so.1.0.0', { soname: 'libcrypto.so.1.0.0', defines: ['CRYPTO_lock'] })
    const app = program('/opt/vendor/bin/app', {
      needed: ['libcrypto.so.1.0.0', 'libcrypto.so.10'],
      runpath: '/opt/vendor/lib',
      calls: ['CRYPTO_lock'],
    })
    expect(found([packageOf({ name: 'vendor', objects: [copy, app] })], [crypto])).toEqual([])
  })

  test('by the substitute that its program was linked with; the system library beside it is', () => {
    const ldap = packageOf({
      name: 'openldap',
      objects: [
        at(`${LIB}/libldap.so.2`, {
          soname: 'libldap.so.2',
          needed: ['libcrypto.so.10'],
          calls: ['BIO_new@libcrypto.so.10=libcrypto.so.10'],
        }),
      ],
    })
    const linked = mailer(['libclient.so.1', 'libldap.so.2'], ['CRYPTO_lock'])
    const victims = found([client({ defines: ['CRYPTO_lock', 'BIO_new'] })], [linked, ldap, crypto])
    expect(victims.map(({ interposition: { referrer, symbols } }) => [referrer.path, symbols])).toEqual([
      [`${LIB}/libldap.so.2`, ['BIO_new']],
    ])
  })

  test('where two libraries share a generic name, and neither is guarded', () => {
    const hash = (name: string): PackageFacts =>
      packageOf({ name, objects: [at(`${LIB}/lib${name}.so.1`, { soname: `lib${name}.so.1`, defines: ['MD5_Init'] })] })
    const user = at(`${LIB}/libuser.so.1`, { soname: 'libuser.so.1', needed: ['libmd.so.1'], calls: ['MD5_Init'] })
    const app = mailer(['libother.so.1', 'libuser.so.1'], [])
    expect(found([hash('other')], [hash('md'), packageOf({ name: 'user', objects: [user] }), app])).toEqual([])
  })
})

describe('a reference is hijacked by another release of the genuine library', () => {
  const compat = packageOf({
    name: 'openssl098e',
    objects: [at(`${LIB}/libcrypto.so.6`, { soname: 'libcrypto.so.6', defines: ['CRYPTO_lock'] })],
  })

  test('that has no versions', () => {
    const app = mailer(['libcrypto.so.6', 'libcrypto.so.10'], ['CRYPTO_lock@libcrypto.so.10=libcrypto.so.10'])
    expect(found([compat], [app, crypto])).toMatchObject([
      { of: `${LIB}/libcrypto.so.6`, interposition: { kind: 'hijacked', intended: { path: `${LIB}/libcrypto.so.10` } } },
    ])
  })

  test('but not if it is what the object needs', () =>
    expect(found([compat], [mailer(['libcrypto.so.6', 'libcrypto.so.10'], ['CRYPTO_lock']), crypto])).toEqual([]))
})

describe('a reference to a symbol of its own', () => {
  const calling = packageOf({
    name: 'openssl-libs',
    objects: [
      at(`${LIB}/libcrypto.so.10`, {
        soname: 'libcrypto.so.10',
        defines: ['CRYPTO_lock@@libcrypto.so.10'],
        calls: ['CRYPTO_lock@libcrypto.so.10'],
      }),
    ],
  })

  test('is hijacked in the genuine library', () =>
    expect(found([client()], [mailer(CLIENT_FIRST, []), calling])).toMatchObject([
      { interposition: { kind: 'hijacked', referrer: { path: `${LIB}/libcrypto.so.10` }, intended: { path: `${LIB}/libcrypto.so.10` } } },
    ]))
})

describe('without libcrypto', () => {
  test('its soname has its place in the load order', () =>
    expect(found([client()], [mailer(CLIENT_FIRST)])).toMatchObject([
      {
        interposition: {
          intended: { path: 'libcrypto.so.10', package: null },
          start: { order: ['/usr/libexec/smtp', '/usr/lib64/libclient.so.1', 'libcrypto.so.10'] },
        },
      },
    ]))

  test('it is assumed to define the symbols requested before', () => expect(found([client()], [mailer(CRYPTO_FIRST)])).toEqual([]))

  test('it has only its own symbols: SSL_new is libssl’s', () =>
    expect(found([client({ defines: ['SSL_new'] })], [mailer(CLIENT_FIRST, ['SSL_new'])])).toEqual([]))

  test('a library for another machine class does not replace it', () => {
    const other = packageOf({
      name: 'openssl-libs',
      arch: 'aarch64',
      objects: [at('/usr/lib/libcrypto.so.10', { soname: 'libcrypto.so.10', defines: ['CRYPTO_lock@@V'], machine: 183 })],
    })
    expect(found([client()], [mailer(CLIENT_FIRST), other])).toMatchObject([{ interposition: { intended: { path: 'libcrypto.so.10' } } }])
  })
})

describe('a library that no program loads', () => {
  const plugin = packageOf({
    name: 'plugin',
    objects: [at('/usr/lib64/mailer/dict.so', { needed: CLIENT_FIRST, calls: ['CRYPTO_lock@libcrypto.so.10'] })],
  })

  test('is started by itself, which is reported', () =>
    expect(found([client()], [plugin, crypto])).toMatchObject([
      { of: '/usr/lib64/libclient.so.1', interposition: { start: { isPlugin: true, root: { path: '/usr/lib64/mailer/dict.so' } } } },
    ]))

  test('is not a plugin if another one loads it', () => {
    const outer = packageOf({ name: 'outer', objects: [at('/usr/lib64/outer.so', { needed: ['dict.so'], runpath: '/usr/lib64/mailer' })] })
    expect(found([client()], [plugin, crypto, outer]).map(({ interposition }) => interposition.start.root.path)).toEqual([
      '/usr/lib64/outer.so',
    ])
  })
})

describe('self-references of a library are preempted', () => {
  const calling = client({ defines: ['CRYPTO_lock'], calls: ['CRYPTO_lock'] })

  test('where libcrypto comes first', () =>
    expect(found([calling], [mailer(CRYPTO_FIRST), crypto])).toMatchObject([
      {
        of: '/usr/lib64/libclient.so.1',
        interposition: {
          kind: 'reversed',
          concerns: 'referrer',
          provider: { path: '/usr/lib64/libcrypto.so.10' },
          intended: { path: '/usr/lib64/libclient.so.1' },
        },
      },
    ]))

  test('not where it comes first itself', () =>
    expect(found([calling], [mailer(CLIENT_FIRST), crypto]).map(({ interposition }) => interposition.kind)).toEqual(['hijacked']))
})

describe('an interposition is reported for', () => {
  test('the referrer, if the provider is not checked', () =>
    expect(found([mailer(CLIENT_FIRST)], [client(), crypto])).toMatchObject([
      { of: '/usr/libexec/smtp', interposition: { concerns: 'referrer' } },
    ]))

  test('the program, if neither is', () => {
    const ssl = packageOf({
      name: 'curl',
      objects: [at(`${LIB}/libcurl.so.4`, { soname: 'libcurl.so.4', needed: ['libcrypto.so.10'], calls: ['CRYPTO_lock@libcrypto.so.10'] })],
    })
    const checked = mailer(['libclient.so.1', 'libcurl.so.4'], [])
    expect(found([checked], [client(), ssl, crypto])).toMatchObject([{ of: '/usr/libexec/smtp', interposition: { concerns: 'root' } }])
  })

  test('no package, if none of the three is checked', () =>
    expect(found([packageOf({ name: 'bystander' })], [mailer(CLIENT_FIRST), client(), crypto])).toEqual([]))
})

describe('of other packages', () => {
  const old = { ...client(), identity: { name: 'client', epoch: null, version: '0.9', release: '1', arch: 'x86_64' } }
  const fixed = client({ defines: ['client_open'] })

  test('the newest counts', () => {
    expect(found([mailer(CLIENT_FIRST)], [old, fixed, crypto])).toEqual([])
    expect(found([mailer(CLIENT_FIRST)], [fixed, old, crypto])).toEqual([])
  })

  test('none counts if a package of the same name is checked', () =>
    expect(found([fixed], [client(), mailer(CLIENT_FIRST), crypto])).toEqual([]))

  test('source packages install nothing', () => {
    const provenance = { isSource: true, sourceRpm: null, isNosrc: false, isNosrcDerived: false, missingSources: [] }
    expect(found([client()], [{ ...mailer(CLIENT_FIRST), provenance }, crypto])).toEqual([])
  })
})

describe('packages that cannot be installed together', () => {
  const EM_AARCH64 = 183
  const E_MACHINE = 18
  const ofArm = (facts: PackageFacts): PackageFacts => {
    const inArm = ({ head, object, fault }: LinkFacts): LinkFacts => {
      const ofMachine = Uint8Array.from(head)
      ofMachine[E_MACHINE] = EM_AARCH64
      return { head: ofMachine, object: object && { ...object, machine: EM_AARCH64 }, fault }
    }
    const objects = facts.objects.map(object => ({ ...object, link: object.link && inArm(object.link) }))
    return { ...facts, identity: facts.identity && { ...facts.identity, arch: 'aarch64' }, objects }
  }
  const victims = (checked: readonly PackageFacts[], others: readonly PackageFacts[]): (string | null)[] =>
    found(checked, others).map(({ interposition }) => interposition.start.root.package)
  const version = (facts: PackageFacts, number: string): PackageFacts => ({
    ...facts,
    identity: facts.identity && { ...facts.identity, version: number },
  })

  test('of two machines have separate file systems, whatever paths they share', () => {
    const repository = [mailer(CLIENT_FIRST), crypto].flatMap(facts => [ofArm(facts), facts])
    expect(victims([client()], repository)).toEqual(['mailer-1-1.x86_64'])
    expect(victims([ofArm(client())], repository)).toEqual(['mailer-1-1.aarch64'])
    expect(victims([client(), ofArm(client())], repository)).toEqual(['mailer-1-1.x86_64', 'mailer-1-1.aarch64'])
  })

  test('provide their links for their own machine only, even if they have nothing else', () => {
    const links = (name: string): PackageFacts => {
      const target = name === 'ours' ? 'client/libclient.so.1' : 'nowhere'
      return packageOf({ name, symlinks: [{ path: '/usr/lib64/libclient.so.1', target }] })
    }
    const hidden = packageOf({
      name: 'client',
      objects: [at(`${LIB}/client/libclient.so.1`, { soname: 'libclient.so.1', defines: ['CRYPTO_lock'] })],
    })
    expect(victims([hidden], [ofArm(links('theirs')), ofArm(crypto), links('ours'), mailer(CLIENT_FIRST)])).toEqual(['mailer-1-1.x86_64'])
  })

  test('are checked one after the other: two versions of one', () => {
    const fixed = version(client({ defines: ['mysql_init'] }), '2')
    for (const checked of [
      [client(), fixed],
      [fixed, client()],
    ])
      expect(found(checked, [mailer(CLIENT_FIRST), crypto]).map(({ interposition }) => interposition.provider.package)).toEqual([
        'client-1-1.x86_64',
      ])
  })

  test('are checked one after the other: two that have the same file', () => {
    const compat = packageOf({ name: 'client-compat', objects: client().objects.map(object => ({ ...object })) })
    const providers = found([client(), compat], [mailer(CLIENT_FIRST), crypto]).map(({ interposition }) => interposition.provider.package)
    expect(providers).toEqual(['client-1-1.x86_64', 'client-compat-1-1.x86_64'])
  })

  test('are reported once, although others are checked with each of them', () => {
    const newer = version(client(), '2')
    const other = packageOf({
      name: 'other',
      objects: [at(`${LIB}/libother.so.1`, { soname: 'libother.so.1', defines: ['CRYPTO_lock'] })],
    })
    const programs = [mailer(['libother.so.1', 'libcrypto.so.10']), crypto]
    expect(found([client(), newer, other], programs)).toHaveLength(1)
  })
})

describe('a standalone library', () => {
  const standalone = (path: string): PackageFacts => ({
    ...packageOf({ isStandalone: true, objects: [at(path, { soname: 'libclient.so.1', defines: ['CRYPTO_lock'] })] }),
    identity: null,
  })

  test('is checked as if it were installed instead of a packaged one', () => {
    const fixed = client({ defines: ['mysql_init'] })
    expect(found([standalone('build/libclient.so')], [fixed, mailer(CLIENT_FIRST), crypto])).toMatchObject([
      { of: 'build/libclient.so', interposition: { concerns: 'provider', start: { root: { path: '/usr/libexec/smtp' } } } },
    ])
    expect(found([mailer(CLIENT_FIRST)], [standalone('/tmp/libclient.so.1'), crypto])).toHaveLength(1)
    const own: PackageFacts = {
      ...standalone('x'),
      objects: [at('build/libcrypto.so.10', { soname: 'libcrypto.so.10', defines: ['BIO_new@@libcrypto.so.10'] })],
    }
    // It is what it is, and no placeholder that would define CRYPTO_lock too.
    expect(found([client()], [mailer(['libcrypto.so.10', 'libclient.so.1'], ['CRYPTO_lock']), own])).toEqual([])
    expect(found([client({ defines: ['BIO_new'] })], [mailer(['libclient.so.1', 'libcrypto.so.10'], ['BIO_new']), own])).toMatchObject([
      { interposition: { intended: { path: '/usr/lib64/libcrypto.so.10' } } },
    ])
  })

  test('is checked separately from another one of the same name', () =>
    expect(found([standalone('a/libclient.so.1'), standalone('b/libclient.so.1')], [mailer(CLIENT_FIRST)])).toHaveLength(2))
})
