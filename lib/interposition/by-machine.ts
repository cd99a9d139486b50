/**
 * Packages grouped by the machine that they are for: what is installed for one is not there for another, even where their paths are the same.
 *
 * A repository often holds several architectures, and whoever cross-compiles checks all of them in one run.
 */
import type { ObjectFacts, PackageFacts } from '../facts/model.js'
import type { InstalledPackage } from './installed-package.js'

/**
 * For each class, byte order and machine the packages that may be installed there, with no objects but those for it. A package without any is installed
 * with the packages of its architecture.
 */
export function packagesByMachine(packages: readonly InstalledPackage[]): InstalledPackage[][] {
  const machinesOf = new Map(packages.map(({ id, facts }) => [id, new Set(facts.objects.flatMap(machineOf))]))
  const machines = new Set([...machinesOf.values()].flatMap(found => [...found]))
  return [...machines].map(machine => {
    const isNative = ({ id }: InstalledPackage): boolean => machinesOf.get(id)?.has(machine) === true
    const architectures = new Set(['', 'noarch', ...packages.filter(isNative).map(({ facts }) => architectureOf(facts))])
    const belongs = (entry: InstalledPackage): boolean =>
      isNative(entry) || (machinesOf.get(entry.id)?.size === 0 && architectures.has(architectureOf(entry.facts)))
    return packages.filter(belongs).map(({ id, facts }) => ({ id, facts: onlyFor(machine, facts) }))
  })
}

function onlyFor(machine: string, facts: PackageFacts): PackageFacts {
  return { ...facts, objects: facts.objects.filter(object => machineOf(object).every(found => found === machine)) }
}

/** None for a nested object, nor for one that could not be understood. */
function machineOf({ isNested, link }: ObjectFacts): string[] {
  const object = isNested ? null : (link?.object ?? null)
  return object === null ? [] : [`${object.elfClass} ${object.endianness} ${object.machine}`]
}

/** Empty for a standalone file. */
function architectureOf({ identity }: PackageFacts): string {
  return identity?.arch ?? ''
}
