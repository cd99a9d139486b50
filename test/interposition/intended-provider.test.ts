/** The truth table of docs/how-verdicts-are-made.md, row by row. */
import { describe, expect, test } from '@jest/globals'
import { intendedProvider, type IntendedReference } from '../../lib/interposition/intended-provider.js'
import { linkMap, type LinkMap } from '../../lib/link/link-map.js'
import { LinkedObject } from '../../lib/link/linked-file.js'
import { linkFacts, type StatedLink } from '../support/linked.js'

/** An object in a process, by its soname. */
function loaded(soname: string, link: StatedLink = {}, dependencies: readonly LinkMap[] = []): LinkMap {
  const { object, head } = linkFacts({ soname, needed: dependencies.map(({ dynamic }) => dynamic?.soname ?? ''), ...link })
  if (object === null) throw new Error('no object')
  const linked = new LinkedObject(object)
  const path = `/usr/lib64/${soname}`
  const map = linkMap(path, { realPath: path, identity: path, head, fault: null, linked: () => linked }, { name: soname })
  map.dependencies.push(...dependencies)
  return map
}

const crypto = loaded('libcrypto.so.3', { defines: ['CRYPTO_lock'] })
const old = loaded('libcrypto.so.10', { defines: ['CRYPTO_lock'] })
const copy = loaded('libvendortls.so.1', { defines: ['CRYPTO_lock'] })
const client = loaded('libclient.so.1', { defines: ['CRYPTO_lock'] })
const empty = loaded('libm.so.6')

function intendedBy(referrer: LinkMap, reference: Partial<IntendedReference>, scope: readonly LinkMap[]): string | null {
  const stated = { symbol: 'CRYPTO_lock', versionFile: null, isOwn: false, referrer, ...reference }
  const intended = intendedProvider(stated, {
    scope,
    defines: (map, symbol) => map.linked.index?.has(symbol) === true,
    isGuardedSoname: soname => soname.startsWith('libcrypto.so.'),
  })
  return intended?.dynamic?.soname ?? null
}

describe('a reference with a version means', () => {
  const app = loaded('app', {}, [client, crypto, copy])
  const scope = [app, client, crypto, copy]

  test('the library of its version requirement, whatever comes first', () =>
    expect(intendedBy(app, { versionFile: 'libcrypto.so.3' }, scope)).toBe('libcrypto.so.3'))
  test('also a private copy with nodes of its own', () =>
    expect(intendedBy(app, { versionFile: 'libvendortls.so.1' }, scope)).toBe('libvendortls.so.1'))
  test('also for a copy of data, which the program defines too', () =>
    expect(intendedBy(app, { versionFile: 'libcrypto.so.3', isOwn: true }, scope)).toBe('libcrypto.so.3'))
  test('nothing that can be told, if that library is not loaded', () =>
    expect(intendedBy(app, { versionFile: 'libcrypto.so.1.1' }, scope)).toBeNull())
})

describe('a reference to a symbol of its own means', () => {
  test('the object itself, whatever it needs', () => {
    const self = loaded('libself.so.1', { defines: ['CRYPTO_lock'] }, [crypto])
    expect(intendedBy(self, { isOwn: true }, [crypto, self])).toBe('libself.so.1')
  })
})

describe('a reference without a version means', () => {
  test.each<[string, readonly LinkMap[], string | null]>([
    ['the needed library of a guarded soname that defines it', [client, crypto], 'libcrypto.so.3'],
    ['the first of them, if several are needed', [old, crypto], 'libcrypto.so.10'],
    ['the first dependency that defines it, if none has a guarded soname', [empty, client, copy], 'libclient.so.1'],
    ['a dependency of a dependency, behind all direct ones', [loaded('libwrap.so.1', {}, [client]), copy], 'libvendortls.so.1'],
    ['a dependency of a dependency, if no direct one defines it', [loaded('libwrap.so.1', {}, [client]), empty], 'libclient.so.1'],
    ['nothing that can be told, if no dependency defines it', [empty], null],
    ['nothing that can be told, without dependencies', [], null],
  ])('%s', (_, dependencies, soname) => {
    const app = loaded('app', {}, dependencies)
    expect(intendedBy(app, {}, [app, ...dependencies, copy])).toBe(soname)
  })

  test('the library of its own entry, not what the program loaded before', () => {
    const plugin = loaded('libplugin.so', {}, [crypto])
    expect(intendedBy(plugin, {}, [client, old, plugin, crypto])).toBe('libcrypto.so.3')
  })

  test('no library of a guarded soname that lacks it', () => {
    const ssl = loaded('libcrypto.so.99', { defines: ['SSL_new'] })
    const app = loaded('app', {}, [ssl, client])
    expect(intendedBy(app, {}, [app, ssl, client])).toBe('libclient.so.1')
  })

  test('what a circle of dependencies defines, and comes to an end', () => {
    const a = loaded('liba.so', {})
    const b = loaded('libb.so', {}, [a])
    a.dependencies.push(b)
    expect(intendedBy(a, {}, [a, b])).toBeNull()
  })
})
