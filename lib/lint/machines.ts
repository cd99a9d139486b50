/**
 * Packages sorted by the machines that they are for: what is installed for one is not there for another, even where their paths are the same.
 *
 * A repository often holds several architectures, and whoever cross-compiles checks all of them in one run.
 */
import type { ObjectFacts, PackageFacts } from '../facts/model.js'

/**
 * For each class, byte order and machine the packages that may be installed there, with no objects but those for it. A package without any goes where
 * packages of its architecture go.
 */
export function packagesByMachine(packages: readonly PackageFacts[]): PackageFacts[][] {
  const machinesOf = new Map(packages.map(facts => [facts, new Set(facts.objects.flatMap(machineOf))]))
  const machines = new Set([...machinesOf.values()].flatMap(found => [...found]))
  return [...machines].map(machine => {
    const isNative = (facts: PackageFacts): boolean => machinesOf.get(facts)?.has(machine) === true
    const architectures = new Set(['', 'noarch', ...packages.filter(isNative).map(architectureOf)])
    const isAtHome = (facts: PackageFacts): boolean =>
      isNative(facts) || (machinesOf.get(facts)?.size === 0 && architectures.has(architectureOf(facts)))
    return packages.filter(isAtHome).map(facts => ({ ...facts, objects: facts.objects.filter(object => isFor(object, machine)) }))
  })
}

/** None of a nested object, nor of one that could not be understood. */
function machineOf({ isNested, link }: ObjectFacts): string[] {
  const object = isNested ? null : (link?.object ?? null)
  return object === null ? [] : [`${object.elfClass} ${object.endianness} ${object.machine}`]
}

function isFor(object: ObjectFacts, machine: string): boolean {
  return machineOf(object).every(found => found === machine)
}

/** Empty for a loose file. */
function architectureOf({ identity }: PackageFacts): string {
  return identity?.arch ?? ''
}
