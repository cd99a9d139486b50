/**
 * Simulates the start of a program: which objects would be loaded, in which order, and which definition each reference would bind to.
 *
 *     const simulator = new Simulator(options)
 *     const { scope, bindings, failures } = simulator.start('/usr/sbin/smtpd', file, () => true)
 *
 * One simulator serves any number of programs; data derived from a library is cached with its file. Nothing here accesses a disk: `options.files` does, and
 * may as well provide files from packages.
 */
import { assumptionsOf } from './assumptions.js'
import { bindAll, type Binding } from './bindings.js'
import type { CheckError } from '../errors/check-error.js'
import { loadWithGlibc } from './glibc-load.js'
import { GlibcLookup } from './glibc-lookup.js'
import { findLibrary, type FoundFile } from './glibc-search.js'
import { LoadFailure, linkMap, type LinkMap } from './link-map.js'
import type { LoaderFile } from './linked-file.js'
import type { LinkObject } from './link-object.js'
import { loadWithMusl } from './musl-load.js'
import { MuslLookup } from './musl-lookup.js'
import { findMuslLibrary, muslSystemPath } from './musl-search.js'
import { processorFaultsOf } from './processor-checks.js'
import { glibcRelocationFaults, muslRelocationFailures } from './relocation-faults.js'
import { relocationOrder } from './relocation-order.js'
import { loaderSetupFor, type SimulationOptions, type Libc, type LoaderSetup } from './setup.js'
import { versionFaultsOf } from './start-up-checks.js'
import type { SymbolFilter } from './selected-references.js'

export interface SimulatedStart {
  /** In the order of lookup; the program first. */
  readonly scope: readonly LinkMap[]
  readonly bindings: readonly Binding[]
  /** Why the program would not start, in the loader's words. The rest of the result treats missing libraries as empty. */
  readonly failures: readonly string[]
  /** Warnings with which the loader still starts the program. */
  readonly warnings: readonly string[]
  /** Libraries that this program could not read; they are among the failures too. */
  readonly unread: readonly CheckError[]
  /** The assumptions of the simulation, as text. */
  readonly assumptions: readonly string[]
}

export class Simulator {
  readonly #options: SimulationOptions
  readonly #setups = new Map<string, LoaderSetup>()

  constructor(options: SimulationOptions) {
    this.#options = options
  }

  /** `path` is the program's path. A statically linked program is its own scope. Throws `CheckError` if its file cannot be decoded. */
  start(path: string, file: LoaderFile, isSelected: SymbolFilter): SimulatedStart {
    const { object } = file.linked()
    if (isStatic(object)) return startOfStatic(linkMap(path, file, { isProgram: true }))
    const setup = this.#loaderSetupFor(object)
    const interpreter = this.#interpreterOf(object)
    const startUp = setup.libc === 'musl' ? startWithMusl : startWithGlibc
    const start = { ...startUp(path, file, interpreter, setup, isSelected), assumptions: assumptionsOf(setup) }
    return object.interpreter === null || interpreter !== null ? start : withoutInterpreter(start, object.interpreter, setup)
  }

  /**
   * The library that the loader would find for a name that an object needs in a program that searches nowhere else (its RPATH would apply to the object too),
   * were none of that name loaded; `null` if there is none.
   */
  find(name: string, referrer: LinkMap, { object }: LinkMap): FoundFile | null {
    const setup = this.#loaderSetupFor(object)
    const alone = { ...referrer, loader: null }
    try {
      return setup.libc === 'musl'
        ? findMuslLibrary(name, alone, muslSystemPath(object.interpreter, setup), setup)
        : findLibrary(name, alone, alone, setup)
    } catch (error) {
      if (error instanceof LoadFailure) return null
      throw error
    }
  }

  #loaderSetupFor(object: LinkObject): LoaderSetup {
    const libc = this.#options.libc ?? libcOf(object)
    const key = `${libc}:${object.machine}:${object.elfClass}:${object.endianness}`
    const known = this.#setups.get(key)
    if (known !== undefined) return known
    const setup = loaderSetupFor(object, libc, this.#options)
    this.#setups.set(key, setup)
    return setup
  }

  #interpreterOf({ interpreter }: LinkObject): LinkMap | null {
    const file = interpreter === null ? null : this.#options.files.open(interpreter)
    return interpreter === null || file === null || file.fault !== null ? null : linkMap(interpreter, file)
  }
}

const EMPTY_START = { bindings: [], failures: [], warnings: [], unread: [] }

/** Only the kernel maps it. */
function startOfStatic(program: LinkMap): SimulatedStart {
  const failures = programFaultsOf(program, false)
  return { ...EMPTY_START, failures, scope: [program], assumptions: ['statically linked: no dynamic loader is involved'] }
}

type StartUp = (
  path: string,
  file: LoaderFile,
  interpreter: LinkMap | null,
  setup: LoaderSetup,
  isSelected: SymbolFilter,
) => Omit<SimulatedStart, 'assumptions'>

const startWithGlibc: StartUp = (path, file, interpreter, setup, isSelected) => {
  const { program, scope, failures, warnings, unread } = loadWithGlibc(path, file, interpreter, setup)
  const order = relocationOrder(scope, interpreter)
  const bindings = bindAll(scope, order, new GlibcLookup(scope, setup.prefersStrong), isSelected)
  const versions = versionFaultsOf(scope, setup.release, failures.length === 0 && interpreter !== null)
  const processor = processorFaultsOf(
    order.filter(map => map !== interpreter),
    setup.hwcaps,
    setup.release,
  )
  const relocation = glibcRelocationFaults(order, bindings, isSelected, setup)
  return {
    scope,
    bindings,
    failures: [...programFaultsOf(program, true), ...failures, ...versions.failures, ...processor.failures, ...relocation.failures],
    warnings: [...warnings, ...versions.warnings, ...processor.warnings, ...relocation.warnings],
    unread,
  }
}

/** All references are bound at start-up, and versions are not checked. */
const startWithMusl: StartUp = (path, file, interpreter, setup, isSelected) => {
  const { program, scope, failures, warnings, unread } = loadWithMusl(path, file, interpreter, setup)
  const bindings = bindAll(scope, scope, new MuslLookup(scope), isSelected)
  const relocation = muslRelocationFailures(scope, bindings, isSelected)
  return { scope, bindings, failures: [...programFaultsOf(program, false), ...failures, ...relocation], warnings, unread }
}

/** The kernel maps the program, then ld.so examines its dynamic section. */
function programFaultsOf({ path, object: { startUpFaults } }: LinkMap, isGlibc: boolean): string[] {
  const faults = [startUpFaults.asProgram, isGlibc ? startUpFaults.assertion : null]
  return faults.filter(fault => fault !== null).map(fault => `${path}: ${fault}`)
}

/** The kernel would not start such a program; but a few packages need not include the loader. */
function withoutInterpreter(start: SimulatedStart, interpreter: string, { isPartial }: LoaderSetup): SimulatedStart {
  if (isPartial)
    return { ...start, assumptions: [...start.assumptions, `${interpreter} is installed, although none of the packages contains it`] }
  return { ...start, failures: [`${interpreter}: the program interpreter does not exist`, ...start.failures] }
}

/** A program without an interpreter: its own start-up code relocates it. */
function isStatic({ dynamic, interpreter, isProgram }: LinkObject): boolean {
  return dynamic === null || (interpreter === null && isProgram)
}

/** By the interpreter; glibc for a library, which has none. */
export function libcOf({ interpreter }: LinkObject): Libc {
  const slash = interpreter?.lastIndexOf('/') ?? -1
  return slash >= 0 && interpreter?.startsWith('ld-musl-', slash + 1) === true ? 'musl' : 'glibc'
}
