import { describe, expect, test } from '@jest/globals'
import { Catalogue } from '../../lib/catalogue/catalogue.js'
import type { PackageFacts } from '../../lib/facts/model.js'
import { lint } from '../../lib/lint/lint.js'
import { count } from '../../lib/lint/options.js'
import { defineRule, type AnyRule, type RawFinding, type Severity } from '../../lib/lint/rule.js'
import { DEFAULT_SETTINGS, type Settings } from '../../lib/lint/settings.js'
import { library, packageOf, archive } from '../../lib/testing.js'

const catalogue = new Catalogue()
const words = { summary: '', why: '', remedy: 'fix {count:screw:screws}', references: [] }

/** A rule for objects that yields these findings for each. */
function objectRule(id: string, ...problems: readonly RawFinding<'m'>[]): AnyRule {
  return defineRule({
    ...words,
    id,
    scope: 'object',
    severity: 'warning',
    messages: { m: 'is {what}' },
    options: {},
    check: () => problems,
  })
}

const packageRule = defineRule({
  ...words,
  id: 'package-fault',
  scope: 'package',
  severity: 'error',
  messages: { m: '{name}' },
  options: {},
  *check({ name }) {
    yield { message: 'm', data: { name } }
  },
})

const loose = objectRule('loose', { message: 'm', data: { what: 'loose' } })

function run(facts: PackageFacts, rules: readonly AnyRule[], settings: Partial<Settings> = {}) {
  return lint(facts, rules, { ...DEFAULT_SETTINGS, ...settings }, catalogue)
}

const withSeverity = (id: string, severity: Severity | 'off'): Partial<Settings> => ({ rules: { [id]: { severity, options: {} } } })

describe('severity', () => {
  const facts = packageOf({ objects: [library()] })

  test('is the rule’s', () => expect(run(facts, [loose])[0]?.severity).toBe('warning'))

  test.each(['error', 'info'] as const)('is overridden by the settings: %s', severity =>
    expect(run(facts, [loose], withSeverity('loose', severity))[0]?.severity).toBe(severity),
  )

  test('off disables only that rule', () => {
    expect(run(facts, [loose, packageRule], withSeverity('loose', 'off')).map(({ rule }) => rule)).toEqual(['package-fault'])
  })

  test('of a finding may be lower than the rule’s, but not higher', () => {
    const stated = (severity: Severity) => run(facts, [objectRule('x', { message: 'm', severity })])[0]?.severity
    expect([stated('info'), stated('warning'), stated('error')]).toEqual(['info', 'warning', 'warning'])
  })

  test('of a less severe finding stays lower when the rule’s is raised, and is lowered with it', () => {
    const weak = objectRule('x', { message: 'm', severity: 'info' })
    expect(run(facts, [weak], withSeverity('x', 'error'))[0]?.severity).toBe('info')
    expect(run(facts, [objectRule('x', { message: 'm', severity: 'warning' })], withSeverity('x', 'info'))[0]?.severity).toBe('info')
  })
})

describe('a finding', () => {
  test('has its symbols sorted by code unit', () => {
    const rule = objectRule('x', { message: 'm', symbols: ['b', 'a', 'B', 'ä'] })
    expect(run(packageOf({ objects: [library()] }), [rule])[0]?.symbols).toEqual(['B', 'a', 'b', 'ä'])
  })

  test('lists the other paths of a hard-linked file', () => {
    const object = library({ path: '/a', alsoAt: ['/b', '/c'] })
    expect(run(packageOf({ objects: [object] }), [loose])[0]?.data).toEqual({ what: 'loose', alsoAt: ['/b', '/c'] })
    expect(run(packageOf({ objects: [library()] }), [loose])[0]?.data).toEqual({ what: 'loose' })
  })

  test('has its placeholders filled, with singular or plural nouns', () => {
    const rule = objectRule('x', { message: 'm', data: { what: ['a', 'b'], count: 1 } }, { message: 'm', data: { what: null, count: 2 } })
    expect(run(packageOf({ objects: [library()] }), [rule]).map(({ message, remedy }) => `${message}; ${remedy}`)).toEqual([
      'is a, b; fix 1 screw',
      'is null; fix 2 screws',
    ])
  })

  test('does not fill placeholders in values', () => {
    const rule = objectRule('x', { message: 'm', data: { what: '{count} $& {what}', count: 7 } })
    expect(run(packageOf({ objects: [library()] }), [rule])[0]?.message).toBe('is {count} $& {what}')
  })

  test('has the words of the families of its symbols, or of those stated, or of all', () => {
    const inWords = (problem: Partial<RawFinding<'m'>>) =>
      run(packageOf({ objects: [library()] }), [
        objectRule('x', { message: 'm', data: { what: 'w', count: 2 }, remedy: '{count:{families} nut:{families} nuts}', ...problem }),
      ])[0]
    expect(inWords({ symbols: ['CRYPTO_lock', 'other'] })).toMatchObject({ remedy: '2 OpenSSL nuts', data: { families: ['openssl'] } })
    expect(inWords({ families: ['openssl', 'nothing-such'] })).toMatchObject({ remedy: '2 OpenSSL nuts', data: { families: ['openssl'] } })
    expect(inWords({ symbols: ['other'] })).toMatchObject({ remedy: '2 OpenSSL nuts', data: { what: 'w', count: 2 } })
    expect(inWords({ symbols: ['other'] })?.data).not.toHaveProperty('families')
  })

  test('may have its own remedy', () => {
    const rule = objectRule('x', { message: 'm', remedy: 'hide {count:name:names}', data: { count: 3 } })
    expect(run(packageOf({ objects: [library()] }), [rule])[0]?.remedy).toBe('hide 3 names')
  })

  test('is about the package, an object or an archive', () => {
    const archiveRule = defineRule({
      ...words,
      id: 'a',
      scope: 'archive',
      severity: 'info',
      messages: { m: '' },
      options: {},
      check: () => [{ message: 'm' }],
    })
    const facts = packageOf({ objects: [library({ path: '/o' })], archives: [archive([], { path: '/a.a' })] })
    expect(run(facts, [packageRule, archiveRule, loose]).map(({ rule, file }) => [rule, file])).toEqual([
      ['package-fault', null],
      ['a', '/a.a'],
      ['loose', '/o'],
    ])
  })

  test('of a rule for packages may be about one of their files', () => {
    const rule = defineRule({
      ...words,
      id: 'p',
      scope: 'package',
      severity: 'info',
      messages: { m: '' },
      options: {},
      check: () => [{ message: 'm', file: '/f' }],
    })
    const inner = { path: '/i.rpm', facts: packageOf() }
    expect(run(packageOf({ inner: [inner] }), [rule]).map(({ file }) => file)).toEqual(['/f', '/i.rpm!/f'])
  })
})

describe('options', () => {
  const limited = defineRule({
    ...words,
    id: 'limited',
    scope: 'package',
    severity: 'info',
    messages: { m: '{most}' },
    options: { most: count(3, '') },
    *check(_, { most }) {
      yield { message: 'm', data: { most } }
    },
  })

  test('default to the rule’s', () => expect(run(packageOf(), [limited])[0]?.message).toBe('3'))

  test('are overridden by the settings, also with 0', () => {
    expect(run(packageOf(), [limited], { rules: { limited: { severity: null, options: { most: 0 } } } })[0]?.message).toBe('0')
  })
})

describe('nested packages', () => {
  const inmost = packageOf({ name: 'c', objects: [library({ path: '/lib/c.so', alsoAt: ['/lib/d.so'] })] })
  const middle = packageOf({ name: 'b', inner: [{ path: '/c.rpm', facts: inmost }], objects: [library({ path: '/lib/b.so' })] })
  const outer = packageOf({ name: 'a', inner: [{ path: '/s.tar!b.rpm', facts: middle }] })

  test('are checked separately, with full paths', () => {
    expect(run(outer, [packageRule, loose]).map(({ rule, file, message }) => [rule, file, message])).toEqual([
      ['package-fault', null, 'a'],
      ['package-fault', '/s.tar!b.rpm', 'b'],
      ['package-fault', '/s.tar!b.rpm!/c.rpm', 'c'],
      ['loose', '/s.tar!b.rpm!/c.rpm!/lib/c.so', 'is loose'],
      ['loose', '/s.tar!b.rpm!/lib/b.so', 'is loose'],
    ])
  })

  test('have full paths for hard links too', () => {
    expect(run(outer, [loose])[0]?.data['alsoAt']).toEqual(['/s.tar!b.rpm!/c.rpm!/lib/d.so'])
  })
})

describe('order', () => {
  test('is by path, then by rule, independent of the order of facts', () => {
    const paths = ['/b', '/a', '/B', '/a.b', '/a/b']
    const rules = [objectRule('z', { message: 'm' }), objectRule('y', { message: 'm' })]
    const found = run(packageOf({ objects: paths.map(path => library({ path })) }), rules)
    const reversed = run(packageOf({ objects: [...paths].reverse().map(path => library({ path })) }), rules)
    expect(found.map(({ file, rule }) => `${file} ${rule}`)).toEqual(
      ['/B', '/a', '/a.b', '/a/b', '/b'].flatMap(path => [`${path} z`, `${path} y`]),
    )
    expect(reversed).toEqual(found)
  })
})

describe('a fingerprint', () => {
  const prints = (facts: PackageFacts, ...rules: readonly AnyRule[]) => run(facts, rules).map(({ fingerprint }) => fingerprint)
  const at = (path: string, name = 'x', arch = 'x86_64') => prints(packageOf({ name, arch, objects: [library({ path })] }), loose)[0]

  test('is 32 hex digits', () => expect(at('/usr/lib64/libx.so.1')).toMatch(/^[0-9a-f]{32}$/))

  test('is independent of versions, releases and soname versions', () => {
    const facts = packageOf({ objects: [library({ path: '/usr/lib64/libx.so.1.0.2' })] })
    const identity = { name: 'x', epoch: 1, version: '7.1', release: '3.el9', arch: 'x86_64' }
    const next = packageOf({ objects: [library({ path: '/usr/lib64/libx.so.3.10.0' })] })
    expect(prints({ ...next, identity }, loose)).toEqual(prints(facts, loose))
    for (const version of ['1.3', '1.10.2', '1.0.2e', '2.0~rc1', '20120504'])
      expect(at('/x-1.2.tar.gz!x-1.2/x.so')).toBe(at(`/x-${version}.tar.gz!x-${version}/x.so`))
    for (const number of ['2', '3', '10', '1.1'])
      expect([at(`/usr/lib64/libx.so.${number}`), at(`/opt/x-${number}/x.so`)]).toEqual([at('/usr/lib64/libx.so.1'), at('/opt/x-1/x.so')])
  })

  test('distinguishes files, rules, packages and architectures', () => {
    const all = [
      at('/usr/lib64/libx.so.1'),
      at('/usr/lib64/liby.so.1'),
      at('/usr/lib64/libx.so'),
      at('/usr/lib64/libx.so.'),
      at('/usr/lib64/libx.so.1', 'y'),
      at('/usr/lib64/libx.so.1', 'x', 'i686'),
      prints(packageOf({ objects: [library()] }), objectRule('other', { message: 'm' }))[0],
    ]
    expect(new Set(all).size).toBe(all.length)
  })

  test('distinguishes files that differ only in numbers, and two findings of one file', () => {
    const objects = ['/lib/a1.so', '/lib/a2.so', '/lib/a3.so'].map(path => library({ path }))
    const all = prints(packageOf({ objects }), objectRule('x', { message: 'm' }, { message: 'm' }), packageRule)
    expect(all).toHaveLength(7)
    expect(new Set(all).size).toBe(7)
  })

  test('separates its parts', () => {
    expect(at('/a', 'xy', 'z')).not.toBe(at('/a', 'x', 'yz'))
  })
})

test('a clean package has no findings', () => expect(run(packageOf({ objects: [library()] }), [objectRule('none')])).toEqual([]))

describe('names of any length', () => {
  const [long, hostile] = ['n'.repeat(300_000), Array.from({ length: 2000 }, () => 'n'.repeat(300_000))]

  test('are not in a message in full', () => {
    const [finding] = run(packageOf({ objects: [library()] }), [objectRule('x', { message: 'm', data: { what: long } })])
    expect(finding?.message).toBe(`is ${'n'.repeat(499)}…`)
  })

  test('are listed as far as anyone reads', () => {
    const [finding] = run(packageOf({ objects: [library()] }), [objectRule('x', { message: 'm', data: { what: hostile } })])
    expect(finding?.message).toMatch(/^is (?:n{499}…, ){50}1950 more$/)
  })

  test('are in the data up to the length of a path', () => {
    const data = { what: 'short', list: [long, 1, null], table: { long } }
    const [finding] = run(packageOf({ objects: [library()] }), [objectRule('x', { message: 'm', data })])
    const kept = `${'n'.repeat(4095)}…`
    expect(finding?.data).toMatchObject({ what: 'short', list: [kept, 1, null], table: { long: kept } })
  })
})
