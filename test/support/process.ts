/** A simulated process start: files in memory, including a program, and the simulated loader's result. */
import { sortedBindings } from '../../lib/link/bindings.js'
import { LayeredFiles, type DirectoryEntry, type Layer } from '../../lib/link/layered-files.js'
import { LinkedObject, type LoaderFile } from '../../lib/link/linked-file.js'
import { linkObjectIn } from '../../lib/link/link-object.js'
import type { TreeEntry } from '../../lib/link/resolve-path.js'
import { PLAIN_ENVIRONMENT, type SimulationOptions } from '../../lib/link/setup.js'
import { Simulator } from '../../lib/link/simulate.js'
import type { ProgramReport } from '../../lib/report/program-report.js'
import { buildElf, type BuiltObject, type BuiltSymbol } from './elf-builder.js'

/** An ELF file, a symbolic link, or bytes of whatever kind. */
export type StatedFile = BuiltObject | { readonly link: string } | Buffer

export interface Started {
  /** Paths without /lib64/. */
  readonly scope: readonly string[]
  /** `REFERRER KIND SYMBOL: PROVIDER`, with versions, paths without /lib64/; `-` for an unresolved weak reference, `?` for an undefined one. */
  readonly answers: readonly string[]
  readonly failures: readonly string[]
  readonly warnings: readonly string[]
  readonly assumptions: readonly string[]
}

/** Starts /bin/app. */
export function start(files: Readonly<Record<string, StatedFile>>, environment: Partial<SimulationOptions> = {}): Started {
  const tree = new LayeredFiles([new MemoryLayer(files)])
  const simulator = new Simulator({ ...PLAIN, ...environment, files: tree })
  const program = tree.open('/bin/app')
  if (program === null) throw new Error('there is no /bin/app')
  const { scope, bindings, failures, warnings, assumptions } = simulator.start('/bin/app', program, every)
  const answers = sortedBindings(bindings, every).map(
    ({ referrer, kind, symbol, version, provider, providerVersion, finalProvider, status }) => {
      const taken = status === 'undefined' ? '?' : provider === null ? '-' : `${short(provider.path)}${at(providerVersion)}`
      const origin = finalProvider === provider || finalProvider === null ? '' : ` of ${short(finalProvider.path)}`
      return `${short(referrer.path)} ${kind} ${symbol}${at(version)}: ${taken}${origin}`
    },
  )
  return { scope: scope.map(({ path }) => short(path)), answers, failures, warnings, assumptions }
}

/** What `bindings` would report about programs, one after the other. */
export function reportsOn(programs: readonly string[], files: Readonly<Record<string, StatedFile>>): ProgramReport[] {
  const tree = new LayeredFiles([new MemoryLayer(files)])
  const simulator = new Simulator({ ...PLAIN, files: tree })
  return programs.map(program => {
    const file = tree.open(program)
    if (file === null) throw new Error(`there is no ${program}`)
    const { bindings, failures, ...rest } = simulator.start(program, file, every)
    return { program, ...rest, bindings: sortedBindings(bindings, every), errors: failures, reason: null }
  })
}

const every = (): boolean => true

const PLAIN = { ...PLAIN_ENVIRONMENT, isPartial: false }

/** A program with dependencies; `calls` are undefined functions that it calls. */
export function app(needed: readonly string[], calls: readonly string[] = [], object: BuiltObject = {}): BuiltObject {
  return { interpreter: '/lib64/ld.so', needed, symbols: calls.map(undefinedSymbol), calls, ...object }
}

/** A library that defines symbols. */
export function lib(defines: readonly (string | BuiltSymbol)[] = [], object: BuiltObject = {}): BuiltObject {
  return { symbols: defines.map(symbol => (typeof symbol === 'string' ? { name: symbol } : symbol)), ...object }
}

export function undefinedSymbol(name: string): BuiltSymbol {
  return { name, isDefined: false }
}

/** The loader itself, which every program here requests. */
export const LOADER: Readonly<Record<string, StatedFile>> = { '/lib64/ld.so': { soname: 'ld.so' } }

class MemoryLayer implements Layer {
  readonly #files: ReadonlyMap<string, StatedFile>

  constructor(files: Readonly<Record<string, StatedFile>>) {
    this.#files = new Map(Object.entries(files))
  }

  entryAt(path: string): TreeEntry | null {
    const file = this.#files.get(path)
    if (file === undefined) return this.list(path).length > 0 || path === '/' ? { kind: 'directory' } : null
    return 'link' in file ? { kind: 'link', target: file.link } : { kind: 'file' }
  }

  open(path: string): LoaderFile | null {
    const bytes = this.read(path)
    if (bytes === null) return null
    const linked = new LinkedObjectOf(bytes)
    return { realPath: path, identity: path, head: bytes.subarray(0, 64), fault: null, linked: () => linked.get() }
  }

  openProgram(path: string): LoaderFile | null {
    const file = this.open(path)
    return file?.linked().object.isProgram === true ? file : null
  }

  read(path: string): Uint8Array | null {
    const file = this.#files.get(path)
    if (file === undefined || 'link' in file) return null
    return Buffer.isBuffer(file) ? file : buildElf(file)
  }

  entries(path: string): readonly DirectoryEntry[] {
    const prefix = path === '/' ? '/' : `${path}/`
    return this.list(path).map(name => ({ name, kind: this.entryAt(prefix + name)?.kind ?? 'file', isExecutable: true }))
  }

  list(path: string): readonly string[] {
    const prefix = path === '/' ? '/' : `${path}/`
    const inside = [...this.#files.keys()]
      .filter(name => name.startsWith(prefix))
      .map(name => name.slice(prefix.length).split('/')[0] ?? '')
    return [...new Set(inside)].sort()
  }
}

/** One object for each file, however often it is opened. */
class LinkedObjectOf {
  readonly #bytes: Uint8Array
  #linked: LinkedObject | null = null

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get(): LinkedObject {
    this.#linked ??= new LinkedObject(linkObjectIn(this.#bytes))
    return this.#linked
  }
}

function short(path: string): string {
  return path.replace(/^\/(?:lib64|bin)\//, '')
}

function at(version: string | null): string {
  return version === null ? '' : `@${version}`
}
