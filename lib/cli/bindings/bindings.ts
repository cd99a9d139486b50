/** `rpmlint-ts bindings`: which library each reference of a program gets its definition from, without running anything. */
import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { printable } from '../../bytes/names.js'
import { Catalogue } from '../../catalogue/catalogue.js'
import { UnreadableError } from '../../errors/check-error.js'
import { linkSourceOf, type LinkSource } from '../../io/loader/link-sources.js'
import { programsOfRoot } from '../../io/loader/program-search.js'
import { readTargets, type Outcome } from '../../io/package/read-targets.js'
import { targetsOf } from '../../io/targets.js'
import { programsIn } from '../../io/loader/programs.js'
import { DEFAULT_LIMITS } from '../../limits/limits.js'
import type { ProgramReport } from '../../report/program-report.js'
import type { CommandLine } from '../command-line.js'
import { Outlet } from '../outlet.js'
import { destinationsOf, requireApart } from '../output.js'
import { Answerer } from './answerer.js'
import { byteString, isHere, questionOf, type Question } from './question.js'
import { HERE } from '../targets-of-line.js'
import { renderers, type Renderer } from './renderers.js'

const FORMATS = ['text', 'json'] as const

export async function bindings(line: CommandLine<'bindings'>): Promise<number> {
  const { operands, options } = line
  const destinations = destinationsOf(options.format, options['output-file'], FORMATS)
  requireApart(destinations, line)
  const { packages, programs } = sorted(operands, options.rpm)
  const question = questionOf(options, packages, destinations)
  const source = await linkSourceOf(question.root, packages.length === 0 ? null : await outcomesOf(packages), DEFAULT_LIMITS)
  const { unchecked } = source
  for (const { path, message } of unchecked) process.stderr.write(`rpmlint-ts: ${printable(path)}: not read: ${printable(message)}\n`)
  const answerer = new Answerer(question, source.files)
  const outputs = renderers(question).map((renderer, index) => new Output(renderer, new Outlet(destinations[index]!.file)))
  let isAllRead = unchecked.length === 0
  let count = 0
  for await (const path of pathsOf(programs, question, source)) {
    const report = answerer.answer(path)
    isAllRead &&= report.reason === null
    for (const output of outputs) await output.write(report)
    count++
    // Otherwise a reader like head would wait for the answers about all of a root.
    if (outputs.every(({ isLost }) => isLost)) break
  }
  for (const output of outputs) await output.end()
  if (count === 0) throw new UnreadableError('there is no program in there')
  return isAllRead ? 0 : 2
}

async function outcomesOf(packages: readonly string[]): Promise<AsyncIterable<Outcome>> {
  const options = { limits: DEFAULT_LIMITS, catalogue: new Catalogue(), wantsSha256: false, wantsLinks: true }
  return readTargets(await targetsOf(packages, HERE), options)
}

/** One rendering, program by program. */
class Output {
  readonly #renderer: Renderer
  readonly #outlet: Outlet
  #isBegun = false

  constructor(renderer: Renderer, outlet: Outlet) {
    this.#renderer = renderer
    this.#outlet = outlet
  }

  get isLost(): boolean {
    return this.#outlet.isLost
  }

  async write(report: ProgramReport): Promise<void> {
    const { head, separator, render } = this.#renderer
    await this.#outlet.write([this.#isBegun ? separator : head, ...render(report)])
    this.#isBegun = true
  }

  async end(): Promise<void> {
    const { head, foot } = this.#renderer
    await this.#outlet.write([...(this.#isBegun ? [] : [head]), foot])
    await this.#outlet.close()
  }
}

/** With --rpm, operands that name packages belong to it: a shell's `*.rpm` gives many. */
function sorted(operands: readonly string[], packages: readonly string[]): { packages: readonly string[]; programs: readonly string[] } {
  if (packages.length === 0) return { packages, programs: operands }
  const isPackage = (operand: string): boolean => operand.endsWith('.rpm')
  return { packages: [...packages, ...operands.filter(isPackage)], programs: operands.filter(operand => !isPackage(operand)) }
}

/** Byte strings, as the loader would name the programs. */
async function* pathsOf(programs: readonly string[], question: Question, { files, packaged }: LinkSource): AsyncGenerator<string> {
  if (programs.length === 0 && packaged.length > 0) yield* packaged
  else if (programs.length === 0) yield* question.packages.length > 0 ? programsIn('/', files) : programsOfRoot(question)
  for (const program of programs) {
    const path = byteString(isHere(question) ? resolve(program) : insideOf(question.root, program))
    const real = files.resolve(path)
    if (real !== null && files.entryAt(real)?.kind === 'directory') yield* programsIn(real, files)
    else yield path
  }
}

/** A path inside the root; one that was given from the outside, as a shell completes it, is told by the root in front. */
function insideOf(root: string | null, program: string): string {
  const outside = root === null ? null : realpathSync(root)
  const given = resolve(program)
  const isOutside = outside !== null && outside !== '/' && given.startsWith(`${outside}/`)
  return isOutside ? given.slice(outside.length) : `/${program}`.replace(/^\/+/, '/')
}
