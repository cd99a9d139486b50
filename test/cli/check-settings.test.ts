/** Where `check` finds its settings. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { folderOfPackages } from '../support/folder-of-packages.js'

const { folder, run, status } = folderOfPackages()

describe('settings', () => {
  const home = join(folder, 'settings/deep')
  const bad = join(folder, 'bad.rpm')

  beforeAll(() => {
    mkdirSync(home, { recursive: true })
    writeFileSync(join(folder, 'settings/rpmlint-ts.toml'), 'fail-on = "never"\n[rules]\nunversioned-crypto-export = "off"\n')
    writeFileSync(join(folder, 'wrong.toml'), 'fail-on = "fatal"\n[rules]\nunversioned-crypto-exprt = "off"\n')
  })

  test('come from the nearest parent directory', async () => {
    const { status: code, out } = await run(['check', bad], { cwd: home })
    expect(code).toBe(0)
    expect(out).not.toContain('unversioned-crypto-export')
    expect(out).toContain('do-nothing-crypto-export')
  })

  test('come from the given file, or none', async () => {
    expect((await run(['check', '--no-config', bad], { cwd: home })).status).toBe(1)
    expect(await status('check', '--config', 'settings/rpmlint-ts.toml', 'bad.rpm')).toBe(0)
    expect(await status('check', 'bad.rpm')).toBe(1)
  })

  test('are overridden by the command line', async () => {
    expect(await status('check', '-c', 'settings/rpmlint-ts.toml', '--fail-on', 'error', 'bad.rpm')).toBe(1)
  })

  test('are printed as they are in effect', async () => {
    const { status: code, out } = await run(['check', '-c', 'settings/rpmlint-ts.toml', '--fail-on', 'info', '--print-config', 'bad.rpm'])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ failOn: 'info', rules: { 'unversioned-crypto-export': { severity: 'off' } } })
  })

  test('with errors stop the run, and all are reported', async () => {
    const { status: code, out, err } = await run(['check', '-c', 'wrong.toml', 'good.rpm'])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err.split('\n').slice(0, 2)).toEqual([
      'rpmlint-ts: wrong.toml: fail-on: "fatal" is not one of error, warning, info, never',
      'wrong.toml: rules.unversioned-crypto-exprt: unknown rule (did you mean unversioned-crypto-export?)',
    ])
  })

  test('that do not exist stop the run', async () => {
    const { status: code, err } = await run(['check', '-c', 'no.toml', 'good.rpm'])
    expect(code).toBe(2)
    expect(err).toContain('cannot read the settings file no.toml: no such file or directory')
  })
})
