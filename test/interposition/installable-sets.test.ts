import { describe, expect, test } from '@jest/globals'
import type { LinkFacts, PackageFacts } from '../../lib/facts/model.js'
import { packageOf } from '../../lib/testing.js'
import { at, CLIENT_FIRST, client, crypto, found, LIB, mailer } from '../support/mail-packages.js'

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

  const conf = (name: string, arch: string, content = '/opt/client\n'): PackageFacts => ({
    ...packageOf({ name }),
    identity: { name, epoch: null, version: '1', release: '1', arch },
    loaderFiles: { nonElfLibraries: [], configuration: [{ path: '/etc/ld.so.conf.d/client.conf', content }] },
  })
  const hidden = packageOf({
    name: 'client',
    objects: [at('/opt/client/libclient.so.1', { soname: 'libclient.so.1', defines: ['CRYPTO_lock'] })],
  })

  test('provide configuration and links for a second machine of the same system', () => {
    const other = at('/usr/lib/libother.so.1', { soname: 'libother.so.1' })
    const ofI386 = packageOf({
      name: 'other',
      objects: [
        {
          ...other,
          link: other.link && { ...other.link, object: other.link.object && { ...other.link.object, machine: 3, elfClass: 32 } },
        },
      ],
    })
    const of = (arch: string): PackageFacts => ({ ...conf('other', arch), objects: ofI386.objects })
    expect(victims([hidden], [of('i686'), crypto, mailer(CLIENT_FIRST)])).toEqual(['mailer-1-1.x86_64'])
    expect(victims([hidden], [of('ppc64le'), crypto, mailer(CLIENT_FIRST)])).toEqual([])
  })

  test('with different configuration of one path are tried one after the other', () => {
    const others = [crypto, mailer(CLIENT_FIRST)]
    expect(victims([hidden], [conf('a', 'noarch', '/opt/none\n'), conf('b', 'noarch'), ...others])).toEqual(['mailer-1-1.x86_64'])
    expect(victims([hidden], [conf('a', 'noarch'), conf('b', 'noarch', '/opt/none\n'), ...others])).toEqual(['mailer-1-1.x86_64'])
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

describe('alternatives among the other packages', () => {
  const fixed = { defines: ['client_open'] }
  const named = (name: string, facts: PackageFacts, relations: Partial<PackageFacts> = {}): PackageFacts => ({
    ...facts,
    ...relations,
    identity: { name, epoch: null, version: '1', release: '1', arch: 'x86_64' },
  })
  const dependency = (name: string, flags = 0, version = '') => [{ name, flags, version }]
  const LESS = 2
  const providers = (...others: readonly PackageFacts[]): (string | null)[] =>
    found([mailer(CLIENT_FIRST)], [crypto, ...others]).map(({ interposition }) => interposition.provider.package)

  test('that have the same file are tried one after the other', () => {
    for (const [good, bad] of [
      ['a', 'z'],
      ['z', 'a'],
    ] as const)
      expect(providers(named(good, client(fixed)), named(bad, client()))).toEqual([`${bad}-1-1.x86_64`])
  })

  test('that conflict by what they provide are tried one after the other, and so are their own companions', () => {
    const elsewhere = (path: string, link = {}): PackageFacts =>
      packageOf({ objects: [at(path, { soname: 'libclient.so.1', defines: ['CRYPTO_lock'], ...link })] })
    const good = named('a', elsewhere(`${LIB}/libclient.so.1`, fixed), { provides: dependency('client-api') })
    const bad = named('z', elsewhere('/usr/lib/libclient.so.1'), {
      provides: dependency('client-api'),
      conflicts: dependency('client-api'),
    })
    expect(providers(good, bad)).toEqual(['z-1-1.x86_64'])
    expect(providers(bad, good)).toEqual(['z-1-1.x86_64'])
  })

  test('of which one obsoletes the other: the newer one stays', () => {
    const old = named('aaa-old', client())
    expect(providers(old, named('zzz-new', client(fixed), { obsoletes: dependency('aaa-old', LESS, '2') }))).toEqual([])
    expect(providers(old, named('zzz-new', client(fixed), { obsoletes: dependency('aaa-old', LESS, '1') }))).toEqual(['aaa-old-1-1.x86_64'])
  })

  test('of another system obsolete nothing', () => {
    const newer = (arch: string): PackageFacts => ({
      ...packageOf({ name: 'new' }),
      identity: { name: 'new', epoch: null, version: '1', release: '1', arch },
      obsoletes: dependency('aaa-old'),
    })
    expect(providers(named('aaa-old', client()), newer('aarch64'))).toEqual(['aaa-old-1-1.x86_64'])
    for (const arch of ['x86_64', 'i686', 'noarch']) expect(providers(named('aaa-old', client()), newer(arch))).toEqual([])
  })

  test('that conflict by a path are not installed together', () => {
    const program = { ...mailer(CLIENT_FIRST), conflicts: dependency(`${LIB}/libclient.so.1`) }
    expect(found([program], [crypto, client()])).toEqual([])
    expect(
      found(
        [program],
        [
          crypto,
          named('x', packageOf({ objects: [at('/usr/lib/libclient.so.1', { soname: 'libclient.so.1', defines: ['CRYPTO_lock'] })] })),
        ],
      ),
    ).toHaveLength(1)
  })

  test('that obsolete each other both count', () => {
    const one = named('a', client(), { obsoletes: dependency('b') })
    const other = named('b', client(fixed), { obsoletes: dependency('a') })
    expect(providers(one, other)).toEqual(['a-1-1.x86_64'])
    expect(providers(other, one)).toEqual(['a-1-1.x86_64'])
  })

  test('that are obsoleted by a checked package are gone, and one that obsoletes it is not installed with it', () => {
    const program = mailer(CLIENT_FIRST)
    expect(found([{ ...program, obsoletes: dependency('client') }], [crypto, client()])).toEqual([])
    expect(found([program], [crypto, named('x', client(), { obsoletes: dependency('mailer') })])).toEqual([])
  })

  test('are combined where one needs a library of the other', () => {
    const program = (name: string, needed: readonly string[]): PackageFacts => named(name, mailer(needed))
    // The second program and the second client are alternatives of the first ones, and only together they are at fault.
    const all = [named('a', client(fixed)), named('z', client()), program('good', []), program('z-bad', CLIENT_FIRST), crypto]
    expect(found([all[1]!], [all[0]!, ...all.slice(2)])).toHaveLength(1)
    const other = packageOf({ name: 'checked', objects: [at(`${LIB}/libchecked.so.1`, { soname: 'libchecked.so.1' })] })
    expect(found([other], all)).toEqual([])
    expect(found([all[4]!], all.slice(0, 4)).map(({ interposition }) => interposition.provider.package)).toEqual([])
  })

  test('have the same path through the links of a merged /usr', () => {
    const links = packageOf({ name: 'filesystem', symlinks: [{ path: '/lib64', target: 'usr/lib64' }] })
    const good = packageOf({ name: 'a', objects: [at('/lib64/libclient.so.1', { soname: 'libclient.so.1', ...fixed })] })
    expect(providers(good, named('z', client()), links)).toEqual(['z-1-1.x86_64'])
  })

  test('have the same path through a link of any directory', () => {
    const links = packageOf({ name: 'filesystem', symlinks: [{ path: '/opt/client', target: '../usr/lib64' }] })
    const good = packageOf({ name: 'a', objects: [at('/opt/client/libclient.so.1', { soname: 'libclient.so.1', ...fixed })] })
    expect(providers(good, named('z', client()), links)).toEqual(['z-1-1.x86_64'])
  })

  test('of which one has a link where the other has a file are tried one after the other', () => {
    const good = packageOf({
      name: 'a',
      objects: [at(`${LIB}/libclient.so.1.0`, { soname: 'libclient.so.1', ...fixed })],
      symlinks: [{ path: `${LIB}/libclient.so.1`, target: 'libclient.so.1.0' }],
    })
    expect(providers(good, named('z', client()))).toEqual(['z-1-1.x86_64'])
  })

  test('are compared by a hundred conflicts of one name, not by thousands', () => {
    const conflictsAt = (place: number) =>
      Array.from({ length: 200 }, (_, index) => ({ name: 'z', flags: LESS, version: index === place ? '9' : '0' }))
    const program = (place: number): PackageFacts => ({ ...mailer(CLIENT_FIRST), conflicts: conflictsAt(place) })
    const others = [crypto, named('z', client())]
    expect(found([program(99)], others)).toEqual([])
    expect(found([program(100)], others)).toHaveLength(1)
  })

  test('with the same file do not exclude each other', () => {
    const sha256 = 'ab'.repeat(32)
    const same = (name: string, path: string): PackageFacts =>
      packageOf({ name, objects: client().objects.map(object => ({ ...object, sha256 })), symlinks: [{ path, target: 'x' }] })
    expect(providers(same('a', '/a'), same('z', '/z'))).toEqual(['a-1-1.x86_64'])
  })
})

describe('checked packages with the same file', () => {
  const sha256 = 'ab'.repeat(32)
  const withFile = (name: string, ...objects: PackageFacts['objects']): PackageFacts =>
    packageOf({ name, objects: [...client().objects.map(object => ({ ...object, sha256 })), ...objects] })

  test('are installed together: what one has besides affects the programs of the other', () => {
    const other = at(`${LIB}/libother.so.1`, { soname: 'libother.so.1', defines: ['BIO_new'] })
    const program = mailer(['libother.so.1', 'libcrypto.so.10'], ['BIO_new@libcrypto.so.10']).objects
    const interpositions = found([withFile('a', other), withFile('b', ...program)], [crypto])
    expect(interpositions.map(({ of }) => of)).toContain(`${LIB}/libother.so.1`)
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
