/**
 * Texts of fixes: one for reports, which fits on a screen, and one in detail. Each was tested with ld.so, an offending library and an affected
 * program; `DOES_NOT_HELP` lists what was tested and does not work. Placeholders are those of families (lib/catalogue/family-words.ts).
 */
import { printable } from '../bytes/names.js'
import type { ObjectFacts, Trace } from '../facts/model.js'
import type { Client } from '../interposition/clients.js'
import type { ObjectSubject, PackageSubject } from './subjects.js'
import { versionScriptOf, type VersionScript } from './version-script.js'

export const DOES_NOT_HELP =
  'Not enough: -Bsymbolic or a --dynamic-list (the symbols stay exported), weak or protected symbols, strip or objcopy --localize-symbol on the ' +
  'finished library (dynsym stays as it is), a version script without `local: *`, -fvisibility=hidden alone (it does not reach assembler code), ' +
  'or symbol versions in {systemLibraries}.'

const INSTEAD = 'Link {linkFlags} instead of the copy, or hide its symbols with'

/** How to stop a library from exporting symbols that are not its own, best first. */
export const HIDE_FROM_EXPORT = [
  INSTEAD,
  '- -Wl,--version-script=FILE, its own symbols: { global: yourlib_*; local: *; };',
  '- or -Wl,--exclude-libs,ALL, if the copy is a static archive on the link line.',
].join('\n')

/** The same for a program. */
export const HIDE_FROM_PROGRAM = [
  INSTEAD,
  '- -Wl,--version-script=FILE: { local: *; }; or, for plugins, -rdynamic and { global: yourprogram_*; local: *; };',
  '- or -Wl,--exclude-libs,ALL, if the copy is a static archive: it works beside -rdynamic.',
].join('\n')

const PASSING_A_SCRIPT = [
  '- gcc, clang: -Wl,--version-script=NAME.map',
  '- CMake: target_link_options(TARGET PRIVATE "LINKER:--version-script=${CMAKE_CURRENT_SOURCE_DIR}/NAME.map")',
  "- Meson: link_args: '-Wl,--version-script=' + meson.current_source_dir() / 'NAME.map', link_depends: 'NAME.map'",
  '- Automake: libNAME_la_LDFLAGS = -Wl,--version-script=$(srcdir)/NAME.map',
  "- libtool: libtool --mode=link gcc … -Wl,--version-script=NAME.map; or -export-symbols-regex '^yourlib_', for which it writes such a script itself",
]

/** For `explain` and the documentation. */
export const HIDING_IN_DETAIL = [
  'A version script works for every way of bundling. It lists what the library exports, by patterns or one by one, and hides the rest:',
  '{ global: yourlib_*; local: *; };',
  'Findings contain such a script for the library; with `check --with PACKAGES` it has exactly the symbols that these packages import. All of it is in ' +
    'data.versionScript of `--format json`. Symbols that are looked up by name (dlsym) have to be added. A plugin exports only its entry points: ' +
    '`{ global: PyInit_yourmodule; local: *; };`',
  'A library with symbol versions keeps its nodes, to which clients refer: add `local: *;` to one of them, and list only its own symbols under ' +
    '`global:`, without a bare `*`.',
  ['To pass the script:', ...PASSING_A_SCRIPT].join('\n'),
  [
    'Otherwise:',
    '- -Wl,--exclude-libs,ALL, or the names of the archives, hides what comes from static archives. It has no effect on object files.',
    '- -fvisibility=hidden for the bundled code itself, not only for your own. It does not reach assembler code: ' +
      'build the copy without it, or hide it with a script.',
    '- Renaming on both sides: objcopy --redefine-syms on the bundled objects and on those that call them.',
  ].join('\n'),
  'If another library takes the symbols from this one, link that library with {linkFlags} first: it could not be loaded any more.',
].join('\n\n')

/** The same for programs. */
export const HIDING_IN_PROGRAMS_IN_DETAIL = [
  'A program exports what libraries on the link line refer to, and with -rdynamic (--export-dynamic) everything. To export nothing, link it with ' +
    'the version script',
  '{ local: *; };',
  'For a program with plugins, the script has what they need. GNU ld, gold and lld export it only if -rdynamic or --dynamic-list asks for it too; what a ' +
    'script hides, neither --dynamic-list nor --export-dynamic-symbol brings back:',
  '{ global: yourprogram_*; local: *; };',
  'Findings contain such a script for the program; with `check --with PACKAGES` it has exactly the symbols that plugins in these packages import. ' +
    'All of it is in data.versionScript of `--format json`. A script that only lists some prefixes leaves the rest: `{ local: {symbolPatterns} };` is not ' +
    'enough.',
  ['To pass the script:', ...PASSING_A_SCRIPT.filter(line => !line.startsWith('- libtool'))].join('\n').replace('libNAME_la', 'NAME'),
  [
    'Otherwise:',
    '- -Wl,--exclude-libs,ALL hides what comes from static archives, beside -rdynamic too. With -Wl,--dynamic-list=FILE instead of -rdynamic, FILE ' +
      'being `{ yourprogram_*; };`, the program exports those symbols alone.',
  ].join('\n'),
  'If a library on the link line takes the symbols from the program, link that library with {linkFlags} first. GNU ld refuses to link the program ' +
    'otherwise ("hidden symbol … is referenced by DSO"); gold and lld link it, and it fails with "undefined symbol" when it runs.',
].join('\n\n')

/** The fix for one object. `clients` import symbols from it. */
export function hideFromExport(object: ObjectFacts, clients: readonly Client[] = []): string {
  const script = versionScriptOf(object, clients)
  return [
    ...linkFirst(object, clients),
    INSTEAD,
    `- ${object.isProgram && script.exports !== 'nothing' ? '-rdynamic ' : ''}-Wl,--version-script=FILE${contentsOf(script)}`,
    `- or -Wl,--exclude-libs,ALL, if the copy is a static archive${object.isProgram ? ': it works beside -rdynamic.' : ' on the link line.'}`,
  ].join('\n')
}

/** The fix for an object with exports that are not its own: of a copy of the whole library nothing can be hidden. */
export function exportFix({ facts, package: owner, clients }: ObjectSubject): string {
  return isWholeLibrary(facts, owner) ? SEPARATE_COPY : hideFromExport(facts, clients)
}

function isWholeLibrary({ soname, isProgram }: ObjectFacts, owner: PackageSubject): boolean {
  return !isProgram && soname !== null && owner.guardedSoname(soname) !== null
}

/** Tested with ld.so: another soname or other version nodes alone are not enough. */
export const SEPARATE_COPY = [
  'Link {linkFlags} instead of the copy, or give the copy a soname and version nodes of its own, and link what uses it against that:',
  '- -Wl,-soname,libNAME.so.N -Wl,--version-script=FILE: NAME_N { global: *; }; {ownSoname}',
].join('\n')

/** The same for the symbols of a genuine library that has no versions. `traces` show which implementation it is. */
export function versionsFor(traces: readonly Trace[], title: string): string {
  const isFork = traces.length > 0 && traces.every(({ implementation }) => implementation !== title)
  return isFork
    ? 'Link it with a version script that has a node of its release: -Wl,--version-script=FILE: NAME_N { global: *; };'
    : '{versioningFix}'
}

/** For `data` of a finding: what does not fit in its text. */
export function hidingData(object: ObjectFacts, clients: readonly Client[] = []): { readonly versionScript: string } {
  return { versionScript: versionScriptOf(object, clients).text }
}

function contentsOf({ text, brief, exports, hosts }: VersionScript): string {
  const script = brief === text ? text : `${brief} (complete: --format json)`
  if (exports === 'own symbols') return `, its own symbols: ${script}`
  if (exports === 'imported symbols') return `, what the given packages import: ${script}`
  return exports === 'entry points' ? `, entry points of ${hosts[0]} plugins: ${script}` : `: ${script}`
}

/** Libraries that would miss the symbols, because they count on this object instead of the genuine library. */
function linkFirst({ guarded, isProgram }: ObjectFacts, clients: readonly Client[]): string[] {
  const names = new Set(guarded.map(({ name }) => name))
  const affected = clients.filter(({ needsGuarded, symbols }) => !needsGuarded && symbols.some(name => names.has(name)))
  const [first] = affected
  if (first === undefined) return []
  const others = affected.length > 1 ? ` and ${affected.length - 1} more` : ''
  const takes = affected.length > 1 ? 'they take' : 'it takes'
  return [
    `First link ${printable(first.object.path)}${others} with {linkFlags}: ${takes} symbols of {family} from this ${isProgram ? 'program' : 'library'}.`,
  ]
}
