/** What npm packs of us: checked by publint, installed by npm into an empty folder, run there, and used by a program that knows the types alone. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from '@jest/globals'
import { rules } from '../../rules/index.js'
import { samplePath } from '../support/sample.js'
import { describeWithTools, scratchFolder } from '../support/tools.js'

const PROJECT = fileURLToPath(new URL('../..', import.meta.url))
const tool = (name: string): string => join(PROJECT, 'node_modules/.bin', name)
const folder = scratchFolder('own-npm')
const user = join(folder, 'user')
const installed = join(user, 'node_modules/rpmlint-ts')

/** Neither skipLibCheck nor types of Node: what we declare has to stand by itself. */
const TSCONFIG = {
  compilerOptions: { module: 'nodenext', target: 'es2022', strict: true, resolveJsonModule: true, types: [] },
  files: ['use.ts'],
}

const PROGRAM = `
import { lint, readFacts, rules, type Finding, type PackageFacts } from 'rpmlint-ts'
import { defineRule } from 'rpmlint-ts/plugin-api'
import baseline from 'rpmlint-ts/schemas/baseline-1.json' with { type: 'json' }
import bindings from 'rpmlint-ts/schemas/bindings-1.json' with { type: 'json' }
import facts from 'rpmlint-ts/schemas/facts-1.json' with { type: 'json' }
import report from 'rpmlint-ts/schemas/report-1.json' with { type: 'json' }

declare const process: { readonly argv: readonly string[]; readonly stdout: { write(text: string): void } }

const anyOpensslName = defineRule({
  id: 'any-openssl-name',
  scope: 'object',
  severity: 'info',
  summary: 'A library exports OpenSSL names',
  why: 'To see a rule from outside at work.',
  remedy: 'None.',
  references: [],
  messages: { exported: 'exports {count:name:names}' },
  options: {},
  *check({ facts }) {
    const names = facts.guarded.map(({ name }) => name)
    if (names.length > 0) yield { message: 'exported', symbols: names, data: { count: names.length } }
  },
})

const read: PackageFacts = await readFacts(process.argv[2] ?? '')
const found: readonly Finding[] = lint(read)
const byMine = lint(read, undefined, [anyOpensslName])
const schemas = [baseline, bindings, facts, report].map(({ $id }) => $id)
process.stdout.write(JSON.stringify({ rules: rules.length, found: found.map(({ rule }) => rule), mine: byMine.map(({ message }) => message), schemas }))
`

describeWithTools(['npm', 'tar'], 'the package for npm', () => {
  beforeAll(() => {
    const run = (args: readonly string[], cwd: string): void => void execFileSync('npm', args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] })
    run(['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], PROJECT)
    mkdirSync(user)
    writeFileSync(join(user, 'package.json'), '{ "private": true, "type": "module" }')
    const tarball = readdirSync(folder).find(name => name.endsWith('.tgz')) ?? ''
    run(['install', '--offline', '--no-audit', '--no-fund', join(folder, tarball)], user)
  }, 120_000)

  test('is sound by publint, suggestions too', () => {
    const { status, stdout } = spawnSync(tool('publint'), ['run', installed, '--pack', 'false', '--strict'], { encoding: 'utf8' })
    expect(stdout).toContain('All good!')
    expect(status).toBe(0)
  }, 60_000)

  test('needs no other package', () =>
    expect(readdirSync(join(user, 'node_modules')).filter(name => !name.startsWith('.'))).toEqual(['rpmlint-ts']))

  test('has the program on the path of npm', () => {
    const check = (path: string) => spawnSync(join(user, 'node_modules/.bin/rpmlint-ts'), ['check', path], { cwd: '/', encoding: 'utf8' })
    expect(check(samplePath('Percona-Server-shared-compat-5.5.20-92.x86_64.rpm')).status).toBe(0)
    const rejected = check(samplePath('Percona-Server-shared-compat-5.5.20-90.x86_64.rpm'))
    expect(rejected.stdout).toContain('unversioned-crypto-export')
    expect(rejected.status).toBe(1)
  })

  test('has engine, rules of others, types and schemas for a program in TypeScript', () => {
    writeFileSync(join(user, 'tsconfig.json'), JSON.stringify(TSCONFIG))
    writeFileSync(join(user, 'use.ts'), PROGRAM)
    const { stdout: mistakes } = spawnSync(tool('tsc'), ['-p', user], { encoding: 'utf8' })
    expect(mistakes).toBe('')
    const package2012 = samplePath('Percona-Server-shared-compat-5.5.20-90.x86_64.rpm')
    const said = execFileSync(process.execPath, [join(user, 'use.js'), package2012], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    expect(JSON.parse(said)).toMatchObject({
      rules: rules.length,
      found: expect.arrayContaining(['unversioned-crypto-export', 'do-nothing-crypto-export']),
      mine: ['exports 4 names', 'exports 4 names'],
      schemas: ['baseline', 'bindings', 'facts', 'report'].map(name => `rpmlint-ts/${name}/1`),
    })
  }, 60_000)

  test('ships every schema of ours', () => {
    const schemas = (place: string): string[] => readdirSync(join(place, 'lib/report/schemas')).sort()
    expect(schemas(installed)).toEqual(schemas(PROJECT))
    expect(readFileSync(join(installed, 'CHANGELOG.md'), 'utf8')).toContain('# Changelog')
  })
})
