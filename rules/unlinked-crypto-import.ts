import { conclusive, defineRule, distinctNames } from '../lib/plugin-api.js'
import type { GuardedImport, ObjectFacts, ObjectSubject, PackageFacts } from '../lib/plugin-api.js'

export default defineRule({
  id: 'unlinked-crypto-import',
  scope: 'object',
  severity: 'warning',
  summary: 'A file needs {family} symbols, but links no library that provides them',
  why:
    'ld.so binds each of these symbols to whatever library of the process defines it. The file works as long as something else loads ' +
    '{systemLibraries}; otherwise it binds to any other library that exports the symbols, or fails.',
  remedy: [
    'Link the libraries that are used: add {linkFlags} to the link line, and -Wl,-z,defs, which makes undefined symbols an error.',
    '- For a plugin of a program that exports the symbols this changes nothing but to mix two copies of {family}: the program has to be fixed first.',
  ].join('\n'),
  remedyInDetail: [
    'Linked so, the file has a DT_NEEDED entry of its own, and its references carry the versions of the library.',
    'A program comes first in every lookup of its process. If it exports symbols of {family} without versions, references of its plugins bind to it whatever ' +
      'the plugins are linked with, and symbols that the program lacks come from the library: two copies of {family} work on the same data. Before, a missing ' +
      'symbol stopped the plugin from loading. So fix the program first (rpmlint-ts explain crypto-export-from-program). Plugins of such a program are ' +
      'found with `check --with`, if the program is in one of the packages.',
  ].join('\n\n'),
  doesNotHelp:
    'Not enough: a Requires in the spec file (it installs the library, but does not load it), or the link line of the program alone.',
  references: ['https://refspecs.linuxfoundation.org/elf/gabi4+/ch5.dynamic.html'],
  messages: {
    hosted:
      'has no DT_NEEDED entry for a library that provides the {count:symbol:symbols} it needs from {libraries}: if {host} loads it, {hosted} of them bind to that program',
    unlinked: 'has no DT_NEEDED entry for a library that provides the {count:symbol:symbols} it needs from {libraries}',
  },
  options: {},

  *check(subject) {
    const { facts, genuine } = subject
    if (genuine !== null || facts.isNested) return
    const required = facts.guardedImports.filter(({ isOptional }) => !isOptional)
    const isLinked = required.length === 0 ? () => true : linkedIn(subject)
    const needed = conclusive(required.filter(symbol => !isLinked(symbol)))
    if (needed.length === 0) return
    const names = distinctNames(needed)
    const data = { count: names.length, libraries: [...new Set(needed.map(({ library }) => library))].sort() }
    const { host = null, hosted = [] } = hostOf(subject, new Set(names)) ?? {}
    if (host === null) yield { message: 'unlinked', symbols: names, data }
    else
      yield {
        message: 'hosted',
        symbols: names,
        data: { ...data, host, hosted: hosted.length, hostedSymbols: hosted },
        remedy: FIX_THE_PROGRAM,
      }
  },
})

const FIX_THE_PROGRAM = [
  'Have {host} hide its symbols (rpmlint-ts explain crypto-export-from-program), and only then link {linkFlags} and -Wl,-z,defs.',
  '- To link them alone changes nothing for the symbols that the program exports, and mixes two copies of {family} if it does not export all.',
  '- If the plugin is meant to use the copy in the program, waive the finding.',
].join('\n')

/** Of the programs that would load it, the one that exports most of these symbols. */
function hostOf(
  { interpositions }: ObjectSubject,
  names: ReadonlySet<string>,
): { readonly host: string; readonly hosted: readonly string[] } | null {
  const unlinked = interpositions.filter(({ kind, concerns }) => kind === 'unlinked' && concerns === 'referrer')
  const hosts = unlinked.map(({ provider: { path, package: owner }, symbols }) => ({
    host: owner === null ? path : `${path} (${owner})`,
    hosted: symbols.filter(name => names.has(name)),
  }))
  const [first] = hosts.filter(({ hosted }) => hosted.length > 0).sort((a, b) => b.hosted.length - a.hosted.length)
  return first ?? null
}

/** Does a DT_NEEDED entry of the object provide it: one of the family's libraries, or one of the same package that exports it? */
function linkedIn({ facts, package: owner }: ObjectSubject): (symbol: GuardedImport) => boolean {
  const needed = new Set(facts.needed)
  const families = new Set([...needed].flatMap(soname => owner.guardedSoname(soname)?.families ?? []))
  const libraries = [...needed].flatMap(soname => librariesOf(owner.facts).get(soname) ?? [])
  return ({ name, family }) => families.has(family) || libraries.some(library => exportsOf(library).has(name))
}

/** By soname; made once for all objects of a package. */
const LIBRARIES = new WeakMap<PackageFacts, ReadonlyMap<string, readonly ObjectFacts[]>>()

function librariesOf(facts: PackageFacts): ReadonlyMap<string, readonly ObjectFacts[]> {
  const known = LIBRARIES.get(facts)
  if (known !== undefined) return known
  const libraries = new Map<string, ObjectFacts[]>()
  for (const object of facts.objects) {
    if (object.soname === null) continue
    const same = libraries.get(object.soname)
    if (same === undefined) libraries.set(object.soname, [object])
    else same.push(object)
  }
  LIBRARIES.set(facts, libraries)
  return libraries
}

const EXPORTS = new WeakMap<ObjectFacts, ReadonlySet<string>>()

function exportsOf(object: ObjectFacts): ReadonlySet<string> {
  const known = EXPORTS.get(object) ?? new Set(object.exports.map(({ name }) => name))
  EXPORTS.set(object, known)
  return known
}
