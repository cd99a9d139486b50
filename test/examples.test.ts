/** The programs of examples/ do what their headers say, with the package as it was built. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { DT } from '../lib/elf/dynamic.js'
import { buildElf } from './support/elf-builder.js'
import { ending, programIn, type Ending } from './support/program.js'
import { samplePath } from './support/sample.js'
import { scratchFolder } from './support/tools.js'

const BAD = 'Percona-Server-shared-compat-5.5.20-90.x86_64.rpm'
const GOOD = 'Percona-Server-shared-compat-5.5.20-92.x86_64.rpm'
const MAILER = 'mailer-1.0-1.x86_64.rpm'
const MIB = 1024 * 1024

const folder = scratchFolder('examples')

function example(name: string): string {
  return fileURLToPath(new URL(`../examples/${name}`, import.meta.url))
}

function node(...argv: readonly string[]): Promise<Ending> {
  const { NODE_OPTIONS: _options, NODE_TEST_CONTEXT: _context, ...env } = process.env
  return ending(spawn(process.execPath, argv, { cwd: folder, env: { ...env, PORT: '0' } }))
}

function folderOf(name: string, packages: readonly string[]): string {
  mkdirSync(join(folder, name))
  for (const each of packages) cpSync(samplePath(each), join(folder, name, each))
  return name
}

describe('pre-publish', () => {
  const run = (...argv: readonly string[]): Promise<Ending> => node(example('pre-publish.js'), ...argv)

  test('reports what new packages do to published ones', async () => {
    const { status, out, err } = await run(folderOf('new', [BAD]), folderOf('published', [MAILER, 'openssl-libs-1.0.1e-1.x86_64.rpm']))
    expect({ status, err }).toEqual({ status: 1, err: '' })
    expect(out).toMatch(/^## rpmlint-ts: /)
    expect(out).toContain('hijacked-crypto-binding')
  })

  test('lets clean packages pass, and nothing that could not be checked', async () => {
    expect(await run(folderOf('clean', [GOOD]), 'clean')).toMatchObject({ status: 0, err: '' })
    expect((await run('none')).status).toBe(2)
    expect(await run()).toMatchObject({ status: 2, out: '', err: expect.stringMatching(/^usage: /) as unknown })
  })

  test('keeps to the settings, and ends with 2 where they are wrong', async () => {
    mkdirSync(join(folder, 'settled'))
    const inSettled = (): Promise<Ending> =>
      ending(spawn(process.execPath, [example('pre-publish.js'), samplePath(BAD)], { cwd: join(folder, 'settled') }))
    writeFileSync(join(folder, 'settled/rpmlint-ts.toml'), 'fail-on = "never"\n')
    expect((await inSettled()).status).toBe(0)
    writeFileSync(join(folder, 'settled/rpmlint-ts.toml'), 'fail-on = "sometimes"\n')
    expect(await inSettled()).toMatchObject({ status: 2, out: '', err: expect.stringContaining('fail-on') as unknown })
  })
})

describe('upload-service', () => {
  test('tests itself', async () => {
    const { status, out, err } = await node(example('upload-service.js'), '--self-test', samplePath(BAD))
    expect({ status, err }).toEqual({ status: 0, err: '' })
    expect(out).toMatch(/^200 \{/)
    expect(out).toContain('"rule": "unversioned-crypto-export"')
  })

  describe('serves', () => {
    const service = spawn(process.execPath, [example('upload-service.js')], {
      env: { ...process.env, PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let url = ''
    beforeAll(async () => {
      const [line] = (await once(createInterface(service.stdout), 'line')) as [string]
      url = line
    })
    afterAll(() => void service.kill())

    const post = (
      body: NonNullable<RequestInit['body']> | AsyncIterable<Uint8Array>,
      signal: AbortSignal | null = null,
    ): Promise<Response> => fetch(url, { method: 'POST', body, signal, duplex: 'half' })
    const answerTo = async (body: Uint8Array): Promise<unknown> => {
      const response = await post(body)
      const { packages } = (await response.json()) as { packages: readonly { outcome: string; reason?: string }[] }
      return [response.status, packages[0]?.reason ?? packages[0]?.outcome]
    }

    test('many at once, each with its own answer', async () => {
      const [bad, good] = [readFileSync(samplePath(BAD)), readFileSync(samplePath(GOOD))]
      const answers = await Promise.all([bad, good, bad.subarray(0, 3000), Buffer.from('no package'), bad].map(answerTo))
      expect(answers).toEqual([
        [200, 'checked'],
        [200, 'checked'],
        [422, 'malformed'],
        [422, 'malformed'],
        [200, 'checked'],
      ])
    })

    test('what is refused before it has arrived, and what is too large', async () => {
      expect(await answerTo(Buffer.alloc(8 * MIB))).toEqual([422, 'malformed'])
      expect(await answerTo(Buffer.concat([buildElf({}), Buffer.alloc(65 * MIB)]))).toEqual([422, 'limit'])
    })

    test('on when a client disconnects, and rejects other methods than POST', async () => {
      const gone = new AbortController()
      const never = async function* (): AsyncGenerator<Uint8Array> {
        yield readFileSync(samplePath(BAD)).subarray(0, 3000)
        gone.abort(new Error('gone'))
        await new Promise<never>(() => undefined)
      }
      await expect(post(never(), gone.signal)).rejects.toThrow('gone')
      expect((await fetch(url)).status).toBe(405)
      expect(await answerTo(readFileSync(samplePath(GOOD)))).toEqual([200, 'checked'])
    })
  })
})

describe('foreign-runpath', () => {
  test('passes its own test', async () => {
    const { status, out } = await node('--test', '--test-reporter=tap', example('foreign-runpath.test.js'))
    expect({ status, out }).toMatchObject({ status: 0, out: expect.stringMatching(/^# pass 4$/m) as unknown })
  })

  test('is found and explained by the command', async () => {
    const run = programIn(folder)
    writeFileSync(join(folder, 'libown.so.1'), buildElf({ soname: 'libown.so.1', named: { [DT.RUNPATH]: '$ORIGIN:/home/build/lib' } }))
    const rules = ['--rules-from', example('foreign-runpath.js')]
    const { status, out, err } = await run('check', ...rules, 'libown.so.1')
    expect({ status, err }).toEqual({ status: 0, err: '' })
    expect(out).toContain('searches /home/build/lib')
    expect((await run('explain', ...rules, 'foreign-runpath')).out).toContain('allowed (list of strings, default')
  })
})
