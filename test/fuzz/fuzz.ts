/** `npm run fuzz`: batches of inputs in processes of their own, watched; failures once each, confirmed, made small and saved. docs/fuzzing.md */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { genesOf, KINDS, type FuzzCase, type Kind } from './cases.js'
import { shortest } from './minimise.js'
import type { Failure } from './properties.js'
import { fromText, signatureOf, work, type FuzzCaseText, type Job, type Line } from './worker.js'

const HANG_MS = 20_000
/** Inputs of one process: starting one costs as much as fifty inputs. */
const MOST_IN_BATCH = 500
/** Beyond what the process needs with the seeds in memory: what is promised, less what an idle process has. */
const MEMORY_MIB = 320

interface Found {
  readonly kind: Kind
  readonly index: number
  readonly genes: readonly number[]
  readonly failure: Failure
}

interface BatchResult {
  readonly found: readonly Found[]
  readonly outcomes: Readonly<Record<string, number>>
  readonly differences: Readonly<Record<string, number>>
  /** Of the next input, if the process ended early. */
  readonly next: number | null
  readonly smallest: FuzzCaseText | null
}

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string' },
    kind: { type: 'string', multiple: true },
    inputs: { type: 'string' },
    jobs: { type: 'string', default: '1' },
    out: { type: 'string', default: 'fuzz-failures' },
    seeds: { type: 'string', multiple: true },
    own: { type: 'boolean', default: false },
    against: { type: 'string' },
    repeat: { type: 'string' },
    progress: { type: 'boolean', default: false },
    job: { type: 'string' },
  },
})

/** Next to the checkout, if there; `--own` leaves it out, `--seeds` gives others. */
const SHARED = ['hostile', 'offenders/rpms', 'reader-cases', 'fire-cases', 'corpus/rpms'].map(part => join('..', 'shared', part))
const BESIDE = 'sample-rpms/rpms/Percona-Server-shared-compat-5.5.20-90.x86_64.rpm'

function folders(): string[] {
  const others = options.own ? [] : SHARED.filter(existsSync)
  return ['sample-rpms/rpms', ...(options.seeds ?? others)]
}

const common = (): Omit<Job, 'batch'> => ({ folders: folders(), beside: BESIDE, against: options.against ?? null, memoryMiB: MEMORY_MIB })

async function child(job: Job): Promise<void> {
  const beside = { name: basename(job.beside), bytes: Buffer.from(readFileSync(job.beside)) }
  await work(job, beside, job.file === undefined ? null : savedCase(job.file))
}

function savedCase(file: string): FuzzCase {
  return fromText((JSON.parse(readFileSync(file, 'utf8')) as { input: FuzzCaseText }).input)
}

async function fuzz(): Promise<void> {
  if (options.repeat !== undefined) return repeat(options.repeat)
  const seed = Number(options.seed ?? Math.floor(Math.random() * 2 ** 31))
  const kinds = kindsOf(options.kind ?? [])
  const end = options.inputs === undefined ? performance.now() + 1000 * Number(options.seconds) : Infinity
  const total = options.inputs === undefined ? Infinity : Number(options.inputs)
  console.log(`Node ${process.versions.node}, seed ${seed}, kinds ${kinds.join(' ')}, seeds from ${folders().length} folders`)
  const run = new FuzzRun(kinds, seed, total, end)
  await Promise.all(Array.from({ length: Number(options.jobs) }, () => run.work()))
  process.exitCode = run.report()
}

function kindsOf(given: readonly string[]): readonly Kind[] {
  const unknown = given.find(kind => !(KINDS as readonly string[]).includes(kind))
  if (unknown !== undefined) throw new Error(`unknown kind ${unknown}: ${KINDS.join(', ')}`)
  return given.length === 0 ? KINDS : (given as readonly Kind[])
}

async function repeat(file: string): Promise<void> {
  const { found } = await runJob({ ...common(), file: resolve(file) }, 'rpm')
  for (const { failure } of found) console.log(`${failure.property}: ${failure.message}`)
  console.log(found.length === 0 ? 'no failure' : `${found.length} failures`)
  process.exitCode = found.length === 0 ? 0 : 1
}

class FuzzRun {
  readonly #start = performance.now()
  readonly #kinds: readonly Kind[]
  readonly #seed: number
  readonly #total: number
  readonly #end: number
  readonly #signatures = new Map<string, number>()
  readonly #outcomes: Record<string, Record<string, number>> = {}
  readonly #differences: Record<string, number> = {}
  readonly #batchSize: number
  #inputs = 0
  #batch = 0

  constructor(kinds: readonly Kind[], seed: number, total: number, end: number) {
    this.#kinds = kinds
    this.#seed = seed
    this.#total = total
    this.#end = end
    this.#batchSize = Math.min(MOST_IN_BATCH, Math.ceil(total / kinds.length)) // so that a few inputs are of every kind
  }

  /** Batches until time or inputs are used up, the kinds in turn. */
  async work(): Promise<void> {
    while (performance.now() < this.#end && this.#batch * this.#batchSize < this.#total) {
      const number = this.#batch++
      const kind = this.#kinds[number % this.#kinds.length] ?? 'rpm'
      const from = Math.floor(number / this.#kinds.length) * this.#batchSize
      await this.#run(kind, from, Math.min(this.#batchSize, this.#total - number * this.#batchSize))
    }
  }

  async #run(kind: Kind, from: number, count: number): Promise<void> {
    for (let next: number | null = from; next !== null && next < from + count;) {
      const result: BatchResult = await runJob(
        { ...common(), batch: { kind, seed: this.#seed, from: next, count: from + count - next } },
        kind,
      )
      for (const found of result.found) await this.#save(found)
      add(result.outcomes, (this.#outcomes[kind] ??= {}))
      add(result.differences, this.#differences)
      this.#inputs += (result.next ?? from + count) - next
      next = result.next
    }
    if (process.stderr.isTTY || options.progress) process.stderr.write(`${this.#inputs} inputs, ${Math.round(this.#seconds())} s\n`)
  }

  async #save(found: Found): Promise<void> {
    const signature = `${found.kind} ${signatureOf(found.failure)}`
    const count = (this.#signatures.get(signature) ?? 0) + 1
    this.#signatures.set(signature, count)
    if (count > 1) return
    const confirmed = found.genes.length === 0 || found.failure.property === 'against' || (await this.#isConfirmed(found))
    if (!confirmed) {
      this.#signatures.delete(signature)
      return console.log(
        `not again when alone: ${found.kind} ${found.index} ${found.failure.property}: ${found.failure.message.slice(0, 200)}`,
      )
    }
    const name = `${found.failure.property}-${createHash('sha256').update(signature).digest('hex').slice(0, 8)}`
    const input = await smallestOf(found)
    mkdirSync(options.out, { recursive: true })
    writeFileSync(join(options.out, `${name}.json`), JSON.stringify({ ...found, seed: this.#seed, input }, null, 1))
    for (const file of input?.targets ?? []) writeFileSync(join(options.out, `${name}-${file.name}`), Buffer.from(file.base64, 'base64'))
    console.log(`FAILED ${found.kind} ${found.index} ${found.failure.property}: ${found.failure.message.slice(0, 600)}`)
    console.log(`  again: npm run fuzz -- --repeat ${join(options.out, `${name}.json`)}`)
  }

  /** A process of its own: what came before could be to blame for memory and time. */
  async #isConfirmed({ kind, genes, failure }: Found): Promise<boolean> {
    const { found } = await runJob({ ...common(), genes: { kind, genes } }, kind)
    return found.some(again => again.failure.property === failure.property)
  }

  #seconds(): number {
    return (performance.now() - this.#start) / 1000
  }

  report(): number {
    const seconds = this.#seconds()
    for (const [kind, outcomes] of Object.entries(this.#outcomes)) console.log(`${kind}: ${pairs(outcomes)}`)
    if (options.against !== undefined) console.log(`known differences: ${pairs(this.#differences)}`)
    console.log(
      `${this.#inputs} inputs in ${Math.round(seconds)} s, ${Math.round(this.#inputs / seconds)} a second; ${this.#signatures.size} kinds of failure`,
    )
    for (const [signature, count] of this.#signatures) console.log(`${count} × ${signature}`)
    return this.#signatures.size === 0 ? 0 : 1
  }
}

const pairs = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')

function add(counts: Readonly<Record<string, number>>, to: Record<string, number>): void {
  for (const [name, count] of Object.entries(counts)) to[name] = (to[name] ?? 0) + count
}

async function smallestOf({ kind, genes, failure }: Found): Promise<FuzzCaseText | null> {
  const isGentle = !['hang', 'ended', 'memory', 'time', 'against'].includes(failure.property)
  const base = { ...common(), against: null }
  if (isGentle) return (await runJob({ ...base, genes: { kind, genes }, minimise: failure }, kind)).smallest
  const [first = 0, ...mutations] = genes
  const fails = async (shorter: readonly number[]): Promise<boolean> => {
    const { found } = await runJob({ ...base, genes: { kind, genes: [first, ...shorter] } }, kind)
    return found.some(again => again.failure.property === failure.property)
  }
  const fewest = failure.property === 'against' ? mutations : await shortest(mutations, fails)
  return (await runJob({ ...base, genes: { kind, genes: [first, ...fewest] }, isShown: true }, kind)).smallest
}

/** Starts a process for the job and watches it: one that says nothing for too long is killed, and the input that it last began is to blame. */
function runJob(job: Job, kind: Kind): Promise<BatchResult> {
  const worker = spawn(process.execPath, ['--max-old-space-size=800', process.argv[1] ?? '', '--job', JSON.stringify(job)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const found: Found[] = []
  let [current, outcomes, differences, smallest, isHung, complaints]: [
    number,
    Record<string, number> | null,
    Record<string, number>,
    FuzzCaseText | null,
    boolean,
    string,
  ] = [job.batch?.from ?? 0, null, {}, null, false, '']
  const stop = (): void => {
    isHung = true
    worker.kill('SIGKILL')
  }
  // Making a failure small takes a while, and other programs take longest: 500 packages one after the other.
  const patience = HANG_MS * (job.against !== null ? 15 : job.minimise === undefined ? 1 : 3)
  let timer = setTimeout(stop, patience + HANG_MS)
  createInterface({ input: worker.stdout }).on('line', text => {
    clearTimeout(timer)
    timer = setTimeout(stop, patience)
    const line = JSON.parse(text) as Line
    if ('begin' in line) current = line.begin
    else if ('failure' in line) found.push({ kind, index: line.index, genes: line.genes, failure: line.failure })
    else if ('smallest' in line) smallest = line.smallest
    else [outcomes, differences] = [{ ...line.outcomes }, { ...line.differences }]
  })
  worker.stderr.on('data', (chunk: Buffer) => {
    if (complaints.length < 4000) complaints += chunk.toString()
  })
  return new Promise(done => {
    worker.on('close', (status, signal) => {
      clearTimeout(timer)
      const genes = job.batch === undefined ? (job.genes?.genes ?? []) : genesOf(kind, job.batch.seed, current)
      const hasEndedEarly = job.batch === undefined ? status !== 0 : outcomes === null
      if (hasEndedEarly) {
        const message = isHung
          ? `no answer for ${patience / 1000} s`
          : `the process ended: ${signal ?? status}; ${complaints.slice(0, 1000)}`
        found.push({ kind, index: current, genes, failure: { property: isHung ? 'hang' : 'ended', message } })
      }
      done({ found, outcomes: outcomes ?? {}, differences, next: job.batch !== undefined && hasEndedEarly ? current + 1 : null, smallest })
    })
  })
}

await (options.job === undefined ? fuzz() : child(JSON.parse(options.job) as Job))
