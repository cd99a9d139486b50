/** The settings file that `init` writes. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { parseSettings } from '../../lib/lint/parse-settings.js'
import { DEFAULT_SETTINGS } from '../../lib/lint/settings.js'
import { renderSettingsTemplate } from '../../lib/report/settings-template.js'
import { rules } from '../../rules/index.js'
import { commandIn } from '../support/command.js'

jest.setTimeout(60_000) // many processes, on machines that do more than test

const folder = mkdtempSync(join(tmpdir(), 'rpmlint-ts-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = join(folder, 'rpmlint-ts.toml')
beforeEach(() => rmSync(file, { force: true }))

const run = commandIn(folder)

describe('the settings template', () => {
  const text = renderSettingsTemplate(rules)
  const settings = parseSettings(text, 'a.toml', rules)

  test('is equivalent to the defaults', () => {
    expect({ ...settings, rules: {} }).toEqual(DEFAULT_SETTINGS)
  })

  test('has every rule with its severity, and every option with its default', () => {
    const stated = rules.map(({ id, severity, options }) => [
      id,
      { severity, options: Object.fromEntries(Object.entries(options).map(([name, { default: value }]) => [name, value])) },
    ])
    expect(settings.rules).toEqual(Object.fromEntries(stated))
    expect(rules.some(({ options }) => Object.keys(options).length > 0)).toBe(true)
  })

  test('describes each of them', () => {
    const comments = text.replace(/\n# /g, ' ')
    for (const { summary, options } of rules)
      for (const words of [summary, ...Object.values(options).map(({ description }) => description)]) expect(comments).toContain(words)
  })

  test('has an example of a waiver, valid once uncommented', () => {
    const waiver = text.slice(text.indexOf('# [[waivers]]')).replace(/^# /gm, '')
    expect(parseSettings(waiver, 'a.toml', rules).waivers).toMatchObject([{ symbols: ['CRYPTO_lock'], expires: '2027-06-30' }])
  })
})

describe('init', () => {
  test('writes the template where check finds it', async () => {
    expect(await run('init')).toEqual({ status: 0, out: '', err: 'rpmlint-ts: wrote rpmlint-ts.toml\n' })
    expect(readFileSync(file, 'utf8')).toBe(renderSettingsTemplate(rules))
    const { status, out } = await run('check', '--print-config')
    expect(status).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ failOn: 'error', rules: { 'bundled-openssl': { severity: 'info' } } })
  })

  test('overwrites existing settings only with --force', async () => {
    writeFileSync(file, 'fail-on = "info"\n')
    const { status, err } = await run('init')
    expect(status).toBe(2)
    expect(err).toContain('rpmlint-ts: rpmlint-ts.toml already exists; --force overwrites it\n')
    expect(readFileSync(file, 'utf8')).toBe('fail-on = "info"\n')
    expect(await run('init', '--force', '--quiet')).toEqual({ status: 0, out: '', err: '' })
    expect(readFileSync(file, 'utf8')).toBe(renderSettingsTemplate(rules))
  })

  test('writes to another file, or to standard output', async () => {
    expect(await run('init', '-o', '-')).toEqual({ status: 0, out: renderSettingsTemplate(rules), err: '' })
    expect((await run('init', '--output-file', 'other.toml')).status).toBe(0)
    expect([existsSync(file), existsSync(join(folder, 'other.toml'))]).toEqual([false, true])
    expect((await run('init', '-o', 'no/such/folder')).err).toContain('cannot write no/such/folder: no such file or directory')
  })
})
