import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { loadRules } from '../../../lib/io/config/rule-modules.js'
import { loadSettings } from '../../../lib/io/config/settings-file.js'
import { ruleFault } from '../../../lib/lint/rule-fault.js'
import { rules as ownRules } from '../../../rules/index.js'
import { command } from '../../support/command.js'
import { packageWith } from '../../support/package.js'
import { scratchFolder } from '../../support/tools.js'
import { OFFENDER } from '../../support/scan.js'

const folder = scratchFolder('rule-modules')

function write(path: string, text: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true })
  writeFileSync(join(folder, path), text)
}

/** The text of a rule that reports every object. */
const ruleText = (id: string, more = ''): string => `{
  id: '${id}', scope: 'object', severity: 'warning', summary: 's', why: 'w', remedy: 'r', references: [],
  messages: { here: 'an object of {size} bytes' }, options: {},
  *check({ facts }) { yield { message: 'here', data: { size: facts.size } } }, ${more}
}`

write('rules/acme.mjs', `export const rules = [${ruleText('acme-object')}]`)
write('rules/one.mjs', `export default ${ruleText('acme-one')}`)
write('rules/clash.mjs', `export default ${ruleText('malformed-elf')}`)
write('rules/none.mjs', 'export const something = 1')
write('rules/wrong.mjs', `export default ${ruleText('acme-wrong', "severity: 'fatal'")}`)
write('rules/throws.mjs', "throw new Error('out of order')")
write('node_modules/rpmlint-ts-rules-acme/package.json', '{ "name": "rpmlint-ts-rules-acme", "exports": "./index.mjs" }')
write('node_modules/rpmlint-ts-rules-acme/index.mjs', `export const rules = [${ruleText('acme-packaged')}]`)
write('x.rpm', '')
writeFileSync(join(folder, 'x.rpm'), packageWith({ '/usr/lib64/libx.so.1': OFFENDER }))

const idsFrom = async (...modules: readonly string[]): Promise<string[]> => (await loadRules(modules, folder, [])).map(({ id }) => id)

describe('third-party rules', () => {
  test('come from files, relative to the directory, and from packages', async () => {
    expect(
      await idsFrom('./rules/acme.mjs', 'rules/one.mjs', join(folder, 'rules/one.mjs').replace('one', 'acme')).catch(String),
    ).toContain('rule acme-object is already defined')
    expect(await idsFrom('./rules/acme.mjs', 'rules/one.mjs', 'rpmlint-ts-rules-acme')).toEqual([
      'acme-object',
      'acme-one',
      'acme-packaged',
    ])
  })

  test('follow the built-in ones', async () => {
    const rules = await loadRules(['./rules/one.mjs'], folder, ownRules)
    expect(rules.slice(0, -1)).toEqual(ownRules)
    expect(rules.at(-1)?.id).toBe('acme-one')
  })

  test.each([
    ['./rules/missing.mjs', /^cannot load rules from \.\/rules\/missing\.mjs: /],
    ['rpmlint-ts-rules-missing', /^cannot load rules from rpmlint-ts-rules-missing: Cannot find module/],
    ['./rules/throws.mjs', /^cannot load rules from \.\/rules\/throws\.mjs: out of order$/],
    ['./rules/none.mjs', /^rules from \.\/rules\/none\.mjs: no rules exported/],
    ['./rules/clash.mjs', /^rules from \.\/rules\/clash\.mjs: rule malformed-elf is already defined$/],
    ['./rules/wrong.mjs', /^rules from \.\/rules\/wrong\.mjs: acme-wrong: severity must be one of error, warning, info$/],
  ])('are refused with a reason: %s', async (module, words) => {
    await expect(loadRules([module], folder, ownRules)).rejects.toMatchObject({ name: 'UsageError', message: expect.stringMatching(words) })
  })

  test('are named in the settings, relative to their file, and configured there like any other rule', async () => {
    write('deep/rpmlint-ts.toml', '[rules-from]\nmodules = ["../rules/acme.mjs"]\n[rules]\nacme-object = "error"\n')
    const { settings, rules } = await loadSettings(null, join(folder, 'deep'), ownRules)
    expect(rules.at(-1)?.id).toBe('acme-object')
    expect(settings).toMatchObject({ ruleModules: ['../rules/acme.mjs'], rules: { 'acme-object': { severity: 'error' } } })
    const { status, out } = await command(['check', '-f', 'rpmlint', '../x.rpm'], { cwd: join(folder, 'deep') })
    expect({ status, out }).toEqual({ status: 1, out: expect.stringMatching(/E: acme-object \/usr\/lib64\/libx\.so\.1/) })
  })

  test('are named on the command line, for check, explain and rules', async () => {
    const from = ['--rules-from', 'rules/acme.mjs', '--rules-from', './rules/one.mjs']
    const { out } = await command(['check', '--no-config', ...from, 'x.rpm'], { cwd: folder })
    expect(out).toContain(`an object of ${OFFENDER.length} bytes`)
    expect((await command(['explain', 'acme-one', ...from], { cwd: folder })).out).toContain('acme-one')
    expect((await command(['rules', ...from], { cwd: folder })).out).toContain('acme-object')
    expect(await command(['check', '--rules-from', 'rules/none.mjs', 'x.rpm'], { cwd: folder })).toMatchObject({ status: 2, out: '' })
  })
})

describe('a value is a rule', () => {
  const [rule] = ownRules
  test.each([
    ['with all that a rule has', {}, null],
    ['not without an id', { id: undefined }, 'undefined is not a valid rule id (lower-case words joined by hyphens)'],
    ['not with an id of another form', { id: 'Acme Rule' }, '"Acme Rule" is not a valid rule id (lower-case words joined by hyphens)'],
    ['not of another scope', { id: 'a', scope: 'file' }, 'a: scope must be one of package, object, archive'],
    ['not without a reason', { id: 'a', why: 7 }, 'a: why must be a string'],
    ['not without references', { id: 'a', references: 'https://x' }, 'a: references must be a list'],
    ['not without messages', { id: 'a', messages: null }, 'a: messages must be an object'],
    ['not with a message that is not text', { id: 'a', messages: { here: 7 } }, 'a: messages must be strings'],
    ['not with a reference that is not text', { id: 'a', references: [7] }, 'a: references must be strings'],
    ['not with former ids of another form', { id: 'a', formerIds: 7 }, 'a: formerIds must be a list of strings'],
    ['not with an option that is not declared', { id: 'a', options: { limit: null } }, 'a: option limit has no valid kind and default'],
    ['not with an option of no kind', { id: 'a', options: { limit: { default: 1 } } }, 'a: option limit has no valid kind and default'],
    [
      'not with an invalid default',
      { id: 'a', options: { limit: { kind: 'count', default: '1' } } },
      'a: option limit has no valid kind and default',
    ],
    ['not without a check', { id: 'a', check: 'x' }, 'a: check must be a function'],
  ])('%s', (_, fields, fault) => expect(ruleFault({ ...rule, ...fields })).toBe(fault))

  test('not if it is not an object', () => {
    for (const value of [null, 7, 'x']) expect(ruleFault(value)).toBe(`${String(value)} is not a rule`)
  })
})

describe('a bug in a rule of a module', () => {
  write(
    'rules/bugs.mjs',
    `
const rule = (id, check, more) => ({ ...${ruleText('x')}, id, check, ...more })
export const rules = [
  rule('acme-throws', ({ facts }) => { if (facts.size !== 1) throw new Error('out of order'); return [] }),
  rule('acme-async', async () => []),
  rule('acme-nothing', () => undefined),
  rule('acme-number', () => [7]),
  rule('acme-key', () => [{ message: 'constructor' }]),
  rule('acme-symbols', () => [{ message: 'here', symbols: [1] }]),
  rule('acme-severity', () => [{ message: 'here', severity: 'off' }]),
  rule('acme-data', () => [{ message: 'here', data: { size: 1n } }]),
  rule('acme-cycle', () => { const data = {}; data.data = data; return [{ message: 'here', data }] }),
].filter(({ id }) => id === process.env.ACME_BUG)
`,
  )
  write('clean.rpm', '')
  writeFileSync(join(folder, 'clean.rpm'), packageWith({ '/usr/share/x': Buffer.from('x') }))

  test.each([
    ['acme-throws', 'out of order'],
    ['acme-async', 'iterable'],
    ['acme-nothing', 'iterable'],
    ['acme-number', 'it yielded 7, which is not a finding'],
    ['acme-key', 'it has no message constructor'],
    ['acme-symbols', 'its finding has an invalid symbols'],
    ['acme-severity', 'its finding has an invalid severity'],
    ['acme-data', 'its finding has an invalid data'],
    ['acme-cycle', 'its finding has an invalid data'],
  ])('leaves other packages their results: %s', async (id, detail) => {
    const module = `./rules/${id}.mjs`
    write(module, `process.env.ACME_BUG = '${id}'; export const { rules } = await import('./bugs.mjs?${id}')`)
    const { status, out, err } = await command(['check', '-f', 'json', '--no-config', '--rules-from', module, 'x.rpm', 'clean.rpm'], {
      cwd: folder,
    })
    const { packages } = JSON.parse(out || '{}') as { packages?: readonly { outcome: string; reason?: string }[] }
    expect(packages?.map(({ outcome, reason }) => reason ?? outcome)).toEqual(['internal', 'checked'])
    expect({ status, err }).toEqual({
      status: 2,
      err: expect.stringContaining(`x.rpm: not checked (internal): bug in rule ${id} of module ${module}: `),
    })
    expect(err).toContain(detail)
  })

  test('is not that it is an instance of a class', async () => {
    write(
      'rules/class.mjs',
      `const { check, summary, ...rest } = ${ruleText('acme-class')}
      class Acme {
        #size = 7
        constructor() { Object.assign(this, rest) }
        get summary() { return 'of size ' + this.#size }
        *check() { yield { message: 'here', data: { size: this.#size } } }
      }
      export default new Acme()`,
    )
    const from = ['--rules-from', './rules/class.mjs']
    expect((await command(['check', '--no-config', ...from, 'x.rpm'], { cwd: folder })).out).toContain('an object of 7 bytes')
    expect((await command(['explain', ...from, 'acme-class'], { cwd: folder })).out).toContain('of size 7')
  })
})
