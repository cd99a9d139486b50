import { expect, test } from '@jest/globals'
import { configuredIn } from '../../lib/interposition/configured-directories.js'
import { library, packageOf, type StatedPackage } from '../../lib/testing.js'

const having = (files: Readonly<Record<string, string>>, facts: StatedPackage = {}) =>
  packageOf({
    ...facts,
    loaderFiles: { nonElfLibraries: [], configuration: Object.entries(files).map(([path, content]) => ({ path, content })) },
  })

test('packages without ld.so.conf add no directory', () => {
  expect(configuredIn([])).toEqual(new Set())
  expect(configuredIn([packageOf(), having({ '/opt/x.conf': '/opt/x\n' })])).toEqual(new Set())
})

test('a file in ld.so.conf.d adds its directories, unless another package’s ld.so.conf does not include it', () => {
  const vendor = having({ '/etc/ld.so.conf.d/v.conf': '/opt/v/lib/ # ours\n' })
  expect(configuredIn([vendor])).toEqual(new Set(['/opt/v/lib']))
  expect(configuredIn([vendor, having({ '/etc/ld.so.conf': '/opt/other\n' })])).toEqual(new Set(['/opt/other']))
})

test('links lead to a file of another package, and from a directory to its real place', () => {
  const link = packageOf({ symlinks: [{ path: '/etc/ld.so.conf.d/v.conf', target: '../../opt/v/v.conf' }] })
  const objects = [library({ path: '/opt/v/2.0/lib/libx.so.1' })]
  const target = having({ '/opt/v/v.conf': '/opt/v/current\n' }, { symlinks: [{ path: '/opt/v/current', target: '2.0/lib' }], objects })
  expect(configuredIn([link, target])).toEqual(new Set(['/opt/v/current', '/opt/v/2.0/lib']))
})
