/** The command `bindings`. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { main } from '../../lib/cli/main.js'
import { command, KeptStream, surroundingsOf } from '../support/command.js'
import { buildElf } from '../support/elf-builder.js'
import { packageWith } from '../support/package.js'
import { app, lib } from '../support/process.js'
import { programIn, PROGRAM, type Ending } from '../support/program.js'
import { samplePath } from '../support/sample.js'

const SCHEMA = new URL('../../lib/report/schemas/bindings-1.json', import.meta.url)

const MAILER = samplePath('mailer-1.0-1.x86_64.rpm')
const OFFENDER = samplePath('Percona-Server-shared-compat-5.5.20-90.x86_64.rpm')
const FIXED = samplePath('Percona-Server-shared-compat-5.5.20-92.x86_64.rpm')
const OPENSSL = samplePath('openssl-libs-1.0.1e-1.x86_64.rpm')
const SMTP = '/usr/libexec/mailer/smtp'

interface Binding {
  readonly referrer: string
  readonly symbol: string
  readonly kind: string
  readonly provider: string | null
  readonly status: string
}
interface Program {
  readonly program: string
  readonly scope: readonly string[]
  readonly error: string | null
  readonly bindings: readonly Binding[]
  readonly objects: readonly { readonly path: string; readonly file: string }[]
  readonly assumptions: readonly string[]
}

/** Takes seconds in total. */
const MANY = 300

const folder = mkdtempSync(join(tmpdir(), 'rpmlint-ts-'))
const at = (...parts: readonly string[]): string => join(folder, ...parts)
afterAll(() => rmSync(folder, { recursive: true }))

/** A root with an absolute link, two programs, a script, and a library that only a package brings. */
beforeAll(() => {
  if (!existsSync(PROGRAM)) throw new Error('dist/rpmlint-ts.cjs is missing: npm run build')
  for (const directory of ['usr/bin', 'usr/lib64', 'opt', 'etc/ld.so.conf.d']) mkdirSync(at('root', directory), { recursive: true })
  symlinkSync('/usr/lib64', at('root/lib64'))
  symlinkSync('/usr/bin', at('root/bin'))
  writeFileSync(at('root/usr/lib64/ld.so'), buildElf(lib([], { soname: 'ld.so' })))
  writeFileSync(at('root/usr/lib64/libf.so'), buildElf(lib(['f', 'g'])))
  writeFileSync(at('root/opt/libf.so'), buildElf(lib(['f'])))
  writeFileSync(at('root/usr/bin/one'), buildElf(app(['libf.so'], ['f', 'g'])))
  writeFileSync(at('root/usr/bin/two'), buildElf(app(['libmore.so'], ['f'])))
  writeFileSync(at('root/usr/bin/static'), buildElf({ type: 2 }))
  writeFileSync(at('root/usr/bin/script'), '#!/bin/sh\n')
  writeFileSync(at('root/usr/bin/broken'), buildElf(app([])).subarray(0, 200))
  const more = { '/usr/lib64/libmore.so': buildElf(lib(['f'])), '/etc/ld.so.conf.d/opt.conf': Buffer.from('/opt\n') }
  writeFileSync(at('more.rpm'), packageWith(more))
  const alone = { ...more, '/usr/bin/three': buildElf(app(['libmore.so', 'libopt.so'], ['f'])), '/opt/libopt.so': buildElf(lib()) }
  writeFileSync(at('alone.rpm'), packageWith(alone))
})

const run = (...argv: readonly string[]): Promise<Ending> => command(['bindings', ...argv], { cwd: folder })
/** A worker thread, which only the built program has, searches a root for programs. */
const runProgram = (...argv: readonly string[]): Promise<Ending> => programIn(folder)('bindings', ...argv)

const isBindings = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(SCHEMA, 'utf8')) as object,
)

/** The programs in JSON output, which must conform to the schema. */
async function programs(...argv: readonly string[]): Promise<readonly Program[]> {
  return programsOf(run, argv)
}

async function programsOf(from: typeof run, argv: readonly string[]): Promise<readonly Program[]> {
  const json = JSON.parse((await from('--format', 'json', ...argv)).out) as { programs: Program[] }
  expect({ isValid: isBindings(json), errors: isBindings.errors ?? [] }).toEqual({ isValid: true, errors: [] })
  return json.programs
}

describe('packages', () => {
  test('show the affected program of 2012, its symbols and the load order', async () => {
    const { status, out } = await run('--rpm', MAILER, OFFENDER, OPENSSL, '--symbols', 'crypto')
    expect(status).toBe(0)
    expect(out).toContain(
      `CRYPTO_lock@libcrypto.so.10, called by ${SMTP}: binds to /usr/lib64/libmysqlclient.so.16, ahead of /usr/lib64/libcrypto.so.10 in the load order`,
    )
  })

  test('show that the fix works', async () => {
    const [smtp] = await programs('--rpm', MAILER, '--rpm', FIXED, OPENSSL, '--symbols', 'crypto')
    expect(smtp?.scope).toEqual([SMTP, '/usr/lib64/libmysqlclient.so.16', '/usr/lib64/libcrypto.so.10'])
    expect(new Set(smtp?.bindings.map(({ provider }) => provider))).toEqual(new Set(['/usr/lib64/libcrypto.so.10']))
    expect(smtp?.bindings.length).toBeGreaterThan(3)
  })

  test('are examined for one of their programs, if given', async () => {
    expect((await programs('--rpm', at('alone.rpm'), MAILER, '/usr/bin/three')).map(({ program }) => program)).toEqual(['/usr/bin/three'])
    expect((await programs('--rpm', at('alone.rpm'), MAILER)).map(({ program }) => program)).toEqual(['/usr/bin/three', SMTP])
  })

  test('may contain part of ld.so.conf, and need not contain the loader', async () => {
    const [three] = await programs('--rpm', at('alone.rpm'))
    expect(three).toMatchObject({ scope: ['/usr/bin/three', '/usr/lib64/libmore.so', '/opt/libopt.so'], error: null })
    expect(three?.assumptions).toContain('/lib64/ld.so is installed, although none of the packages contains it')
  })

  test('may be installed on top of a root, whose programs then use their files', async () => {
    expect((await programs('--root', 'root', '/usr/bin/two'))[0]?.error).toContain('libmore.so: cannot open shared object file')
    const [two] = await programs('--root', 'root', '--rpm', at('more.rpm'), '/usr/bin/two')
    expect(two).toMatchObject({ error: null, bindings: [{ symbol: 'f', provider: '/lib64/libmore.so' }] })
    const [one] = await programs('--root', 'root', '--rpm', at('more.rpm'), '/bin/one')
    expect(one?.scope[1]).toBe('/lib64/libf.so')
  })

  test('reports a package that conflicts with another, with status 2', async () => {
    const { status, out, err } = await run('--rpm', MAILER, OFFENDER, FIXED, OPENSSL, '--symbols', 'crypto')
    expect(status).toBe(2)
    expect(out).toContain('binds to /usr/lib64/libmysqlclient.so.16')
    expect(err.replace(/\s+/g, ' ')).toContain(
      'Percona-Server-shared-compat-5.5.20-92.x86_64.rpm: not read: conflicts with another package over /usr/lib64/libmysqlclient.so.16.0.0; ' +
        'check them separately',
    )
  })

  test('that cannot be read are reported, with status 2', async () => {
    writeFileSync(at('broken.rpm'), 'text')
    const { status, err } = await run('--rpm', at('broken.rpm'), MAILER)
    expect({ status, err: err.includes('broken.rpm: not read') }).toEqual({ status: 2, err: true })
  })
})

describe('a root', () => {
  test('has links resolved inside it, also absolute ones', async () => {
    const [one] = await programs('--root', 'root', '/bin/one')
    expect(one).toMatchObject({ program: '/bin/one', scope: ['/bin/one', '/lib64/libf.so'], error: null })
    expect(one?.objects.map(({ file }) => file)).toEqual(['/usr/bin/one', '/usr/lib64/libf.so'])
  })

  test('is removed from a path completed by a shell', async () => {
    expect((await programs('--root', 'root', at('root/usr/bin/one'))).map(({ program }) => program)).toEqual(['/usr/bin/one'])
  })

  test('is searched for programs if none is given', async () => {
    const all = await programsOf(runProgram, ['--root', 'root'])
    expect(all.map(({ program }) => program)).toEqual(['broken', 'one', 'static', 'two'].map(name => `/usr/bin/${name}`))
    expect((await runProgram('--root', 'root')).status).toBe(2) // the broken one
    expect((await programs('--root', 'root', '/usr/bin')).map(({ program }) => program)).toEqual(all.map(({ program }) => program))
  })

  test('must exist', async () => expect((await run('--root', 'nowhere', '/bin/x')).status).toBe(2))
})

describe('the environment', () => {
  test('includes LD_LIBRARY_PATH and LD_PRELOAD', async () => {
    expect((await programs('--root', 'root', '--library-path', '/opt', '/bin/one'))[0]?.scope[1]).toBe('/opt/libf.so')
    const [preloaded] = await programs('--root', 'root', '--preload', '/opt/libf.so', '/bin/one')
    expect(preloaded?.bindings).toMatchObject([
      { symbol: 'f', provider: '/opt/libf.so' },
      { symbol: 'g', provider: '/lib64/libf.so' },
    ])
    expect(preloaded?.assumptions).toContain('preloaded libraries: /opt/libf.so')
  })

  test('may bind immediately, which fails for undefined functions', async () => {
    const error = async (...argv: readonly string[]): Promise<string | null | undefined> =>
      (await programs('--root', 'root', '--library-path', '/opt', ...argv, '/bin/one'))[0]?.error
    expect(await error()).toBeNull()
    expect(await error('--bind-now')).toBe('/bin/one: undefined symbol: g')
  })
})

describe('output', () => {
  test('may be limited to symbols that match a pattern', async () => {
    expect((await programs('--root', 'root', '-s', 'f*', '/bin/one'))[0]?.bindings.map(({ symbol }) => symbol)).toEqual(['f'])
    expect((await programs('--root', 'root', '-s', 'f', '-s', '?', '/bin/one'))[0]?.bindings.map(({ symbol }) => symbol)).toEqual([
      'f',
      'g',
    ])
  })

  test('omits references with a single candidate, unless symbols are asked for', async () => {
    expect((await run('--root', 'root', '/bin/one')).out).toMatch(/2 references: 2 bound, .* 2 with a single candidate not shown/)
    expect((await run('--root', 'root', '-s', '*', '/bin/one')).out).toContain('g, called by /bin/one: binds to /lib64/libf.so\n')
    expect((await run('--root', 'root', '--preload', '/opt/libf.so', '/bin/one')).out).toContain(
      'f, called by /bin/one: binds to /opt/libf.so, ahead of /lib64/libf.so in the load order\n',
    )
  })

  test('goes to files, in several formats', async () => {
    const { out } = await run('--root', 'root', '/bin/one', '--format', 'text', '--format', `json=${at('out.json')}`)
    expect(out).toContain('load order: /bin/one, /lib64/libf.so')
    expect(isBindings(JSON.parse(readFileSync(at('out.json'), 'utf8')))).toBe(true)
  })

  test('for a static program has only itself, and for a script an error', async () => {
    expect((await programs('--root', 'root', '/usr/bin/static'))[0]).toMatchObject({
      scope: ['/usr/bin/static'],
      bindings: [],
      error: null,
    })
    expect((await run('--root', 'root', '/usr/bin/static')).status).toBe(0)
    expect((await run('--root', 'root', '/usr/bin/script')).status).toBe(2)
  })

  test('includes bindings, quiet or not', async () => {
    expect((await run('--root', 'root', '--quiet', '-s', 'f', '/bin/one')).out).toBe(
      '/bin/one\n  f, called by /bin/one: binds to /lib64/libf.so\n',
    )
  })
})

describe('a closed pipe', () => {
  const names = Array.from({ length: 2000 }, (_, index) => `function_${index}`)
  const words = ['bindings', '--root', 'wide', '--format', 'json', ...Array<string>(MANY).fill('/program')]
  beforeAll(() => {
    mkdirSync(at('wide'))
    writeFileSync(at('wide/program'), buildElf(app([], names)))
  })

  test('ends the program with the status of SIGPIPE', async () => {
    const child = spawn(process.execPath, [PROGRAM, ...words], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] })
    child.stdout.destroy()
    expect(await new Promise(resolve => child.on('close', resolve))).toBe(141)
  })

  test('ends the program before everything is analysed', async () => {
    const [whole, lost] = [new CountingStream(null), new CountingStream(new Error('EPIPE'))]
    for (const stdout of [whole, lost]) {
      stdout.on('error', () => undefined)
      await main(words, surroundingsOf({ cwd: folder }, stdout, new KeptStream()))
    }
    expect(whole.bytes).toBeGreaterThan(10_000_000)
    expect(lost.bytes).toBeLessThan(whole.bytes / 10)
  })
})

/** Counts written bytes, and fails on request. */
class CountingStream extends Writable {
  bytes = 0
  readonly #error: Error | null

  constructor(error: Error | null) {
    super()
    this.#error = error
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.bytes += chunk.length
    setImmediate(done, this.#error)
  }
}

test('a program is required', async () => {
  const { status, err } = await run()
  expect({ status, err: err.split('\n')[0] }).toEqual({ status: 2, err: 'rpmlint-ts: bindings needs <program..> or --root or --rpm' })
})
