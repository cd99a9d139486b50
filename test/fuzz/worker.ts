/**
 * The process that runs cases, because an input can hang it or fill its memory: the parent watches, and knows from the last line which input it was.
 *
 * One job as JSON in argv; lines of JSON on standard output.
 */
import { writeSync } from 'node:fs'
import { caseOf, genesOf, type CaseFile, type FuzzCase, type Kind } from './cases.js'
import { DIFFERENTIALS } from './differentials.js'
import { smallest } from './minimise.js'
import { verdictOn, type Failure, type Verdict } from './properties.js'
import { mixed } from './random.js'
import { seedsIn, type Seeds } from './seeds.js'

export interface Batch {
  readonly kind: Kind
  readonly seed: number
  readonly from: number
  readonly count: number
}

export interface Job {
  readonly folders: readonly string[]
  /** A failing package that every input is checked next to. */
  readonly beside: string
  readonly against: string | null
  readonly memoryMiB: number
  readonly batch?: Batch
  /** One case. */
  readonly genes?: { readonly kind: Kind; readonly genes: readonly number[] }
  /** A failure of `genes`, to be made as small as possible. */
  readonly minimise?: Failure
  /** The case of `genes` is only made, for a caller that must not run it. */
  readonly isShown?: boolean
  /** A saved case. */
  readonly file?: string
}

export type Line =
  | { readonly begin: number }
  | { readonly failure: Failure; readonly index: number; readonly genes: readonly number[] }
  | { readonly outcomes: Readonly<Record<string, number>>; readonly kind: string; readonly differences: Readonly<Record<string, number>> }
  | { readonly smallest: FuzzCaseText }

/** A case that JSON can hold. */
export interface FuzzCaseText {
  readonly kind: Kind
  readonly targets: readonly FileText[]
  readonly companions: readonly FileText[] | null
  readonly text: FuzzCase['text']
}

interface FileText {
  readonly name: string
  readonly base64: string
}

export function asText(input: FuzzCase): FuzzCaseText {
  const files = (list: readonly CaseFile[]): FileText[] => list.map(({ name, bytes }) => ({ name, base64: bytes.toString('base64') }))
  return { ...input, targets: files(input.targets), companions: input.companions === null ? null : files(input.companions) }
}

export function fromText(input: FuzzCaseText): FuzzCase {
  const files = (list: readonly FileText[]): CaseFile[] => list.map(({ name, base64 }) => ({ name, bytes: Buffer.from(base64, 'base64') }))
  return { ...input, targets: files(input.targets), companions: input.companions === null ? null : files(input.companions) }
}

/** The seed of the random pieces in which a case is read: its own, so that it fails again. */
export const feedingSeed = (genes: readonly number[]): number => mixed(...genes.slice(0, 1))

export async function work(job: Job, beside: CaseFile, saved: FuzzCase | null): Promise<void> {
  const seeds = await seedsIn(job.folders)
  if (job.batch !== undefined) await runBatch(job.batch, job, seeds, beside)
  else if (job.genes !== undefined) await runGenes(job.genes.kind, job.genes.genes, job, seeds, beside)
  else if (saved !== null) await runCase(saved, [0], 0, job, beside)
}

function say(line: Line): void {
  writeSync(1, `${JSON.stringify(line)}\n`)
}

async function runBatch({ kind, seed, from, count }: Batch, job: Job, seeds: Seeds, beside: CaseFile): Promise<void> {
  const outcomes: Record<string, number> = {}
  const differential = job.against === null ? null : DIFFERENTIALS[job.against]?.()
  for (let index = from; index < from + count; index++) {
    const genes = genesOf(kind, seed, index)
    say({ begin: index })
    const input = caseOf(kind, genes, seeds)
    const { outcome, report } = await runCase(input, genes, index, job, beside)
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
    differential?.add({ input, genes, index, report })
  }
  const compared = await differential?.finish()
  for (const { failure, genes, index } of compared?.unexplained ?? []) say({ failure, genes, index })
  say({ outcomes, kind, differences: compared?.explained ?? {} })
}

async function runCase(input: FuzzCase, genes: readonly number[], index: number, { memoryMiB }: Job, beside: CaseFile): Promise<Verdict> {
  const before = process.resourceUsage().maxRSS
  const verdict = await verdictOn(input, feedingSeed(genes), beside)
  const grown = Math.round((process.resourceUsage().maxRSS - before) / 1024)
  const memory: Failure[] = grown >= memoryMiB ? [{ property: 'memory', message: `${grown} MiB more than before` }] : []
  for (const failure of [...verdict.failures, ...memory]) say({ failure, index, genes })
  return verdict
}

async function runGenes(kind: Kind, genes: readonly number[], job: Job, seeds: Seeds, beside: CaseFile): Promise<void> {
  say({ begin: 0 })
  const input = caseOf(kind, genes, seeds)
  if (job.isShown === true) return say({ smallest: asText(input) })
  if (job.minimise === undefined) return void (await runCase(input, genes, 0, job, beside))
  const { property } = job.minimise
  const fails = async (candidate: FuzzCase): Promise<boolean> => {
    const { failures } = await verdictOn(candidate, feedingSeed(genes), beside)
    return failures.some(failure => failure.property === property && signatureOf(failure) === signatureOf(job.minimise!))
  }
  say({ smallest: asText(await smallest(genes, shorter => caseOf(kind, shorter, seeds), fails)) })
}

/** Failures of one signature have one cause, as far as one can tell. */
export function signatureOf({ property, message }: Failure): string {
  const [first = '', ...frames] = message.split('\n')
  const frame = frames.find(line => line.includes(' at ')) ?? ''
  const place = /at (?:async )?([\w.#<> ]+)/.exec(frame)?.[1] ?? ''
  return `${property}: ${first
    .replace(/"(?:[^"\\]|\\.)*"|'[^']*'/g, '…')
    .replace(/0x[0-9a-f]+|\d[\d.]*/g, '#')
    .slice(0, 160)} ${place}`.trim()
}
