/**
 * Starts a program without running it: what would be loaded, in which order, and which definition each reference would get.
 *
 *     const simulator = new Simulator(environment, 'glibc')
 *     const start = simulator.start('/usr/sbin/smtpd', file, () => true)
 *
 * One simulator serves any number of programs; what is learned of a library is kept with its file. Nothing here touches a disk: `environment.files` does.
 */
import { bindAll, undefinedAtStart, type Binding, type IsWanted } from './bindings.js'
import type { Host } from './file-head.js'
import { loadWithGlibc } from './glibc-load.js'
import { GlibcLookup } from './glibc-lookup.js'
import { linkMap, type LinkMap } from './link-map.js'
import type { LoaderFile } from './linked-file.js'
import type { LinkObject } from './link-object.js'
import { relocationOrder } from './relocation-order.js'
import { setupFor, type Environment, type Setup } from './setup.js'
import { versionFaultsOf } from './start-up-checks.js'

export interface Start {
  /** In the order of lookup; the program first. */
  readonly scope: readonly LinkMap[]
  readonly bindings: readonly Binding[]
  /** Why the program would not start, in the loader's words. What follows from it is as if missing libraries were empty. */
  readonly failures: readonly string[]
  /** What the loader tells before it starts the program all the same. */
  readonly warnings: readonly string[]
}

export class Simulator {
  readonly #environment: Environment
  readonly #setups = new Map<string, Setup>()

  constructor(environment: Environment) {
    this.#environment = environment
  }

  /** Throws `CheckError` where a file cannot be understood. A program that is linked statically is a scope of its own. */
  start(path: string, file: LoaderFile, isWanted: IsWanted): Start {
    const { object } = file.linked()
    if (isStatic(object)) return { scope: [linkMap(path, file, { isProgram: true })], bindings: [], failures: [], warnings: [] }
    const setup = this.#setupFor(object)
    const interpreter = this.#interpreterOf(object)
    const loaded = loadWithGlibc(path, file, interpreter, setup)
    const lookup = new GlibcLookup(loaded.scope, setup.prefersStrong)
    const bindings = bindAll(loaded.scope, relocationOrder(loaded.scope), lookup, isWanted)
    const missing =
      object.interpreter !== null && interpreter === null ? [`${object.interpreter}: the program's interpreter is missing`] : []
    const faults = versionFaultsOf(loaded.maps)
    const undefineds = undefinedAtStart(bindings, setup.bindsNow)
    return {
      scope: loaded.scope,
      bindings,
      failures: [...missing, ...loaded.failures, ...faults.failures, ...lookup.failures, ...undefineds],
      warnings: [...loaded.warnings, ...faults.warnings],
    }
  }

  #setupFor(host: Host): Setup {
    const key = `${host.machine}:${host.elfClass}:${host.endianness}`
    const known = this.#setups.get(key)
    if (known !== undefined) return known
    const setup = setupFor(host, this.#environment)
    this.#setups.set(key, setup)
    return setup
  }

  #interpreterOf({ interpreter }: LinkObject): LinkMap | null {
    const file = interpreter === null ? null : this.#environment.files.open(interpreter)
    return interpreter === null || file === null || file.fault !== null ? null : linkMap(interpreter, file)
  }
}

/** Without an interpreter and without needs of its own, only its start-up code knows what to do with it. */
function isStatic({ dynamic, interpreter, isMarkedProgram, type }: LinkObject): boolean {
  return dynamic === null || (interpreter === null && (isMarkedProgram || type === 'EXEC'))
}
