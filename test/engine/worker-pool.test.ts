/** What a thread that dies costs. Runs the built engine: the source has no file that a thread could be started from. */
import { copyFileSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { execFileSync, spawn } from 'node:child_process'
import { expect, test } from '@jest/globals'
import { buildElf } from '../support/elf-builder.js'
import { packageWith } from '../support/package.js'
import { ending, start } from '../support/program.js'
import { samplePath } from '../support/sample.js'
import { scratchFolder } from '../support/tools.js'

const folder = scratchFolder('worker-pool')
const SMALL = ['mailer-1.0-1.x86_64.rpm', 'openssl-libs-1.0.1e-1.x86_64.rpm', 'mailer-mysql-1.0-1.x86_64.rpm'].map(samplePath)

/** A small file whose facts fill 32 MB several times. */
function heavyPackage(): Buffer {
  const symbols = Array.from({ length: 40 }, (_, index) => ({ name: `CRYPTO_symbol_number_${index}` }))
  const library = buildElf({ soname: 'libx.so.1', symbols })
  return packageWith(Object.fromEntries(Array.from({ length: 4000 }, (_, index) => [`/usr/lib64/lib${index}.so`, library])))
}

test('a package that kills its thread costs no other its result, also when more die than there are threads', async () => {
  const heavy = ['1.rpm', '2.rpm', '3.rpm']
  const bytes = heavyPackage()
  for (const name of heavy) writeFileSync(join(folder, name), bytes)
  const program = `
    import { createEngine } from ${JSON.stringify(new URL('../../dist/index.js', import.meta.url).href)}
    const engine = createEngine({ jobs: 2 })
    const { report } = await engine.check(${JSON.stringify([SMALL[0], ...heavy, ...SMALL.slice(1)])})
    console.log(JSON.stringify({ status: engine.exitStatus(report), packages: report.packages.map(({ reason = null, message = null }) => ({ reason, message })) }))`
  const { out, err } = await ending(
    spawn(process.execPath, ['--max-old-space-size=32', '--input-type=module', '-e', program], { cwd: folder }),
  )
  expect(err).toBe('')
  const checked = { reason: null, message: null }
  const died = { reason: 'limit', message: 'limit of memory: its contents take all memory of a thread' }
  expect(JSON.parse(out)).toEqual({ status: 2, packages: [checked, died, died, died, checked, checked] })
}, 120_000)

test.each([
  ['a cache that fails', "{ cache: { get: async () => { throw new Error('no cache') }, set: async () => {} } }", 'no cache'],
  ['an abort', '{ signal: AbortSignal.timeout(1) }', 'The operation was aborted due to timeout'],
])('%s rejects the check alone, and lets the process end', async (_, options, message) => {
  const program = `
    import { createEngine } from ${JSON.stringify(new URL('../../dist/index.js', import.meta.url).href)}
    await createEngine({ jobs: 2, ...${options} }).check(${JSON.stringify(SMALL)}).catch(({ message }) => console.log(message))`
  const { status, out, err } = await ending(spawn(process.execPath, ['--input-type=module', '-e', program], { timeout: 10_000 }))
  expect({ status, out, err }).toEqual({ status: 0, out: `${message}\n`, err: '' })
})

test('a view of a large buffer is sent without the rest', async () => {
  const program = `
    import { readFileSync } from 'node:fs'
    import { Worker } from 'node:worker_threads'
    const post = Worker.prototype.postMessage
    Worker.prototype.postMessage = function (target, ...rest) { console.log(target.bytes.buffer.byteLength); return post.call(this, target, ...rest) }
    const { createEngine } = await import(${JSON.stringify(new URL('../../dist/index.js', import.meta.url).href)})
    const large = new Uint8Array(1e6).fill(1)
    const inputs = [1, 2].map(at => ({ name: String(at), bytes: large.subarray(at, at + 100) }))
    await createEngine({ jobs: 2 }).check(inputs)`
  expect(await ending(spawn(process.execPath, ['--input-type=module', '-e', program]))).toMatchObject({ err: '', out: '100\n100\n' })
})

/** Checks with the built engine, in a process of its own. */
async function report(
  options: string,
  targets: readonly string[],
  flags: readonly string[] = [],
): Promise<{ reason: string | null; message: string | null }[]> {
  const program = `
    import { createEngine } from ${JSON.stringify(new URL('../../dist/index.js', import.meta.url).href)}
    const { report } = await createEngine(${options}).check(${JSON.stringify(targets)})
    console.log(JSON.stringify(report.packages.map(({ reason = null, message = null }) => ({ reason, message }))))`
  const { out, err } = await ending(spawn(process.execPath, [...flags, '--input-type=module', '-e', program], { cwd: folder }))
  if (err !== '') throw new Error(err)
  return JSON.parse(out) as { reason: string | null; message: string | null }[]
}

const CHECKED = { reason: null, message: null }

test('of several packages, one that takes too long or too much memory is not checked, and the others are', async () => {
  const heavy = join(folder, 'heavy.rpm')
  writeFileSync(heavy, heavyPackage())
  const many = Array.from({ length: 6 }, () => SMALL)
    .flat()
    .map((path, index) => {
      const copy = join(folder, `many${index}.rpm`)
      copyFileSync(path, copy)
      return copy
    })
  const others = many.map(() => CHECKED)
  expect(await report('{ isolation: { seconds: 600, heapMegabytes: 16 } }', [heavy, ...many])).toEqual([
    { reason: 'limit', message: 'limit of memory: its contents take more than 16 MB of memory' },
    ...others,
  ])
  // Several: each closes its pipe while other threads start, which once ended the process.
  const slow = Array.from({ length: 8 }, (_, index) => join(folder, `slow${index}`))
  execFileSync('mkfifo', slow)
  const results = await report('{ jobs: 4, isolation: { seconds: 5, heapMegabytes: 512 } }', [...slow, ...many])
  const unread = { reason: 'limit', message: 'limit of time: it takes more than 5 s (--timeout)' }
  expect(results).toEqual([...slow.map(() => unread), ...others])
}, 120_000)

test('a few packages are isolated, too, if they are not small', async () => {
  const [unread, large] = [join(folder, 'unwritten'), join(folder, 'large.rpm')]
  execFileSync('mkfifo', [unread])
  writeFileSync(large, packageWith({ '/usr/share/noise': createHash('shake256', { outputLength: 1_200_000 }).digest() }))
  expect(await report('{ isolation: { seconds: 5, heapMegabytes: 512 } }', [unread, large])).toEqual([
    { reason: 'limit', message: 'limit of time: it takes more than 5 s (--timeout)' },
    CHECKED,
  ])
}, 60_000)

test('with a listener to diagnostics, packages are read where it hears of them', async () => {
  const many = Array.from({ length: 20 }, () => samplePath('mailer-1.0-1.x86_64.rpm')).map((path, index) => {
    const copy = join(folder, `heard${index}.rpm`)
    copyFileSync(path, copy)
    return copy
  })
  const { err } = await ending(start(['check', '--verbose', ...many], folder))
  expect(err.match(/: done after/g)).toHaveLength(many.length)
}, 60_000)
