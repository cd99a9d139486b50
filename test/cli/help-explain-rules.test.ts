/** The commands `help`, `explain` and `rules`. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { COMMANDS } from '../../lib/cli/commands.js'
import { FORMATS } from '../../lib/report/formats.js'
import { rules } from '../../rules/index.js'
import { folderOfPackages } from '../support/folder-of-packages.js'

const { run } = folderOfPackages()

describe('output', () => {
  test('of help for check has every format with its description', async () => {
    const { out } = await run(['check', '--help'])
    for (const [name, { description }] of Object.entries(FORMATS)) expect(out).toMatch(new RegExp(`^  ${name} +${description}$`, 'm'))
  })

  test.each(['check', 'inspect', 'bindings', 'explain', 'rules'])('of help for %s has its options', async command => {
    const { status: code, out, err } = await run([command, '--help'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain(`rpmlint-ts ${command}`)
    expect(out).toContain('--format')
    expect(out).toContain(command === 'check' ? 'Exit status: 0 clean, 1 findings' : 'Exit status: 0 done, 2 failed or incomplete.')
    expect(/--fail-on/.test(out)).toBe(command === 'check')
  })

  test('of help has all commands', async () => {
    const { status: code, out } = await run(['--help'])
    expect(code).toBe(0)
    expect(out).toContain('Exit status: 0 clean, 1 findings at or above --fail-on, 2 incomplete')
    for (const { name } of COMMANDS) expect(out).toMatch(new RegExp(`^  rpmlint-ts ${name} `, 'm'))
  })

  test('of version is the package’s version', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
    expect(await run(['--version'])).toEqual({ status: 0, out: `${version}\n`, err: '' })
  })

  test('of explain has why and fix', async () => {
    const { status: code, out } = await run(['explain', 'unversioned-crypto-export', 'nosrc-derived'])
    expect(code).toBe(0)
    expect(out).toMatch(/^unversioned-crypto-export \(error\)\n[^]*\nWhy\n[^]*\nFix\n[^]*\nnosrc-derived \(info\)\n/)
  })

  test('of rules lists all, as text and as JSON', async () => {
    const [text, json] = await Promise.all([run(['rules']), run(['rules', '--format', 'json'])])
    const ids = rules.map(({ id }) => id)
    expect([...text.out.matchAll(/^([a-z-]+)  /gm)].map(([, id]) => id)).toEqual(ids)
    expect((JSON.parse(json.out) as { rules: { id: string }[] }).rules.map(({ id }) => id)).toEqual(ids)
  })
})
