import { describe, expect, test } from '@jest/globals'
import { InstalledLayer } from '../../lib/interposition/installed-layer.js'
import type { PackageFacts } from '../../lib/facts/model.js'
import { loaderVerdict } from '../../lib/link/file-head.js'
import { LayeredFiles } from '../../lib/link/layered-files.js'
import { packageOf, type StatedPackage } from '../../lib/testing.js'
import { withIds } from '../support/installed.js'
import { loadable } from '../support/linked.js'

const object = (path: string, alsoAt: readonly string[] = []) => loadable({ path, alsoAt }, { soname: 'libx.so.1' })
/** A layer, and its file system without other layers. */
function installed(...packages: readonly StatedPackage[]): LayeredFiles & { readonly layer: InstalledLayer } {
  const layer = new InstalledLayer(withIds(packages.map(packageOf)), null)
  return Object.assign(new LayeredFiles([layer]), { layer })
}
const loaderFiles = (facts: Partial<PackageFacts['loaderFiles']>): PackageFacts['loaderFiles'] => ({
  nonElfLibraries: [],
  configuration: [],
  ...facts,
})

describe('packages installed together', () => {
  test('have their objects under all paths, and through links', () => {
    const x = object('/usr/lib64/libx.so.1.2', ['/usr/lib64/libx_r.so.1.2'])
    const files = installed({ objects: [x], symlinks: [{ path: '/usr/lib64/libx.so.1', target: 'libx.so.1.2' }] })
    const file = files.layer.fileOf('p0', x)
    expect(file?.linked().object).toBe(x.link?.object)
    for (const path of ['/usr/lib64/libx.so.1.2', '/usr/lib64/libx_r.so.1.2', '/usr/lib64/libx.so.1', '/usr/lib64/../lib64/libx.so.1'])
      expect(files.open(path)).toBe(file)
    expect(files.open('/usr/lib64/libx.so')).toBeNull()
    expect(files.open('/usr/lib64')).toBeNull()
  })

  test('are installed through directory links of other packages', () => {
    const x = object('/lib64/libx.so.1')
    for (const packages of [
      [{ objects: [x] }, { symlinks: [{ path: '/lib64', target: 'usr/lib64' }] }],
      [{ symlinks: [{ path: '/lib64', target: '/usr/lib64' }] }, { objects: [x] }],
    ]) {
      const files = installed(...packages)
      expect(files.open('/usr/lib64/libx.so.1')?.realPath).toBe('/usr/lib64/libx.so.1')
      expect(files.open('/lib64/libx.so.1')).toBe(
        files.layer.fileOf(packages.findIndex(({ objects }) => objects !== undefined) === 0 ? 'p0' : 'p1', x),
      )
    }
  })

  test('resolve path conflicts in favour of the first', () => {
    const first = object('/usr/lib64/libx.so.1')
    const second = object('/usr/lib64/libx.so.1')
    const files = installed({ objects: [first] }, { objects: [second], symlinks: [{ path: '/usr/lib64/libx.so.1', target: 'elsewhere' }] })
    expect(files.open('/usr/lib64/libx.so.1')).toBe(files.layer.fileOf('p0', first))
    expect(files.layer.fileOf('p1', second)).toBeNull()
  })

  test('do not install the contents of archives', () => {
    const files = installed({ objects: [{ ...object('/a.tar!usr/lib64/libx.so.1'), isNested: true }] })
    expect(files.open('/a.tar!usr/lib64/libx.so.1')).toBeNull()
  })

  test('provide a file that is not ELF as one that the loader refuses', () => {
    const file = installed({ loaderFiles: loaderFiles({ nonElfLibraries: ['/usr/lib64/libx.so'] }) }).open('/usr/lib64/libx.so')
    for (const elfClass of [32, 64] as const)
      expect(loaderVerdict(file!.head, { elfClass, endianness: 'little', machine: 62 })).toEqual({
        kind: 'refused',
        why: 'invalid ELF header',
      })
    expect(() => file?.linked()).toThrow('not an ELF file')
  })

  test('list the contents of a directory', () => {
    const files = installed({ objects: [object('/usr/lib64/b.so'), object('/usr/lib64/a.so'), object('/opt/c.so')] })
    expect(files.list('/usr/lib64')).toEqual(['a.so', 'b.so'])
    expect(files.list('/')).toEqual(['etc', 'opt', 'usr'])
    expect(files.list('/usr/lib64/a.so')).toEqual([])
    expect(files.list('/none')).toEqual([])
  })

  test('report a broken ELF file when it is opened, not before', () => {
    const broken = { ...object('/usr/lib64/libx.so.1'), link: { head: new Uint8Array(64), object: null, fault: 'cut' } }
    const file = installed({ objects: [broken] }).open('/usr/lib64/libx.so.1')
    expect(() => file?.linked()).toThrow('cut')
  })

  test('have what every system has: programs in /bin, and the loader under its usual path', () => {
    const files = installed({ objects: [object('/usr/bin/x'), object('/usr/lib64/ld-linux-x86-64.so.2'), object('/usr/lib64/libx.so.1')] })
    expect(files.open('/bin/x')).toBe(files.open('/usr/bin/x'))
    expect(files.open('/lib64/ld-linux-x86-64.so.2')?.realPath).toBe('/usr/lib64/ld-linux-x86-64.so.2')
    expect(files.open('/lib64/libx.so.1')).toBeNull()
  })

  test('list their programs', () => {
    const program = loadable({ path: '/usr/bin/x', isProgram: true }, {})
    expect(installed({ objects: [object('/usr/lib64/libx.so.1'), program] }).layer.programs()).toEqual(['/usr/bin/x'])
  })

  test('over a root leave to the root what every system has', () => {
    const layer = new InstalledLayer(withIds([packageOf({ objects: [object('/usr/bin/x')] })]), new InstalledLayer([], null))
    expect(layer.entryAt('/bin')).toBeNull()
    expect(layer.entryAt('/etc/ld.so.conf')).toBeNull()
  })

  test('are installed through directory links of the root', () => {
    const root = new InstalledLayer(withIds([packageOf({ symlinks: [{ path: '/lib64', target: 'usr/lib64' }] })]), null)
    const files = new LayeredFiles([new InstalledLayer(withIds([packageOf({ objects: [object('/lib64/libx.so.1')] })]), root), root])
    expect(files.open('/usr/lib64/libx.so.1')?.realPath).toBe('/usr/lib64/libx.so.1')
  })

  test('do not follow links in a cycle or out of the root', () => {
    const links = [
      { path: '/usr/lib64/a', target: 'b' },
      { path: '/usr/lib64/b', target: 'a' },
      { path: '/usr/lib64/c', target: '../../../../../usr/lib64/libx.so.1' },
    ]
    const files = installed({ objects: [object('/usr/lib64/libx.so.1')], symlinks: links })
    expect(files.open('/usr/lib64/a')).toBeNull()
    expect(files.open('/usr/lib64/c')?.realPath).toBe('/usr/lib64/libx.so.1')
  })

  test('have a usual ld.so.conf, unless one contains its own', () => {
    const text = (files: LayeredFiles): string => Buffer.from(files.read('/etc/ld.so.conf') ?? []).toString()
    expect(text(installed({}))).toBe('include ld.so.conf.d/*.conf\n')
    expect(text(installed({ loaderFiles: loaderFiles({ configuration: [{ path: '/etc/ld.so.conf', content: '/opt/lib\n' }] }) }))).toBe(
      '/opt/lib\n',
    )
    expect(installed({}).read('/etc/none')).toBeNull()
  })

  test('include a standalone library in the others’ library directory, under its soname', () => {
    const standalone = object('/home/me/build/libx-new.so')
    const placed = (...paths: readonly string[]): LayeredFiles =>
      installed({ isStandalone: true, objects: [standalone] }, { objects: paths.map(path => loadable({ path }, { soname: 'libx.so.1' })) })
    const placesOf = (files: LayeredFiles): string[] =>
      ['/usr/lib64', '/usr/lib', '/usr/lib/x86_64-linux-gnu'].filter(
        directory => files.open(`${directory}/libx.so.1`)?.linked().object === standalone.link?.object,
      )
    expect(placesOf(placed())).toEqual(['/usr/lib64', '/usr/lib'])
    expect(placesOf(placed('/usr/lib64/libx.so.1', '/opt/lib/liby.so'))).toEqual(['/usr/lib64'])
    expect(placesOf(placed('/usr/lib/x86_64-linux-gnu/liby.so'))).toEqual(['/usr/lib/x86_64-linux-gnu'])
  })
})
