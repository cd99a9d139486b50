/** `rpmlint-ts bindings`: which library each reference of a program gets its definition from, without running anything. */
import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { printable } from '../bytes/names.js'
import { Catalogue } from '../catalogue/catalogue.js'
import { CheckError, UnreadableError } from '../errors/check-error.js'
import { linkSource, type LinkSource } from '../io/link-sources.js'
import { hwcapsHere } from '../io/processor.js'
import { programsIn } from '../io/programs.js'
import { DEFAULT_LIMITS } from '../limits/limits.js'
import { inReadingOrder, type IsWanted } from '../link/bindings.js'
import { globExpression } from '../link/loader-config.js'
import { preloadNames, type Environment, type Libc } from '../link/setup.js'
import { Simulator } from '../link/simulate.js'
import { BINDINGS_FOOT, BINDINGS_HEAD, renderProgramJson } from '../report/bindings-json.js'
import { renderProgramText } from '../report/bindings-text.js'
import type { ProgramReport } from '../report/program-report.js'
import type { CommandLine } from './command-line.js'
import { Outlet } from './outlet.js'
import { destinationsOf, outputWidth, styleFor, type Destination } from './output.js'

const FORMATS = ['text', 'json'] as const

export async function bindings({ operands, options }: CommandLine): Promise<number> {
  const destinations = destinationsOf(manyOf(options['format']), textOrNull(options['output-file']), FORMATS)
  const { packages, programs } = sorted(operands, manyOf(options['rpm']))
  const root = textOrNull(options['root'])
  const source = await linkSource(root, packages, DEFAULT_LIMITS)
  for (const { path, message } of source.unchecked)
    process.stderr.write(`rpmlint-ts: ${printable(path)}: not read: ${printable(message)}\n`)
  const isHere = root === null && packages.length === 0
  const simulator = new Simulator(environmentOf(options, source, { isHere, isPartial: root === null && packages.length > 0 }))
  const wanted = isWantedBy(manyOf(options['symbols']))
  const outlets = destinations.map(destination => new Renderer(destination, options))
  let isAllRead = source.unchecked.length === 0
  let count = 0
  for (const path of pathsOf(programs, root, isHere, source)) {
    const report = reportOn(path, source, simulator, wanted)
    isAllRead &&= report.reason === null
    for (const outlet of outlets) await outlet.write(report, count)
    count++
  }
  for (const outlet of outlets) await outlet.end(count)
  if (count === 0) throw new UnreadableError('there is no program in there')
  return isAllRead ? 0 : 2
}

/** With --rpm, operands that name packages belong to it: a shell's `*.rpm` gives many. */
function sorted(operands: readonly string[], packages: readonly string[]): { packages: readonly string[]; programs: readonly string[] } {
  if (packages.length === 0) return { packages, programs: operands }
  const isPackage = (operand: string): boolean => operand.endsWith('.rpm')
  return { packages: [...packages, ...operands.filter(isPackage)], programs: operands.filter(operand => !isPackage(operand)) }
}

/** This machine's own disk, or what is no whole system. */
interface Scene {
  readonly isHere: boolean
  readonly isPartial: boolean
}

function environmentOf(options: CommandLine['options'], { files }: LinkSource, { isHere, isPartial }: Scene): Environment {
  const libraryPath = textOrNull(options['library-path'])
  const hwcaps = textOrNull(options['hwcaps']) ?? (isHere ? 'auto' : 'none')
  return {
    files,
    isPartial,
    libc: textOrNull(options['libc']) as Libc | null,
    workingDirectory: isHere ? byteString(process.cwd()) : '',
    libraryPath: libraryPath === null || libraryPath === '' ? null : byteString(libraryPath),
    preload: preloadNames(byteString(textOrNull(options['preload']) ?? '')),
    hwcaps: hwcaps === 'auto' ? hwcapsHere() : hwcaps === 'none' ? [] : hwcaps.split(/[:,]/).filter(name => name !== ''),
    bindsNow: options['bind-now'] === true,
    prefersStrong: options['dynamic-weak'] === true,
  }
}

/** `crypto` stands for the names that a guarded library has; everything else is a pattern of glob(7). */
function isWantedBy(patterns: readonly string[]): IsWanted {
  if (patterns.length === 0) return () => true
  const catalogue = new Catalogue()
  const tests = patterns.map((pattern): IsWanted => {
    if (pattern === 'crypto') return name => catalogue.familyOf(name) !== null
    const expression = globExpression(byteString(pattern))
    return name => expression.test(name)
  })
  return name => tests.some(test => test(name))
}

/** Byte strings, as the loader would name the programs. */
function* pathsOf(programs: readonly string[], root: string | null, isHere: boolean, { files, packaged }: LinkSource): Generator<string> {
  if (programs.length === 0 && packaged.length > 0) yield* packaged
  else if (programs.length === 0) yield* programsIn('/', files)
  for (const program of programs) {
    const path = byteString(isHere ? resolve(program) : insideOf(root, program))
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

function reportOn(program: string, { files }: LinkSource, simulator: Simulator, wanted: IsWanted): ProgramReport {
  const nothing = { program, scope: [], bindings: [], warnings: [], assumptions: [] }
  const file = files.open(program)
  if (file === null || file.fault !== null)
    return { ...nothing, reason: 'unreadable', errors: [`cannot read ${program}: ${file?.fault ?? 'no such file'}`] }
  try {
    const { failures, unread, bindings: bound, ...start } = simulator.start(program, file, wanted)
    return { program, ...start, bindings: inReadingOrder(bound), errors: failures, reason: unread[0]?.reason ?? null }
  } catch (error) {
    if (!(error instanceof CheckError)) throw error
    return { ...nothing, reason: error.reason, errors: [`${program}: ${error.message}`] }
  }
}

/** One rendering, program by program. */
class Renderer {
  readonly #outlet: Outlet
  readonly #render: (report: ProgramReport, index: number) => string
  readonly #foot: (count: number) => string

  constructor({ format, file }: Destination, options: CommandLine['options']) {
    this.#outlet = new Outlet(file)
    const textOptions = {
      style: styleFor(textOrNull(options['color']) ?? undefined, file),
      width: outputWidth(file),
      isQuiet: options['quiet'] === true,
      isEveryAnswered: manyOf(options['symbols']).length > 0,
    }
    if (format === 'json') {
      this.#render = (report, index) => (index === 0 ? BINDINGS_HEAD : '') + renderProgramJson(report, index === 0)
      this.#foot = count => (count === 0 ? BINDINGS_HEAD : '') + BINDINGS_FOOT
    } else {
      this.#render = (report, index) => (index === 0 ? '' : '\n') + renderProgramText(report, textOptions)
      this.#foot = () => ''
    }
  }

  write(report: ProgramReport, index: number): Promise<void> {
    return this.#outlet.write(this.#render(report, index))
  }

  async end(count: number): Promise<void> {
    await this.#outlet.write(this.#foot(count))
    this.#outlet.close()
  }
}

function manyOf(value: CommandLine['options'][string]): readonly string[] {
  return Array.isArray(value) ? (value as readonly string[]) : []
}

function textOrNull(value: CommandLine['options'][string]): string | null {
  return typeof value === 'string' ? value : null
}

function byteString(text: string): string {
  return Buffer.from(text).toString('latin1')
}
