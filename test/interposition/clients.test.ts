import { describe, expect, test } from '@jest/globals'
import { Catalogue } from '../../lib/catalogue/catalogue.js'
import type { PackageFacts } from '../../lib/facts/model.js'
import { clientsAmong } from '../../lib/interposition/clients.js'
import { DEFAULT_SETTINGS } from '../../lib/lint/settings.js'
import { library, packageOf, program, type StatedObject } from '../../lib/testing.js'
import { withIds } from '../support/installed.js'

/** `path: symbols` for each client of the checked package's objects. */
function clientsOf(checked: PackageFacts, ...context: readonly PackageFacts[]): string[] {
  const found = clientsAmong(withIds([checked]), withIds(context, 'with'), new Catalogue(), DEFAULT_SETTINGS.genuine)
  return [...(found.get('p0')?.values() ?? [])].flat().map(({ object, symbols }) => `${object.path}: ${symbols.join(' ')}`)
}

const OFFENDER = library({ path: '/usr/lib64/libmy.so.1', soname: 'libmy.so.1', exports: ['my_open', 'my_close', 'init', 'SSL_new'] })
const offending = (...others: readonly StatedObject[]): PackageFacts => packageOf({ objects: [OFFENDER, ...others.map(library)] })
const beside = (...objects: readonly StatedObject[]): PackageFacts => packageOf({ name: 'y', objects: objects.map(library) })

describe('clients of a library', () => {
  test('import from it what it exports', () => {
    const client = { path: '/usr/bin/y', isProgram: true, needed: ['libmy.so.1'], imports: ['my_open', 'SSL_new', 'malloc'] }
    expect(clientsOf(offending(), beside(client))).toEqual(['/usr/bin/y: SSL_new my_open'])
    expect(clientsOf(offending(client))).toEqual(['/usr/bin/y: SSL_new my_open'])
  })

  test('need it, if only through another library', () => {
    const client = { path: '/usr/bin/y', imports: ['my_open'] }
    const wrapper = { path: '/usr/lib64/libw.so', soname: 'libw.so', needed: ['libmy.so.1'] }
    expect(clientsOf(offending(), beside(client, wrapper))).toEqual([])
    expect(clientsOf(offending(), beside({ ...client, needed: ['libw.so'] }, wrapper))).toEqual(['/usr/bin/y: my_open'])
  })

  test('do not import what a library before it exports', () => {
    const other = { path: '/usr/lib64/libo.so', soname: 'libo.so', exports: ['init'] }
    const client = (...needed: readonly string[]) => ({ path: '/usr/bin/y', imports: ['init', 'my_open'], needed })
    expect(clientsOf(offending(), beside(other, client('libo.so', 'libmy.so.1')))).toEqual(['/usr/bin/y: my_open'])
    expect(clientsOf(offending(), beside(other, client('libmy.so.1', 'libo.so')))).toEqual(['/usr/bin/y: init my_open'])
  })

  test('do not import what they require of another library by version', () => {
    const imports = [{ name: 'SSL_new', version: 'OPENSSL_3.0.0', from: 'libssl.so.3', binding: 'GLOBAL' }]
    const client = { ...library({ path: '/usr/bin/y', needed: ['libmy.so.1', 'libssl.so.3'] }), imports }
    expect(clientsOf(offending(), packageOf({ name: 'y', objects: [client] }))).toEqual([])
    const own = { ...client, imports: imports.map(each => ({ ...each, from: 'libmy.so.1' })) }
    expect(clientsOf(offending(), packageOf({ name: 'y', objects: [own] }))).toEqual(['/usr/bin/y: SSL_new'])
  })

  test('are of its machine, and installed', () => {
    const client: StatedObject = { path: '/usr/bin/y', needed: ['libmy.so.1'], imports: ['my_open'] }
    const other = { class: 64, data: 'little', machine: 'aarch64', type: 'DYN' } as const
    expect(clientsOf(offending(), beside({ ...client, format: other }, { ...client, isNested: true }))).toEqual([])
  })

  test('tell where they are, and whether the genuine library would serve them', () => {
    const client: StatedObject = { path: '/usr/bin/y', needed: ['libmy.so.1', 'libssl.so.3'], imports: ['SSL_new'] }
    const found = clientsAmong(withIds([offending()]), withIds([beside(client)], 'with'), new Catalogue(), DEFAULT_SETTINGS.genuine)
    expect(found.get('p0')?.get('/usr/lib64/libmy.so.1')).toEqual([
      { object: { path: '/usr/bin/y', package: 'y-1-1.x86_64' }, isElsewhere: true, needsGuarded: true, symbols: ['SSL_new'] },
    ])
  })
})

describe('clients of a program', () => {
  const host = program({ path: '/usr/bin/host', needed: ['libvod.so.1'], exports: ['host_api', 'SSL_new'] })
  const libraryOf = (facts: StatedObject): string[] => clientsOf(packageOf({ objects: [host, library(facts)] }))

  test('are its libraries, and libraries that nothing needs: plugins', () => {
    expect(libraryOf({ path: '/usr/lib64/libvod.so.1', soname: 'libvod.so.1', imports: ['SSL_new'] })).toHaveLength(1)
    expect(libraryOf({ path: '/usr/lib64/host/x.so', soname: null, imports: ['host_api'] })).toHaveLength(1)
  })

  test('are not libraries of another program, nor programs', () => {
    const other = program({ path: '/usr/bin/other', needed: ['libo.so'] })
    const its = library({ path: '/usr/lib64/libo.so', soname: 'libo.so', imports: ['SSL_new'] })
    expect(clientsOf(packageOf({ objects: [host, other, its] }))).toEqual([])
    expect(clientsOf(packageOf({ objects: [host, program({ path: '/usr/bin/other', imports: ['SSL_new'] })] }))).toEqual([])
  })
})

test('objects without guarded symbols, genuine libraries and source packages have no clients', () => {
  const client = { path: '/usr/bin/y', needed: ['libmy.so.1', 'libssl.so.3'], imports: ['my_open', 'SSL_new'] }
  const harmless = packageOf({ objects: [library({ soname: 'libmy.so.1', exports: ['my_open'] })] })
  expect(clientsOf(harmless, beside(client))).toEqual([])
  const genuine = library({ soname: 'libssl.so.3', exports: ['SSL_new@@OPENSSL_3.0.0'] })
  expect(clientsOf(packageOf({ name: 'openssl-libs', objects: [genuine] }), beside(client))).toEqual([])
  const { provenance } = packageOf()
  expect(clientsOf({ ...offending(client), provenance: { ...provenance, isSource: true } })).toEqual([])
})
