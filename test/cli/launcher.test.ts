/** The launcher, dist/rpmlint-ts.cjs: an outdated Node.js and a damaged installation give one line and exit status 2, never 0 or 1. */
import { spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdirSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { PROGRAM } from '../support/program.js'
import { samplePath } from '../support/sample.js'
import { scratchFolder } from '../support/tools.js'

const DIST = dirname(PROGRAM)
const GOOD = samplePath('Percona-Server-shared-compat-5.5.20-92.x86_64.rpm')
const manifest = JSON.parse(readFileSync(join(DIST, '../package.json'), 'utf8')) as { version: string; engines: { node: string } }
const folder = scratchFolder('launcher')

function run(program: string, args: readonly string[], options: readonly string[] = []) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...options, program, ...args], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

describe('Node.js', () => {
  const floor = manifest.engines.node.replace('>=', '')
  const [major = 0, minor = 0] = floor.split('.').map(Number)
  const claiming = (version: string) => {
    const preload = join(folder, `${version}.cjs`)
    writeFileSync(preload, `Object.defineProperty(process, 'version', { value: '${version}' })`)
    return run(PROGRAM, ['--version'], ['--require', preload])
  }

  test.each(['v0.10.48', 'v8.17.0', 'v18.19.0', `v${major - 1}.99.0`, `v${major}.${minor - 1}.3`, `v${major}.${minor - 1}.0-nightly`])(
    '%s is too old, in one line',
    version =>
      expect(claiming(version)).toEqual({
        status: 2,
        stdout: '',
        stderr: `rpmlint-ts: needs Node.js ${floor} or later; this is ${version} (${process.execPath})\n`,
      }),
  )

  test.each([`v${major}.${minor}.0`, `v${major}.${minor + 1}.0`, `v${major + 1}.0.0`, 'v100.0.0-pre'])('%s is not', version =>
    expect(claiming(version)).toEqual({ status: 0, stdout: `${manifest.version}\n`, stderr: '' }),
  )
})

describe('an installation', () => {
  /** A copy of the program after `damage`. */
  function installed(name: string, damage: (dist: string) => void) {
    const dist = join(folder, name, 'dist')
    mkdirSync(dist, { recursive: true })
    writeFileSync(join(folder, name, 'package.json'), '{ "type": "module" }')
    for (const entry of ['chunks', 'cli.js', 'liblzma', 'rpmlint-ts.cjs', 'start.cjs'])
      cpSync(join(DIST, entry), join(dist, entry), { recursive: true })
    damage(dist)
    return { dist, check: (...args: readonly string[]) => run(join(dist, 'rpmlint-ts.cjs'), args.length > 0 ? args : ['check', GOOD]) }
  }

  const chunk = (dist: string, name: RegExp): string =>
    join(dist, 'chunks', readdirSync(join(dist, 'chunks')).find(file => name.test(file)) ?? 'none')

  test('that is complete checks packages', () =>
    expect(installed('whole', () => undefined).check()).toMatchObject({ status: 0, stderr: '' }))

  test('without the program names the missing file', () => {
    const { dist, check } = installed('no-program', place => rmSync(join(place, 'cli.js')))
    expect(check()).toEqual({ status: 2, stdout: '', stderr: `rpmlint-ts: ${join(dist, 'cli.js')} is missing; reinstall rpmlint-ts\n` })
  })

  test('without a file that the program imports names it', () => {
    const { dist, check } = installed('imports', place => appendFileSync(join(place, 'cli.js'), "import './chunks/gone.js'\n"))
    expect(check()).toEqual({
      status: 2,
      stdout: '',
      stderr: `rpmlint-ts: ${join(dist, 'chunks/gone.js')} is missing; reinstall rpmlint-ts\n`,
    })
  })

  test('without a file that is loaded on demand names it too', () => {
    const { dist, check } = installed('lazy', place => rmSync(chunk(place, /^yargs/)))
    const file = chunk(DIST, /^yargs/).replace(DIST, dist)
    expect(check('--help')).toEqual({ status: 2, stdout: '', stderr: `rpmlint-ts: ${file} is missing; reinstall rpmlint-ts\n` })
    expect(check()).toMatchObject({ status: 0, stderr: '' })
  })

  test.each<[string, string, (file: string) => void, string]>([
    ['a program cut short', 'cli.js', file => truncateSync(file, 100_000), 'cannot be loaded ('],
    ['a program that is not one', 'cli.js', file => writeFileSync(file, 'throw undefined'), 'cannot be loaded (undefined)'],
    [
      'an export missing',
      'cli.js',
      file => writeFileSync(file, 'import { no } from "node:fs"'),
      "cannot be loaded (The requested module 'node:fs'",
    ],
    ['an empty program', 'cli.js', file => truncateSync(file), 'ended without a result'],
    ['a program that waits for nothing', 'cli.js', file => writeFileSync(file, 'await new Promise(() => {})'), 'ended without a result'],
    ['no second half of the launcher', 'start.cjs', file => rmSync(file), "cannot be loaded (Error: Cannot find module './start.cjs')"],
    ['an empty second half', 'start.cjs', file => truncateSync(file), 'cannot be loaded (TypeError: '],
  ])('with %s says which file is damaged', (name, file, damage, words) => {
    const { dist, check } = installed(name, place => damage(join(place, file)))
    const { status, stdout, stderr } = check()
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(/^rpmlint-ts: .*; reinstall rpmlint-ts\n$/)
    expect(stderr).toContain(`${join(dist, file)} ${words}`)
  })
})

describe('no module of rules makes an incomplete check look complete', () => {
  const rule = `{ id: 'acme', scope: 'package', severity: 'error', summary: 's', why: 'w', remedy: 'r', references: [],
    messages: { here: 'h' }, options: {}, *check() { yield { message: 'here' } } }`

  test.each([
    ['that ends the process', 'process.exit(0)', 2],
    ['that has an error nobody waits for', `export default ${rule}; Promise.reject(new Error('late'))`, 2],
    ['that sets the exit status', `export default ${rule}; process.exitCode = 0`, 1],
  ])('%s', (name, text, status) => {
    const file = join(folder, `${name.replaceAll(' ', '-')}.mjs`)
    writeFileSync(file, text)
    expect(run(PROGRAM, ['check', '--no-config', '--rules-from', file, GOOD]).status).toBe(status)
  })
})
