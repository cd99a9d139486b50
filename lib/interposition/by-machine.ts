/**
 * Groups packages by target machine: objects for different machines are never loaded together, even where their paths are the same.
 *
 * A repository often holds several architectures, and cross-compiled packages for all of them may be checked in one run. A system with libraries for two
 * machines (x86-64 and i386) has the links and the loader's configuration of both.
 */
import type { ObjectFacts, PackageFacts } from '../facts/model.js'
import { shareSystem } from '../rpm/architectures.js'
import type { InstalledPackage } from './installed-package.js'

/**
 * For each class, byte order and machine, the packages that may be installed there, with their objects for it. A package without such objects is installed
 * with packages that have some, if one system may have both.
 */
export function packagesByMachine(packages: readonly InstalledPackage[]): InstalledPackage[][] {
  const machinesOf = new Map(packages.map(({ id, facts }) => [id, new Set(facts.objects.flatMap(machineOf))]))
  const machines = new Set([...machinesOf.values()].flatMap(found => [...found]))
  return [...machines].map(machine => {
    const isNative = ({ id }: InstalledPackage): boolean => machinesOf.get(id)?.has(machine) === true
    const architectures = new Set(packages.filter(isNative).map(({ facts }) => architectureOf(facts)))
    const belongs = (entry: InstalledPackage): boolean => isNative(entry) || isInstalledWith(architectures, architectureOf(entry.facts))
    return packages.filter(belongs).map(({ id, facts }) => ({ id, facts: onlyFor(machine, facts) }))
  })
}

/** `architectures` are those of packages with objects. */
function isInstalledWith(architectures: ReadonlySet<string>, architecture: string): boolean {
  if (architecture === '' || architecture === 'noarch') return true
  return [...architectures].some(native => native !== 'noarch' && shareSystem(native, architecture))
}

function onlyFor(machine: string, facts: PackageFacts): PackageFacts {
  return { ...facts, objects: facts.objects.filter(object => machineOf(object).every(found => found === machine)) }
}

/** Empty for a nested object and for one that could not be decoded. */
export function machineOf({ isNested, link }: ObjectFacts): string[] {
  const object = isNested ? null : (link?.object ?? null)
  return object === null ? [] : [`${object.elfClass} ${object.endianness} ${object.machine}`]
}

/** Empty for a standalone file. */
function architectureOf({ identity }: PackageFacts): string {
  return identity?.arch ?? ''
}
