/** The built action, run as by a runner: in a directory of its own, as a separate process. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { INPUTS } from '../../lib/action/inputs.js'
import { hostilePackage } from '../support/hostile-package.js'
import { actionIn, commandsIn, manifest, runStep, type Step } from '../support/runner.js'
import { samplePath } from '../support/sample.js'
import { scratchFolder } from '../support/tools.js'

const PROGRAM = fileURLToPath(new URL('../../dist/rpmlint-ts.cjs', import.meta.url))
const SAMPLES = fileURLToPath(new URL('../../sample-rpms/rpms', import.meta.url))

const BAD = 'Percona-Server-shared-compat-5.5.20-90.x86_64.rpm'
const GOOD = 'Percona-Server-shared-compat-5.5.20-92.x86_64.rpm'
const WARNED = 'libdbclient-foreign-first-1.0-1.x86_64.rpm'

const folder = scratchFolder('action')
const workspace = join(folder, 'workspace')
const file = join(folder, 'action', manifest.runs.main)
const step = (inputs: Readonly<Record<string, string>>, env: NodeJS.ProcessEnv = {}): Step => runStep(file, inputs, workspace, env)

beforeAll(() => {
  actionIn(join(folder, 'action'))
  mkdirSync(join(workspace, 'sub'), { recursive: true })
  for (const [name, sample] of [
    ['bad.rpm', BAD],
    ['good.rpm', GOOD],
    ['warned.rpm', WARNED],
    ['sub/bad.rpm', BAD],
  ] as const)
    copyFileSync(samplePath(sample), join(workspace, name))
  writeFileSync(join(workspace, 'text.rpm'), 'text')
})

describe('a step', () => {
  test('passes for a clean package, with a summary', () => {
    const { status, commands, outputs, summary, output } = step({ paths: 'good.rpm' })
    expect({ status, commands }).toEqual({ status: 0, commands: [] })
    expect(outputs).toEqual({
      'exit-status': '0',
      errors: '0',
      warnings: '0',
      infos: '0',
      waived: '0',
      packages: '1',
      unchecked: '0',
      'sarif-file': '',
    })
    expect(summary).toContain('good.rpm')
    expect(output).toContain('1 package, 2 ELF objects: 0 errors')
  })

  test('fails for the package of 2012, with an annotation for each finding', () => {
    const { status, commands, outputs, summary, output } = step({ paths: 'bad.rpm' })
    expect(status).toBe(1)
    expect(outputs).toMatchObject({ 'exit-status': '1', errors: '4', warnings: '0', infos: '1', packages: '1', unchecked: '0' })
    expect(commands.filter(({ name }) => name === 'error')).toHaveLength(4)
    expect(commands.every(({ properties }) => properties['file'] === 'bad.rpm')).toBe(true)
    expect(summary).toContain('unversioned-crypto-export')
    expect(output).toContain('CRYPTO_add_lock, CRYPTO_lock, CRYPTO_mem_ctrl, EVP_CIPHER_CTX_init')
  })

  test('distinguishes unchecked packages from findings', () => {
    const broken = step({ paths: 'text.rpm\nbad.rpm' })
    expect(broken.status).toBe(2)
    expect(broken.outputs).toMatchObject({ 'exit-status': '2', errors: '4', packages: '2', unchecked: '1' })
    expect(broken.output).toContain('rpmlint-ts: text.rpm: not checked (malformed)')
    expect(step({ paths: 'not-there.rpm' })).toMatchObject({ status: 2, outputs: { 'exit-status': '2', packages: '1', unchecked: '1' } })
  })

  test('accepts one path per line, patterns and directories', () => {
    expect(step({ paths: '  good.rpm \r\n\n sub\n{warned,bad}.rpm' }).outputs).toMatchObject({ packages: '4', errors: '8' })
  })

  test('accepts a path that begins with a hyphen', () => {
    copyFileSync(samplePath(GOOD), join(workspace, '--quiet.rpm'))
    expect(step({ paths: '--quiet.rpm' })).toMatchObject({ status: 0, outputs: { packages: '1' } })
  })

  test('fails by inputs, settings or arguments', () => {
    writeFileSync(join(workspace, 'strict.toml'), 'fail-on = "warning"\n')
    expect(step({ paths: 'warned.rpm' }).status).toBe(0)
    expect(step({ paths: 'warned.rpm', 'fail-on': 'warning' }).status).toBe(1)
    expect(step({ paths: 'warned.rpm', config: 'strict.toml' }).status).toBe(1)
    expect(step({ paths: 'warned.rpm', config: 'strict.toml', 'fail-on': 'error' }).status).toBe(0)
    expect(step({ paths: 'bad.rpm', args: '--exit-zero\n--quiet' })).toMatchObject({ status: 0, outputs: { errors: '4' } })
  })

  test('writes the requested reports to the given files', () => {
    const { outputs } = step({ paths: 'bad.rpm', 'sarif-file': 'found.sarif', reports: 'json=all.json\nrpmlint=sub/lines.txt' })
    expect(outputs['sarif-file']).toBe('found.sarif')
    expect(JSON.parse(readFileSync(join(workspace, 'found.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' })
    expect(readFileSync(join(workspace, 'all.json'), 'utf8')).toContain('rpmlint-ts/report/1')
    expect(readFileSync(join(workspace, 'sub/lines.txt'), 'utf8')).toContain('E: unversioned-crypto-export')
  })

  test('omits annotations and summary on request', () => {
    expect(step({ paths: 'bad.rpm', annotations: 'false', summary: 'False' })).toMatchObject({ status: 1, commands: [], summary: '' })
  })

  test('leaves no files behind', () => {
    expect(step({ paths: 'bad.rpm' }).leftovers).toEqual([])
    expect(step({ paths: '' }).leftovers).toEqual([])
  })

  test('prints colours, unless disabled', () => {
    expect(step({ paths: 'bad.rpm' }).output).toContain('\x1b[31m')
    expect(step({ paths: 'bad.rpm' }, { NO_COLOR: '1' }).output).not.toContain('\x1b[')
  })

  test('works without the files of a runner', () => {
    expect(step({ paths: 'bad.rpm' }, { GITHUB_OUTPUT: '', GITHUB_STEP_SUMMARY: '' })).toMatchObject({
      status: 1,
      outputs: {},
      summary: '',
    })
  })
})

describe('a runner whose files cannot be written', () => {
  test.each([
    ['the file for outputs', { GITHUB_OUTPUT: '/no/such/file' }, 'cannot write /no/such/file'],
    ['the page', { GITHUB_STEP_SUMMARY: '/no/such/page' }, 'cannot write /no/such/page'],
  ])('is reported, but not as a finding: %s', (_, env, words) => {
    const { status, commands } = step({ paths: 'good.rpm' }, env)
    expect(status).toBe(2)
    expect(commands[0]).toMatchObject({ name: 'error', data: expect.stringContaining(words) })
  })
})

// Elsewhere no device refuses every write.
const testOnLinux = existsSync('/dev/full') ? test : test.skip
testOnLinux('a step whose log is lost is not taken for one with findings', () => {
  const stdio = ['ignore', openSync('/dev/full', 'w'), 'ignore'] as const
  expect(
    spawnSync(process.execPath, [file], { cwd: workspace, env: { INPUT_PATHS: 'good.rpm' }, stdio: [...stdio], timeout: 60_000 }).status,
  ).toBe(2)
})

describe('an error in a workflow', () => {
  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['no paths', { paths: ' \n' }, 'input paths is empty'],
    ['a misspelt input', { paths: 'good.rpm', fail_on: 'warning' }, 'unknown input fail_on (did you mean fail-on?)'],
    ['a flag that is none', { paths: 'good.rpm', summary: 'yes' }, 'input summary: must be true or false, not yes'],
    [
      'a severity that there is not',
      { paths: 'good.rpm', 'fail-on': 'fatal' },
      '--fail-on fatal: must be one of error, warning, info, never',
    ],
    ['an option that there is not', { paths: 'good.rpm', args: '--qiet' }, 'unknown option --qiet (did you mean --quiet?)'],
    ['a format that there is not', { paths: 'good.rpm', reports: 'jsn=x' }, '--format jsn: unknown format'],
    ['settings that are not there', { paths: 'good.rpm', config: 'no.toml' }, 'cannot read the settings file no.toml'],
    ['a file that cannot be written', { paths: 'good.rpm', 'sarif-file': 'no/such/folder' }, 'cannot write no/such/folder'],
    ['printing help, which checks nothing', { paths: 'good.rpm', args: '--help' }, 'nothing was checked'],
    ['printing settings, which checks nothing', { paths: 'bad.rpm', args: '--print-config' }, 'nothing was checked'],
  ])('such as %s fails the step with an annotation', (_, inputs, words) => {
    const { status, commands, outputs } = step(inputs)
    expect({ status, outputs }).toEqual({ status: 2, outputs: { 'exit-status': '2' } })
    expect(commands).toEqual([{ name: 'error', properties: { title: 'rpmlint-ts could not check' }, data: expect.stringContaining(words) }])
  })

  test('does not include variables of others with the same prefix', () => {
    expect(step({ paths: 'good.rpm' }, { INPUT_DIRECTORY: 'x' }).status).toBe(0)
  })
})

describe('a package that contains workflow commands', () => {
  const PLANTED = '\n::error::planted\n##[add-mask]e'
  const run = (): Step => {
    writeFileSync(join(workspace, 'a##[add-mask]r.rpm'), hostilePackage(PLANTED))
    writeFileSync(join(workspace, '##[add-mask]o.rpm'), 'text')
    return step({ paths: '*mask*' })
  }

  test('cannot run them', () => {
    const { status, commands } = run()
    expect(status).toBe(2)
    expect(commands.filter(({ name }) => !['error', 'warning', 'notice'].includes(name))).toEqual([])
    expect(commands.filter(({ data }) => data.startsWith('planted'))).toEqual([])
  })

  test('could not run them even if commands were not stopped', () => {
    const { output } = run()
    expect(commandsIn(output.replace('::stop-commands::', '')).map(({ name }) => name)).not.toContain('add-mask')
  })

  test('cannot know the token that resumes them', () => {
    const [first, second] = [run(), run()].map(({ output }) => /::stop-commands::(.*)/.exec(output)?.[1])
    expect(first).toMatch(/^[0-9a-f-]{36}$/)
    expect(first).not.toBe(second)
  })
})

describe('the built action', () => {
  test('is the command line if it has arguments: all sample packages, byte for byte', () => {
    const options = ['check', '--no-config', '-f', 'json', '.']
    const [action, program] = [file, PROGRAM].map(path => {
      const { stdout, stderr, status } = spawnSync(process.execPath, [path, ...options], { cwd: SAMPLES, encoding: 'utf8' })
      return { stdout, stderr, status }
    })
    expect(action).toEqual(program)
    expect(action?.stdout.length).toBeGreaterThan(10_000)
  })

  test('exits with 2 and one line if it is incomplete', () => {
    const place = join(folder, 'incomplete')
    const launcher = actionIn(place)
    rmSync(join(place, 'program.mjs'))
    const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, 'check', 'x'], { encoding: 'utf8' })
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: '',
      stderr: `rpmlint-ts: ${join(place, 'program.mjs')} is missing; reinstall rpmlint-ts\n`,
    })
  })
})

describe('action.yml', () => {
  test('declares the inputs that the action reads, and no others', () => {
    expect(Object.keys(manifest.inputs).sort()).toEqual([...INPUTS].sort())
  })

  test('declares the outputs that the action sets, and no others', () => {
    expect(Object.keys(step({ paths: 'good.rpm' }).outputs).sort()).toEqual(Object.keys(manifest.outputs).sort())
  })

  test('has a description for each, and a string as each default', () => {
    const { inputs, outputs } = manifest
    for (const { description } of [...Object.values(inputs), ...Object.values(outputs)]) expect(description).toMatch(/^[A-Z0-9].{10,}[^.]$/)
    for (const { required, default: value } of Object.values(inputs)) expect(typeof value).toBe(required === true ? 'undefined' : 'string')
  })

  test('starts the launcher, and so does the hook for pre-commit', () => {
    const hooks = readFileSync(new URL('../../.pre-commit-hooks.yaml', import.meta.url), 'utf8')
    expect(manifest.runs.main).toBe('rpmlint-ts.cjs')
    expect(hooks).toContain(`\n  entry: .github/actions/check/${manifest.runs.main} check\n`)
    expect(readFileSync(file, 'utf8')).toBe(readFileSync(PROGRAM, 'utf8').replace('./cli.js', './program.mjs'))
  })
})
