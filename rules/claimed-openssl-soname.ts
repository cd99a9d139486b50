import { defineRule } from '../lib/plugin-api.js'
import type { PackageSubject } from '../lib/plugin-api.js'

export default defineRule({
  id: 'claimed-openssl-soname',
  scope: 'package',
  severity: 'error',
  summary: 'A package that is not {family} ships or provides {sonames}',
  why:
    'ld.so loads a library in a public directory for every program that needs its soname, and the package manager installs the package that provides ' +
    "it. Either way programs of other packages run on this copy, which gets none of the distribution's security updates.",
  remedy:
    "Depend on the distribution's {family}. A private copy belongs in a directory of its own, reached by RUNPATH, and must not be provided: " +
    '%global __provides_exclude_from ^%{_libdir}/NAME/.*$ and %global __requires_exclude ^{libraryPattern}\\.so.*$ in the spec file.',
  references: ['https://docs.fedoraproject.org/en-US/packaging-guidelines/AutoProvidesAndRequiresFiltering/'],
  messages: {
    shipped: 'installs {soname} in a public library directory, but its package is not part of {family}',
    provided: 'its package provides {soname} to other packages, but is not part of {family}',
    unbacked: 'provides {soname} to other packages, but is not part of {family}',
  },
  options: {},

  *check(subject) {
    // A source package installs nothing, and the package of a standalone file is unknown.
    if (subject.facts.provenance.isSource || subject.name === null) return
    const provided = new Set(
      subject.facts.provides.map(({ name }) => sonameOfDependency(name)).filter(soname => isForeign(subject, soname)),
    )
    for (const { path, soname, isPublic } of claimants(subject)) {
      if (isPublic) yield { message: 'shipped', file: path, families: familiesOf(subject, [soname]), data: { soname } }
      else if (provided.has(soname)) yield { message: 'provided', file: path, families: familiesOf(subject, [soname]), data: { soname } }
      provided.delete(soname)
    }
    const unbacked = [...provided].sort()
    if (unbacked.length > 0) yield { message: 'unbacked', families: familiesOf(subject, unbacked), data: { soname: unbacked } }
  },
})

interface Claimant {
  readonly path: string
  readonly soname: string
  readonly isPublic: boolean
}

/**
 * Libraries with a guarded soname in a package that may not ship it, and public symbolic links with such a name: ld.so finds both. A link counts instead of
 * the private library that it leads to.
 */
function* claimants(subject: PackageSubject): Generator<Claimant> {
  const links = new Map(publicLinks(subject).map(path => [path.slice(path.lastIndexOf('/') + 1), path]))
  const seen = new Set<string>()
  for (const { path, alsoAt, soname, isNested } of subject.facts.objects) {
    if (isNested || soname === null || !isForeign(subject, soname)) continue
    const isPublic = [path, ...alsoAt].some(each => subject.isPublicPath(each))
    if (!isPublic && links.has(soname)) continue
    seen.add(soname)
    yield { path, soname, isPublic }
  }
  for (const [soname, path] of links) if (isForeign(subject, soname) && !seen.has(soname)) yield { path, soname, isPublic: true }
}

function publicLinks(subject: PackageSubject): string[] {
  return subject.facts.symlinks.map(({ path }) => path).filter(path => subject.isPublicPath(path) && /\.so\.\d[^/]*$/.test(path))
}

function isForeign(subject: PackageSubject, soname: string): boolean {
  const guarded = subject.guardedSoname(soname)
  return guarded !== null && !guarded.families.some(family => subject.isOwnPackage(family))
}

function familiesOf(subject: PackageSubject, sonames: readonly string[]): string[] {
  return sonames.flatMap(soname => subject.guardedSoname(soname)?.families ?? [])
}

/** `libssl.so.3` of `libssl.so.3(OPENSSL_3.0.0)(64bit)`. */
function sonameOfDependency(name: string): string {
  return name.split('(', 1)[0] ?? name
}
