import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { isArchitecture } from '../../lib/rpm/architectures.js'
import { nevraOf } from '../../lib/rpm/identity.js'
import { parseNevra } from '../../lib/rpm/parse-nevra.js'

describe('parseNevra', () => {
  test.each([
    ['openssl-libs-1:3.2.1-2.fc40.x86_64', ['openssl-libs', 1, '3.2.1', '2.fc40', 'x86_64']],
    ['zlib-1.3-1.noarch', ['zlib', null, '1.3', '1', 'noarch']],
    ['a-0:1-1.i686', ['a', 0, '1', '1', 'i686']],
    ['Percona-Server-shared-compat-5.5.20-90.nosrc', ['Percona-Server-shared-compat', null, '5.5.20', '90', 'nosrc']],
    ['x-1.2~rc1^git7-0.1.x86_64', ['x', null, '1.2~rc1^git7', '0.1', 'x86_64']],
  ])('parses %s, and nevraOf formats it again', (text, parts) => {
    const identity = parseNevra(text)
    expect(Object.values(identity ?? {})).toEqual(parts)
    expect(identity === null ? null : nevraOf(identity)).toBe(text)
  })

  test.each([
    ['x-1-2.fc40', '2.fc40'],
    ['x-1-2', '2'],
    ['x-1-2.el9_3', '2.el9_3'],
    ['x-1-noarch', 'noarch'],
    ['x-1-.x86_64', '.x86_64'],
  ])('leaves the release of %s whole, because its end is not an architecture', (text, release) => {
    expect(parseNevra(text)).toMatchObject({ release, arch: '' })
  })

  test.each(['', 'x', 'x-1', '-1-2', 'x--2', 'x-1-', 'a b-1-2', 'a/b-1-2', 'x-1:-2', 'x-a:1-2', 'x-1-2 '])('rejects %j', text => {
    expect(parseNevra(text)).toBeNull()
  })
})

const RPMRC = '/usr/lib/rpm/rpmrc'
const whereRpmIs = existsSync(RPMRC) ? test : test.skip

whereRpmIs('every architecture that rpm here knows is one', () => {
  const canonical = [...readFileSync(RPMRC, 'latin1').matchAll(/^arch_canon:\s*([^\s:]+)/gm)].map(([, name = '']) => name)
  expect(canonical.length).toBeGreaterThan(50)
  expect(canonical.filter(name => !isArchitecture(name))).toEqual([])
})
