/** What a planned object refers to, and by which kinds of code. */
import type { Chance } from './chance.js'
import type { Circumstances, ObjectPlan, Reference, ReferenceKind } from './graph-plan.js'
import { FUNCTIONS, MIXED, OBJECTS, THREAD_LOCALS } from './plan-definitions.js'

/** Names of libc, which are bound and left alone. None is an IFUNC: libc's choose by data that is relocated too late for some graphs. */
const LIBC_FUNCTIONS = ['malloc', 'getenv', 'nanosleep', 'pthread_create', 'res_nquery', 'no_such_function']
const LIBC_OBJECTS = ['stdout', 'environ', 'program_invocation_name']

const CALLS: readonly ReferenceKind[] = ['call', 'call-through-got']

/** `needed` are the objects as the link editor sees them: it knows their versions only. */
export function planReferences(chance: Chance, plan: ObjectPlan, needed: readonly ObjectPlan[], circumstances: Circumstances): Reference[] {
  const count = chance.between(4, 36)
  const references = Array.from({ length: count }, () => planReference(chance, plan, needed, circumstances)).filter(isUnlikeBefore())
  if (!isProgram(plan)) return references
  return references
    .filter(reference => isLinkable(reference, needed))
    .map(reference => (reference.isWeak ? { ...reference, probe: null } : reference))
}

function isProgram(plan: ObjectPlan): boolean {
  return 'isPositionIndependent' in plan
}

/**
 * What the link editor accepts in a program: no strong reference to nothing, and no address of a protected symbol in its code.
 * Of code that says NOTYPE it would make a copy, as of data.
 */
function isLinkable({ name, node, kind, isWeak }: Reference, needed: readonly ObjectPlan[]): boolean {
  const named = needed.flatMap(({ definitions }) => definitions.filter(definition => definition.name === name))
  const found = named.filter(({ visibility, isDefault, ...other }) => visibility !== 'hidden' && (isDefault || other.node === node))
  if (kind === 'absolute') return found.length > 0 && found.every(({ visibility, type }) => visibility === 'default' && type !== 'notype')
  return isWeak || found.length > 0 || LIBC_OBJECTS.includes(name)
}

/** The link editor makes one symbol of all that a file says of a name: no weak and strong, or asked and unasked nodes, at once. */
function isUnlikeBefore(): (reference: Reference) => boolean {
  const known = new Map<string, string>()
  return ({ name, node, isWeak }) => {
    const manner = `${node ?? ''} ${isWeak}`
    if (!known.has(name)) known.set(name, manner)
    return known.get(name) === manner
  }
}

function planReference(chance: Chance, plan: ObjectPlan, needed: readonly ObjectPlan[], circumstances: Circumstances): Reference {
  const way = chance.next()
  if (circumstances.hasLibc && way < 0.06) return { ...outward(chance, LIBC_FUNCTIONS, CALLS), isWeak: true }
  if (circumstances.hasLibc && way < 0.08) return outward(chance, LIBC_OBJECTS, ['got', 'word'])
  if (way < 0.13) return outward(chance, MIXED, ['got', 'word', 'call'])
  const name = chance.pick(way < 0.2 ? THREAD_LOCALS : way < 0.45 ? OBJECTS : FUNCTIONS)
  const kind = planKind(chance, name, plan, circumstances)
  const isWeak = !THREAD_LOCALS.includes(name) && kind !== 'absolute' && chance.happens(0.12)
  const isDefined = plan.definitions.some(definition => definition.name === name)
  return {
    name,
    node: isDefined || kind === 'absolute' ? null : planNode(chance, name, plan, needed),
    kind,
    isWeak: isWeak && !isDefined,
    probe: planProbe(name, kind, isWeak),
  }
}

/** A weak call may lead nowhere, and libc's getpid has no text. */
function planProbe(name: string, kind: ReferenceKind, isWeak: boolean): Reference['probe'] {
  if ((isWeak && CALLS.includes(kind)) || name === 'getpid') return null
  return FUNCTIONS.includes(name) ? 'function' : 'object'
}

function outward(chance: Chance, names: readonly string[], kinds: readonly ReferenceKind[]): Reference {
  return { name: chance.pick(names), node: null, kind: chance.pick(kinds), isWeak: false, probe: null }
}

function planKind(chance: Chance, name: string, plan: ObjectPlan, circumstances: Circumstances): ReferenceKind {
  if (THREAD_LOCALS.includes(name)) return chance.pick(circumstances.hasLibc ? ['tls-ie', 'tls-gd', 'tls-desc'] : ['tls-ie'])
  if (isProgram(plan) && !circumstances.isPositionIndependent && chance.happens(0.4)) return 'absolute'
  return chance.pick(FUNCTIONS.includes(name) ? ['call', 'call', 'call-through-got', 'got', 'word'] : ['got', 'word'])
}

/**
 * A node to ask for in the code. Only the first library that has the name can serve: past a definition without versions,
 * the link editor (binutils 2.40) does not find the node; nor does it take a protected one.
 */
function planNode(chance: Chance, name: string, plan: ObjectPlan, needed: readonly ObjectPlan[]): string | null {
  const first = needed.map(({ definitions }) => definitions.filter(definition => definition.name === name)).find(({ length }) => length > 0)
  const nodes = (first ?? []).filter(({ visibility }) => visibility === 'default').flatMap(({ node }) => node ?? [])
  const foreign = nodes.filter(node => !plan.nodes.includes(node))
  return foreign.length > 0 && chance.happens(0.4) ? chance.pick(foreign) : null
}
