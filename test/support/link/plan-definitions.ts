/** Which names a planned object defines, under which versions, bindings and visibilities. */
import type { Chance } from './chance.js'
import type { Definition } from './graph-plan.js'

const numbered = (stem: string, count: number): string[] => Array.from({ length: count }, (_, index) => `${stem}_${index}`)

/** Names keep to one kind, so that a probe knows what it may call. `getpid` stands in the way of libc's. */
export const FUNCTIONS: readonly string[] = [...numbered('fn', 30), 'getpid']
export const OBJECTS: readonly string[] = numbered('ob', 12)
export const THREAD_LOCALS: readonly string[] = numbered('tl', 5)
/** Functions in some objects, data in others: the loader compares no types. */
export const MIXED: readonly string[] = numbered('mx', 4)

export const ALL_NAMES: readonly string[] = [...FUNCTIONS, ...OBJECTS, ...THREAD_LOCALS, ...MIXED]

/** A global definition without a version. */
export function plainDefinition(name: string): Definition {
  const type = THREAD_LOCALS.includes(name) ? 'tls' : OBJECTS.includes(name) ? 'object' : 'function'
  return { name, node: null, isDefault: false, type, binding: 'global', visibility: 'default' }
}

export function planDefinitions(chance: Chance, nodes: readonly string[], count: number): Definition[] {
  const names = [...new Set(chance.some([...ALL_NAMES, ...FUNCTIONS], count))]
  return names.flatMap(name => definitionsOf(chance, name, nodes))
}

function definitionsOf(chance: Chance, name: string, nodes: readonly string[]): Definition[] {
  const traits = traitsOf(chance, name)
  const plain: Definition = { name, node: null, isDefault: false, visibility: planVisibility(chance), ...traits }
  if (nodes.length === 0 || chance.happens(0.25)) return [plain]
  const chosen = chance.some(nodes, chance.happens(0.7) ? 1 : chance.between(1, nodes.length))
  const defaultNode = chance.happens(0.65) ? chosen[0] : undefined
  const visibility = chance.happens(0.06) ? 'protected' : 'default'
  return chosen.map(node => ({ name, node, isDefault: node === defaultNode, visibility, ...traits }))
}

function planVisibility(chance: Chance): Definition['visibility'] {
  const way = chance.next()
  return way < 0.08 ? 'protected' : way < 0.12 ? 'hidden' : 'default'
}

function traitsOf(chance: Chance, name: string): Pick<Definition, 'type' | 'binding'> {
  const binding = chance.happens(0.15) ? 'weak' : 'global'
  if (THREAD_LOCALS.includes(name)) return { type: 'tls', binding }
  if (OBJECTS.includes(name) || (MIXED.includes(name) && chance.happens(0.5)))
    return { type: 'object', binding: chance.happens(0.12) ? 'unique' : binding }
  return { type: chance.pick(['function', 'function', 'function', 'function', 'function', 'function', 'ifunc', 'notype']), binding }
}
