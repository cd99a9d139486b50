/** docs/waivers.md and docs/settings.md show what is read, and command lines that are taken. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { parseCommandLine } from '../lib/cli/command-line.js'
import { COMMANDS } from '../lib/cli/commands.js'
import { TOP_LEVEL, parseSettings } from '../lib/lint/parse-settings.js'
import { parseRpmlintToml } from '../lib/lint/rpmlint/parse-rpmlint-toml.js'
import { parseRpmlintrc } from '../lib/lint/rpmlint/parse-rpmlintrc.js'
import { parseBaseline } from '../lib/lint/suppression/parse-baseline.js'
import { rules } from '../rules/index.js'

const read = (page: string): string => readFileSync(new URL(`../docs/${page}`, import.meta.url), 'utf8')
const blocksOf = (text: string, language: string): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))].map(match => match[1] ?? '')

describe('docs/settings.md', () => {
  const text = read('settings.md')

  test('has settings that are read without a mistake', () => {
    const [all = ''] = blocksOf(text, 'toml')
    expect(parseSettings(all, 'a.toml', rules)).toMatchObject({
      failOn: 'warning',
      rules: { 'bundled-openssl': { severity: 'off' }, 'unversioned-crypto-export': { options: { allow: ['MD5_*'] } } },
      ruleModules: ['./acme-rules.js'],
      genuine: { packages: ['acme-openssl*'], sonames: ['libacmecrypto.so.*'] },
      waiving: { isStrict: true },
      waivers: [{ symbols: ['CRYPTO_lock'] }],
    })
  })

  test('shows every top-level key, and has a row for it', () => {
    const rows = [...text.matchAll(/^\| `([\w.-]+)` \|/gm)].map(([, key = '']) => key.split('.')[0])
    for (const key of TOP_LEVEL) expect(rows).toContain(key)
  })
})

describe('docs/waivers.md', () => {
  const text = read('waivers.md')
  const blocks = (language: string): string[] => blocksOf(text, language)

  test('has settings, rpmlint files and a baseline that are read without a mistake', () => {
    const [waiver = '', waiving = '', rpmlint = ''] = blocks('toml')
    expect(parseSettings(waiver, 'a.toml', rules).waivers).toMatchObject([{ owner: 'packager@example.org', expires: '2027-06-30' }])
    expect(parseSettings(waiving, 'a.toml', rules).waiving).toEqual({ blocked: ['do-nothing-crypto-export'], isStrict: true })
    expect(parseRpmlintToml([{ file: 'a.toml', text: rpmlint }])).toMatchObject({
      scoring: { threshold: 20 },
      filters: [{ isFromRc: false }],
    })
    expect(blocks('json').map(each => parseBaseline(each, 'b.json').entries.length)).toEqual([1])
    expect(blocks('rpmlintrc').map(each => parseRpmlintrc(each, 'a.rpmlintrc'))).toMatchObject([
      { filters: [{ reason: null }, { reason: 'ticket 4711', expires: '2027-06-30' }], badness: { 'foreign-crypto-version': 10 } },
    ])
  })

  test('has command lines that the program accepts', () => {
    const lines = blocks('console').flatMap(block => block.trim().split('\n'))
    expect(lines.length).toBeGreaterThan(3)
    for (const line of lines) expect(() => parseCommandLine(line.split(' ').slice(1))).not.toThrow()
  })

  test('mentions only existing options', () => {
    const { options = {} } = COMMANDS.find(({ name }) => name === 'check') ?? {}
    const ours = [...text.matchAll(/`--([a-z-]+)/g)].map(match => match[1] ?? '').filter(name => !['strict', 'permissive'].includes(name)) // rpmlint's
    expect(ours.length).toBeGreaterThan(10)
    for (const name of ours) expect(Object.keys(options)).toContain(name)
  })
})
