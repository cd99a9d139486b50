/** The behaviour of the program for users, shells and scripts. */
import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, constants, copyFileSync, openSync, mkdtempSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text as contentOf } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { COMMANDS } from '../../lib/cli/commands.js'
import { ending, PROGRAM, programIn, start } from '../support/program.js'
import { packageWith } from '../support/package.js'
import { samplePath } from '../support/sample.js'

jest.setTimeout(60_000) // many processes, on machines that do more than test

const folder = mkdtempSync(join(tmpdir(), 'rpmlint-ts-'))
afterAll(() => rmSync(folder, { recursive: true }))

const run = programIn(folder)

beforeAll(() => {
  copyFileSync(samplePath('Percona-Server-shared-compat-5.5.20-90.x86_64.rpm'), join(folder, 'bad.rpm'))
  copyFileSync(samplePath('libdbclient-foreign-first-1.0-1.x86_64.rpm'), join(folder, 'warned.rpm'))
})

/** A package without an end, of incompressible bytes. */
const NOISE = createHash('shake256', { outputLength: 3_000_000 }).digest()
const UNFINISHED = packageWith({ '/noise': NOISE }).subarray(0, -100)

/** Opens a named pipe for writing, which fails until a program has it open for reading. */
async function onceItIsRead(pipe: string): Promise<number> {
  for (;;) {
    try {
      return openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK)
    } catch {
      await new Promise(resolve => setTimeout(resolve, 20))
    }
  }
}

describe('a signal', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s ends the program with %i, and nothing is printed of what is unfinished', async (signal, status) => {
    const child = start(['check', '--format', 'json=half.json', '--format', 'text', 'bad.rpm', '-'], folder)
    const end = ending(child)
    await new Promise(resolve => child.stdin?.write(UNFINISHED, resolve)) // more than a pipe holds: the program is reading
    child.kill(signal)
    expect(await end).toEqual({ status, out: '', err: '' })
    expect(() => readFileSync(join(folder, 'half.json'))).toThrow('ENOENT')
  })

  test('ends a busy program, whatever it is doing', async () => {
    const work = Array.from({ length: 200 }, (_, index) => `work${index}.rpm`)
    for (const name of work) copyFileSync(join(folder, 'bad.rpm'), join(folder, name))
    for (const [moment, signal, status] of [
      [40, 'SIGTERM', 143],
      [110, 'SIGINT', 130],
      [180, 'SIGHUP', 129],
      [250, 'SIGTERM', 143],
    ] as const) {
      const child = start(['check', '--format', 'json=half.json', ...work, '-'], folder)
      const end = ending(child)
      await new Promise(resolve => setTimeout(resolve, moment))
      child.kill(signal)
      expect(await end).toEqual({ status, out: '', err: '' })
      expect(() => readFileSync(join(folder, 'half.json'))).toThrow('ENOENT')
    }
  })

  test('is left to the kernel, for which nothing is too busy', async () => {
    const child = start(['check', '-'], folder)
    const end = ending(child)
    await new Promise(resolve => child.stdin?.write(UNFINISHED, resolve))
    child.kill('SIGTERM')
    await end
    expect({ exitCode: child.exitCode, signalCode: child.signalCode }).toEqual({ exitCode: null, signalCode: 'SIGTERM' })
  })

  test('ends a program that waits for the writer of a named pipe', async () => {
    execFileSync('mkfifo', [join(folder, 'unwritten')])
    const child = start(['check', 'unwritten'], folder)
    const end = ending(child)
    const writer = await onceItIsRead(join(folder, 'unwritten'))
    child.kill('SIGTERM')
    expect((await end).status).toBe(143)
    closeSync(writer)
  })
})

describe('a named pipe', () => {
  const pipe = (name: string): string => {
    execFileSync('mkfifo', [join(folder, name)])
    return join(folder, name)
  }

  test.each(['--config', '--baseline', '--rpmlintrc', '--rpmlint-config'])('of %s is waited for, and a signal ends that', async option => {
    const unwritten = pipe(`unwritten${option}`)
    const child = start(['check', option, unwritten, 'bad.rpm'], folder)
    const end = ending(child)
    const writer = await onceItIsRead(unwritten)
    child.kill('SIGTERM')
    expect((await end).status).toBe(143)
    closeSync(writer)
  })

  test('may be the settings', async () => {
    const settings = pipe('settings')
    const result = run('check', '--config', settings, '--print-config')
    const writer = await onceItIsRead(settings)
    writeSync(writer, 'fail-on = "info"\n')
    closeSync(writer)
    expect((await result).out).toContain('"failOn": "info"')
  })

  test('that nobody reads is an error of the output', async () => {
    pipe('unread')
    const { status, err } = await run('check', '--format', 'json=unread', 'warned.rpm')
    expect(status).toBe(2)
    expect(err).toContain('cannot write unread: no process reads this named pipe')
  })

  test('has the whole report, though it is more than a pipe holds', async () => {
    const report = pipe('report')
    const opened = openSync(report, constants.O_RDONLY | constants.O_NONBLOCK) // cat waits for the writer, which would find no reader
    const read = contentOf(spawn('cat', [report]).stdout)
    const many = Array.from({ length: 40 }, (_, index) => `copy${index}.rpm`)
    for (const name of many) copyFileSync(join(folder, 'bad.rpm'), join(folder, name))
    expect((await run('check', '--format', 'json=report', ...many)).status).toBe(1)
    closeSync(opened)
    const { packages } = JSON.parse(await read) as { packages: unknown[] }
    expect(packages).toHaveLength(many.length)
  })
})

describe('--max-warnings', () => {
  test('limits warnings, by default not at all', async () => {
    const statuses = ['0', '1', '-1'].map(async most => (await run('check', `--max-warnings=${most}`, 'warned.rpm')).status)
    expect(await Promise.all(statuses)).toEqual([1, 0, 0])
  })

  test('is reported if exceeded', async () => {
    const { out } = await run('check', '--format', 'json', '--max-warnings', '0', 'warned.rpm')
    expect(JSON.parse(out)).toMatchObject({
      notices: [{ id: 'too-many-warnings', severity: 'error', message: '1 warning exceeds --max-warnings 0' }],
    })
  })

  test('is overridden by --exit-zero and --fail-on never', async () => {
    expect((await run('check', '--max-warnings', '0', '--exit-zero', 'warned.rpm')).status).toBe(0)
    expect((await run('check', '--max-warnings', '0', '--fail-on', 'never', 'warned.rpm')).status).toBe(0)
  })
})

test('a working directory that was removed is not a damaged installation', async () => {
  const gone = mkdtempSync(join(folder, 'gone-'))
  const script = 'rmdir "$PWD" && exec "$0" "$1" check x.rpm'
  const child = spawn('sh', ['-c', script, process.execPath, PROGRAM], { cwd: gone })
  expect(await ending(child)).toEqual({
    status: 2,
    out: '',
    err: 'rpmlint-ts: cannot read the working directory: no such file or directory\n',
  })
})

describe('a report', () => {
  test.each([
    [['check', '-o', 'input.rpm', 'input.rpm'], 'input.rpm'],
    [['check', '--format', 'json=./input.rpm', 'bad.rpm', '--with', 'input.rpm'], './input.rpm'],
    [['check', '--format', 'json=baseline.json', '--baseline', join(folder, 'baseline.json'), 'bad.rpm'], 'baseline.json'],
    [['inspect', '--format', 'json', '-o', 'input.rpm', 'input.rpm'], 'input.rpm'],
    [['bindings', '-o', 'input.rpm', '--rpm', 'input.rpm'], 'input.rpm'],
  ])('does not overwrite an input: %j', async (argv, file) => {
    copyFileSync(join(folder, 'bad.rpm'), join(folder, 'input.rpm'))
    copyFileSync(join(folder, 'bad.rpm'), join(folder, 'baseline.json'))
    expect(await run(...argv)).toEqual({
      status: 2,
      out: '',
      err: expect.stringContaining(`refusing to overwrite input file ${file}`),
    })
    for (const name of ['input.rpm', 'baseline.json'])
      expect(readFileSync(join(folder, name))).toEqual(readFileSync(join(folder, 'bad.rpm')))
  })
})

describe('an option', () => {
  test('that is invalid is reported on standard error, with status 2', async () =>
    expect(await run('check', '--basline', 'x', 'bad.rpm')).toEqual({
      status: 2,
      out: '',
      err: 'rpmlint-ts: unknown option --basline (did you mean --baseline?)\nTry rpmlint-ts check --help.\n',
    }))

  test('after -- is a path', async () => expect((await run('check', '--', '--fo')).err).toContain('--fo: not checked (unreadable)'))

  test('without a value accepts true and false', async () => {
    const statuses = ['true', 'false'].map(async value => (await run('check', `--exit-zero=${value}`, 'bad.rpm')).status)
    expect(await Promise.all(statuses)).toEqual([0, 1])
  })
})

test('a line without a command checks its paths', async () => expect(await run('bad.rpm')).toEqual(await run('check', 'bad.rpm')))

describe('help', () => {
  test('for a command can be requested in both ways', async () => {
    const [before, after] = await Promise.all([run('help', 'check'), run('check', '--help')])
    expect(before).toEqual(after)
    expect(before).toMatchObject({ status: 0, err: '' })
    expect(before.out).toContain('--max-warnings')
  })

  test('for the program too, and lists every command', async () => {
    const [word, option, short] = await Promise.all([run('help'), run('--help'), run('-h')])
    expect([word, short]).toEqual([option, option])
    for (const { name } of COMMANDS) expect(word?.out).toMatch(new RegExp(`^  rpmlint-ts ${name}\\b`, 'm'))
  })

  test('is printed without a command, with status 2', async () => {
    const { status, out, err } = await run()
    expect({ status, out }).toEqual({ status: 2, out: '' })
    expect(err).toContain('rpmlint-ts check <path..>')
    expect(err).toMatch(/\nrpmlint-ts: no command given\nTry rpmlint-ts --help\.\n$/)
  })

  test('prints the version, in both ways', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
    for (const option of ['--version', '-V']) expect(await run(option)).toEqual({ status: 0, out: `${version}\n`, err: '' })
  })
})

describe('colours', () => {
  const lines: readonly (readonly string[])[] = [['check', 'bad.rpm'], ['inspect', 'bad.rpm'], ['rules'], ['explain', 'bundled-openssl']]
  const isColoured = async (env: Readonly<Record<string, string>>, ...argv: readonly string[]): Promise<boolean> => {
    const { out, err } = await programIn(folder, env)(...argv)
    return `${out}${err}`.includes('\x1b[')
  }

  test.each(lines)('of %s are used if forced, and not if disabled', async (...argv) => {
    expect(
      await Promise.all([
        isColoured({ FORCE_COLOR: '1' }, ...argv),
        isColoured({ FORCE_COLOR: '1', NO_COLOR: '1' }, ...argv),
        isColoured({}, ...argv),
      ]),
    ).toEqual([true, false, false])
  })

  test.each(lines)('of %s are not written to a file', async (...argv) => {
    await programIn(folder, { FORCE_COLOR: '1' })(...argv, '--output-file', 'colours.txt')
    const text = readFileSync(join(folder, 'colours.txt'), 'utf8')
    expect(text.length).toBeGreaterThan(100)
    expect(text).not.toContain('\x1b')
  })

  test('are never used in machine-readable formats', async () => {
    for (const format of ['json', 'rpmlint'])
      expect(await isColoured({ FORCE_COLOR: '1' }, 'check', '--format', format, 'bad.rpm')).toBe(false)
  })
})

test('no progress is shown without a terminal', async () => {
  const child = start(['check', '-'], folder)
  const end = ending(child)
  await new Promise(resolve => child.stdin?.write(UNFINISHED, resolve))
  await new Promise(resolve => setTimeout(resolve, 1000)) // on a terminal it comes after half a second
  child.stdin?.end()
  expect((await end).err).not.toContain('checking')
})
