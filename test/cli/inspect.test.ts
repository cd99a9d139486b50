/** `inspect` as users run it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { folderOfPackages } from '../support/folder-of-packages.js'

const { folder, run } = folderOfPackages()

describe('inspect', () => {
  test('lists all symbols, or only OpenSSL’s', async () => {
    const [all, crypto] = await Promise.all([run(['inspect', 'bad.rpm']), run(['inspect', '--exports', 'crypto', 'bad.rpm'])])
    expect([all.status, crypto.status]).toEqual([0, 0])
    expect(all.out).toContain('mysql_init  func')
    expect(crypto.out).not.toContain('mysql_init')
    expect(crypto.out.match(/exports \(4\)/g)).toHaveLength(2)
  })

  test('writes every format requested', async () => {
    const { out } = await run(['inspect', '-f', 'json=facts.json', '-f', 'text', 'bad.rpm'])
    expect(out).toContain('mysql_init  func')
    expect(readFileSync(join(folder, 'facts.json'), 'utf8')).toContain('"rpmlint-ts/facts/1"')
  })

  test('exits with 0 for readable packages, whatever is in them, else with 2', async () => {
    const [json, text] = await Promise.all([run(['inspect', '-f', 'json', 'bad.rpm', 'text.rpm']), run(['inspect', 'text.rpm'])])
    expect([json.status, text.status]).toEqual([2, 2])
    expect(JSON.parse(json.out)).toMatchObject({
      schema: 'rpmlint-ts/facts/1',
      packages: [{ outcome: 'checked' }, { outcome: 'unchecked' }],
    })
    expect(text.err).toMatch(/^rpmlint-ts: text\.rpm: /)
  })
})
