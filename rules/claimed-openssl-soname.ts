import { defineRule, isPublicPath } from '../lib/plugin-api.js'
import type { PackageSubject } from '../lib/plugin-api.js'

export default defineRule({
  id: 'claimed-openssl-soname',
  scope: 'package',
  severity: 'error',
  summary: 'A package that is not OpenSSL ships or provides libcrypto.so.N or libssl.so.N',
  why:
    'A library in a public directory is what ld.so finds for every program that needs that soname, and a Provides is what the package manager ' +
    "installs for it. Either way programs of other packages run on this copy, which gets none of the distribution's security updates.",
  remedy:
    "Depend on the distribution's OpenSSL. A private copy belongs in a directory of its own, reached by RUNPATH, and must not be provided: " +
    '%global __provides_exclude_from ^%{_libdir}/NAME/.*$ and %global __requires_exclude ^lib(crypto|ssl)\\.so.*$ in the spec file.',
  references: ['https://docs.fedoraproject.org/en-US/packaging-guidelines/AutoProvidesAndRequiresFiltering/'],
  messages: {
    shipped: 'bears the name {soname} in a public library directory, and the package is not an OpenSSL package',
    provided: 'its package provides {soname} to other packages, and is not an OpenSSL package',
    unbacked: 'provides {soname} to other packages, and is not an OpenSSL package',
  },
  options: {},

  *check(subject) {
    // A source package installs nothing, and of a loose file nobody knows who ships it.
    if (subject.facts.provenance.isSource || subject.name === null) return
    const provided = new Set(
      subject.facts.provides.map(({ name }) => sonameOfDependency(name)).filter(soname => isForeign(subject, soname)),
    )
    for (const { path, soname, isPublic } of claimants(subject)) {
      if (isPublic) yield { message: 'shipped', file: path, data: { soname } }
      else if (provided.has(soname)) yield { message: 'provided', file: path, data: { soname } }
      provided.delete(soname)
    }
    if (provided.size > 0) yield { message: 'unbacked', data: { soname: [...provided].sort() } }
  },
})

interface Claimant {
  readonly path: string
  readonly soname: string
  readonly isPublic: boolean
}

/** Libraries that bear a foreign soname of OpenSSL's, and public links by such a name to something else: ld.so finds both. */
function* claimants(subject: PackageSubject): Generator<Claimant> {
  const borne = new Set<string>()
  for (const { path, soname, isNested } of subject.facts.objects) {
    if (isNested || soname === null || !isForeign(subject, soname)) continue
    borne.add(soname)
    yield { path, soname, isPublic: isPublicPath(path) }
  }
  for (const { path } of subject.facts.symlinks) {
    const name = path.slice(path.lastIndexOf('/') + 1)
    if (isPublicPath(path) && /\.so\.\d/.test(name) && isForeign(subject, name) && !borne.has(name))
      yield { path, soname: name, isPublic: true }
  }
}

function isForeign(subject: PackageSubject, soname: string): boolean {
  const guarded = subject.guardedSoname(soname)
  return guarded !== null && !guarded.families.some(family => subject.isOwnPackage(family))
}

/** `libssl.so.3` of `libssl.so.3(OPENSSL_3.0.0)(64bit)`. */
function sonameOfDependency(name: string): string {
  return name.replace(/\(.*$/, '')
}
