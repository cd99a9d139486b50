/**
 * What the references of a plugin bind to if a program opens it with dlopen.
 *
 * The loader searches the objects with which the program was started first, then the plugin and its own dependencies. Objects that the program has
 * loaded already are not loaded again, nor are they relocated again. With RTLD_DEEPBIND, which few programs use and musl lacks, the order is the other one.
 * Source: _dl_new_object of glibc's elf/dl-object.c, dlopen of musl's ldso/dynlink.c.
 */
import { bindAll, type Binding } from './bindings.js'
import { GlibcLookup } from './glibc-lookup.js'
import type { LinkMap } from './link-map.js'
import { MuslLookup } from './musl-lookup.js'
import type { SymbolFilter } from './selected-references.js'
import { libcOf, type SimulatedStart } from './simulate.js'

export interface OpenedPlugin {
  /** In the order of lookup: the program and its libraries, the plugin, and what is loaded for it. */
  readonly scope: readonly LinkMap[]
  /** Of the objects that are loaded for the plugin. */
  readonly bindings: readonly Binding[]
}

/** `alone` is the plugin's start by itself. */
export function openedBy(host: SimulatedStart, alone: SimulatedStart, isSelected: SymbolFilter): OpenedPlugin {
  const loaded = new Set(host.scope.flatMap(({ file, dynamic }) => [file, ...(dynamic?.soname === null ? [] : [dynamic?.soname])]))
  const brought = alone.scope.filter(({ file, dynamic }) => !loaded.has(file) && !loaded.has(dynamic?.soname ?? file))
  const scope = [...host.scope, ...brought]
  const program = host.scope[0]
  const isMusl = program !== undefined && libcOf(program.object) === 'musl'
  const lookup = isMusl ? new MuslLookup(scope) : new GlibcLookup(scope, false)
  return { scope, bindings: bindAll(brought, brought, lookup, isSelected) }
}
