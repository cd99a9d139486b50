import { describe, expect, test } from '@jest/globals'
import { PLUGIN_HOSTS, entryPointsOf, pluginsOf } from '../../lib/facts/plugin-entry-points.js'
import { library, program, type StatedObject } from '../../lib/testing.js'

test('the table has each host once, with patterns that a version script accepts too', () => {
  expect(new Set(PLUGIN_HOSTS.map(({ host }) => host)).size).toBe(PLUGIN_HOSTS.length)
  const patterns = PLUGIN_HOSTS.flatMap(({ entryPoints, companions = [] }) => [...entryPoints, ...companions])
  expect(patterns.filter(pattern => !/^[A-Za-z_*][\w*]*$/.test(pattern) || pattern === '*')).toEqual([])
})

describe('entry points', () => {
  const entryOf = (own: readonly string[], facts: StatedObject = {}) => entryPointsOf(library({ soname: null, ...facts }), own)

  test('are the exports that hosts look up, with their patterns', () => {
    const entry = entryOf(['JNI_OnLoad', 'Java_x_y', 'helper'])
    expect(entry).toMatchObject({ names: ['JNI_OnLoad', 'Java_x_y'], patterns: ['JNI_OnLoad', 'Java_*'] })
    expect(entry?.hosts.map(({ host }) => host)).toEqual(['Java'])
  })

  test('may be those of several hosts', () =>
    expect(entryOf(['PyInit_x', 'Init_x'])?.hosts.map(({ host }) => host)).toEqual(['Python', 'Ruby']))

  test('are none in a library, a program, or without such a symbol', () => {
    expect(entryOf(['PyInit_x'], { soname: 'libpython3.12.so.1.0' })).toBeNull()
    expect(entryPointsOf(program(), ['PyInit_x'])).toBeNull()
    expect(entryOf(['helper'])).toBeNull()
  })
})

test('a plugin is loaded by its hosts, by its directory’s, and by the program whose API it imports', () => {
  const loads = (path: string, object: StatedObject, exports: readonly string[] = []): boolean =>
    pluginsOf(program({ path, exports }))(library({ soname: null, path: '/opt/x.so', ...object }))
  expect(loads('/usr/bin/python3', { exports: ['PyInit_x'] })).toBe(true)
  expect(loads('/usr/bin/node', { exports: ['PyInit_x'] })).toBe(false)
  expect(loads('/usr/bin/blender', { exports: ['PyInit_x'], imports: ['BKE_x'] }, ['BKE_x'])).toBe(true)
  expect(loads('/usr/bin/node', { path: '/usr/lib64/postfix/dict.so' })).toBe(false)
  expect(loads('/usr/libexec/postfix/smtpd', { path: '/usr/lib64/postfix/dict.so' })).toBe(true)
  expect(loads('/usr/bin/any', { imports: ['SSL_new'] }, ['SSL_new'])).toBe(true)
  expect(loads('/usr/bin/any', { soname: 'libx.so.1', imports: ['SSL_new'] }, ['SSL_new'])).toBe(false)
})
