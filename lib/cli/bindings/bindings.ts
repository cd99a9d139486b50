/** `rpmlint-ts bindings`: which library each symbol reference of a program binds to, without running it. */
import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { printable } from '../../bytes/names.js'
import { createEngine } from '../../engine/engine.js'
import { UnreadableError } from '../../errors/check-error.js'
import type { LinkSource } from '../../io/loader/link-sources.js'
import { programsOfRoot } from '../../io/loader/program-search.js'
import { programsIn } from '../../io/loader/programs.js'
import type { ProgramReport } from '../../report/program-report.js'
import { logLines } from '../../report/runner-commands.js'
import type { CommandLine } from '../command-line.js'
import { OutputSink } from '../output-sink.js'
import { destinationsOf, requireNoOverwrite } from '../output.js'
import { Answerer } from './answerer.js'
import { byteString, isLocalSystem, questionOf, type Question } from './question.js'
import type { Surroundings } from '../surroundings.js'
import { renderers, type Renderer } from './renderers.js'

const FORMATS = ['text', 'json'] as const

export async function bindings(line: CommandLine<'bindings'>, surroundings: Surroundings): Promise<number> {
  const { operands, options } = line
  const { stderr, cwd } = surroundings
  const destinations = destinationsOf(options.format, options['output-file'], FORMATS, cwd)
  requireNoOverwrite(destinations, line, cwd)
  const { packages, programs } = splitOperands(operands, options.rpm)
  const question = questionOf(options, packages, destinations, surroundings)
  const source = await createEngine({ directory: cwd }).loaderFiles(question.root, packages)
  for (const { path, message } of source.unchecked)
    stderr.write(logLines(`rpmlint-ts: ${printable(path)}: not read: ${printable(message)}\n`))
  const outputs = renderers(question).map(
    (renderer, index) => new Output(renderer, new OutputSink(destinations[index]?.file ?? null, surroundings)),
  )
  const answering = answerAll(pathsOf(programs, question, source, cwd), new Answerer(question, source.files), outputs)
  const { count, isAllRead } = await answering.catch((error: unknown) => {
    for (const output of outputs) output.discard()
    throw error
  })
  if (count === 0) throw new UnreadableError('no programs found')
  return isAllRead && source.unchecked.length === 0 ? 0 : 2
}

async function answerAll(
  programs: AsyncIterable<string>,
  answerer: Answerer,
  outputs: readonly Output[],
): Promise<{ readonly count: number; readonly isAllRead: boolean }> {
  let count = 0
  let isAllRead = true
  for await (const path of programs) {
    const report = answerer.answer(path)
    isAllRead &&= report.reason === null
    for (const output of outputs) await output.write(report)
    count++
    // Otherwise a reader such as head would wait until a whole root is analysed.
    if (outputs.every(({ isLost }) => isLost)) break
  }
  for (const output of outputs) await output.end()
  return { count, isAllRead }
}

/** One output format, written program by program. */
class Output {
  readonly #renderer: Renderer
  readonly #sink: OutputSink
  #hasBegun = false

  constructor(renderer: Renderer, sink: OutputSink) {
    this.#renderer = renderer
    this.#sink = sink
  }

  get isLost(): boolean {
    return this.#sink.isLost
  }

  async write(report: ProgramReport): Promise<void> {
    const { head, separator, render } = this.#renderer
    await this.#sink.write([this.#hasBegun ? separator : head, ...render(report)])
    this.#hasBegun = true
  }

  discard(): void {
    this.#sink.discard()
  }

  async end(): Promise<void> {
    const { head, foot } = this.#renderer
    await this.#sink.write([...(this.#hasBegun ? [] : [head]), foot])
    await this.#sink.close()
  }
}

/** With --rpm, operands that are packages belong to it: a shell expands `*.rpm` to many words. */
function splitOperands(
  operands: readonly string[],
  packages: readonly string[],
): { packages: readonly string[]; programs: readonly string[] } {
  if (packages.length === 0) return { packages, programs: operands }
  const isPackage = (operand: string): boolean => operand.endsWith('.rpm')
  return { packages: [...packages, ...operands.filter(isPackage)], programs: operands.filter(operand => !isPackage(operand)) }
}

/** Byte strings: the paths that the loader would use. */
async function* pathsOf(
  programs: readonly string[],
  question: Question,
  { files, packaged }: LinkSource,
  cwd: string,
): AsyncGenerator<string> {
  if (programs.length === 0 && packaged.length > 0) yield* packaged
  else if (programs.length === 0) yield* question.packages.length > 0 ? programsIn('/', files) : programsOfRoot(question)
  for (const program of programs) {
    const path = byteString(isLocalSystem(question) ? resolve(cwd, program) : insideOf(question.root, program, cwd))
    const real = files.resolve(path)
    if (real !== null && files.entryAt(real)?.kind === 'directory') yield* programsIn(real, files)
    else yield path
  }
}

/** The path inside the root; a path from the outside, as a shell completes it, begins with the root. */
function insideOf(root: string | null, program: string, cwd: string): string {
  const outside = root === null ? null : realpathSync(root)
  const given = resolve(cwd, program)
  const isOutside = outside !== null && outside !== '/' && given.startsWith(`${outside}/`)
  return isOutside ? given.slice(outside.length) : `/${program}`.replace(/^\/+/, '/')
}
