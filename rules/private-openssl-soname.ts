import { defineRule } from '../lib/plugin-api.js'
import type { Interposition, ObjectReference, ObjectSubject } from '../lib/plugin-api.js'

export default defineRule({
  id: 'private-openssl-soname',
  scope: 'object',
  severity: 'error',
  summary: 'A private copy of {family} keeps the soname {sonames}, under which other libraries of the process get it',
  why:
    'ld.so compares sonames before it searches: once a process has loaded a library under a soname, every later library that needs that soname gets ' +
    "that one, wherever it lies. A private directory does not help: the system's libraries in the same process run on the copy, or fail with " +
    '"version not found". With other packages given (check --with), an affected library is an error; without, the copy is a warning.',
  remedy: [
    'Give the copy a soname and version nodes of its own, and link what uses it against that: -Wl,-soname,libNAME-crypto.so.N and a version script ' +
      'when it is linked. {ownSoname}',
    "Otherwise link the distribution's {systemLibraries} ({linkFlags}), or link the copy statically and hide its symbols.",
  ].join('\n'),
  doesNotHelp:
    'Not enough: a private directory, RUNPATH or RPATH, -Bsymbolic, another soname with the same version nodes (they serve every library too), or filtering the Provides of the package.',
  references: ['https://man7.org/linux/man-pages/man8/ld.so.8.html'],
  messages: {
    private:
      'is a copy of {library} with the soname {soname} in a private directory: in a process that has loaded it, every library that needs {soname} gets it',
    displaces: '{victim} would get this file as {soname} instead of {meant}, because it is loaded already{others}; load order: {order}',
    displaced: '{victim} would get {provider} as {soname} instead of {meant}, because it is loaded already{others}; load order: {order}',
  },
  options: {},

  *check(subject) {
    const { facts, displacements } = subject
    const [first] = displacements
    if (first !== undefined) yield problemOf(first, displacements)
    else if (isPrivateCopy(subject)) {
      const { library, families } = subject.package.guardedSoname(facts.soname ?? '') ?? { library: '', families: [] }
      yield { message: 'private', severity: 'warning', families, data: { soname: facts.soname, library } }
    }
  },
})

/** A public copy, or one with a public link, is reported by claimed-openssl-soname, and a file without a package may be of any. */
function isPrivateCopy({ facts, package: owner, isPublic, genuine }: ObjectSubject): boolean {
  const isInstalled = owner.name !== null && !owner.facts.provenance.isSource && !facts.isNested && !facts.isDebugOnly && !facts.isProgram
  const { soname } = facts
  if (!isInstalled || isPublic || genuine === 'own-package' || soname === null || owner.guardedSoname(soname) === null) return false
  return !owner.facts.symlinks.some(({ path }) => path.endsWith(`/${soname}`) && owner.isPublicPath(path))
}

function problemOf(first: Interposition, displacements: readonly Interposition[]) {
  const victims = [...new Set(displacements.map(victimOf))]
  const others = victims.slice(1)
  return {
    message: first.concerns === 'provider' ? 'displaces' : 'displaced',
    severity: first.start.isPlugin ? 'warning' : 'error',
    symbols: [...new Set(displacements.flatMap(({ symbols }) => symbols))].sort(),
    data: {
      victim: victimOf(first),
      provider: nameOf(first.provider),
      soname: sonameOf(first),
      meant: first.intended.path,
      order: first.start.order.join(', '),
      others: others.length === 0 ? '' : ` (and ${others.length} more)`,
      victims,
    },
    ...(first.concerns === 'provider' ? {} : { remedy: fixElsewhere(first) }),
  } as const
}

function fixElsewhere({ provider }: Interposition): string {
  return `Nothing can be fixed in this package: the copy ${nameOf(provider)} needs a soname and version nodes of its own.`
}

/** The intended library is found by the name that was asked for. */
function sonameOf({ intended }: Interposition): string {
  return intended.path.slice(intended.path.lastIndexOf('/') + 1)
}

function victimOf({ start, referrer }: Interposition): string {
  return referrer.path === start.root.path ? nameOf(start.root) : `${referrer.path} in ${nameOf(start.root)}`
}

function nameOf({ path, package: owner }: ObjectReference): string {
  return owner === null ? path : `${path} (${owner})`
}
