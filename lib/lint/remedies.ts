/**
 * Texts of fixes. Each was tested with ld.so, an offending library and an affected program; `DOES_NOT_HELP` lists what was tested and does not
 * work. Placeholders are those of families (lib/catalogue/family-words.ts).
 */
import type { ObjectFacts } from '../facts/model.js'
import { versionScriptFor } from './version-script.js'

export const DOES_NOT_HELP =
  'Not enough: -Bsymbolic or a --dynamic-list (the symbols stay exported), weak or protected symbols, strip or objcopy --localize-symbol on the ' +
  'finished library (dynsym stays as it is), a version script without `local: *`, or symbol versions in {systemLibraries}.'

/** How to stop a library from exporting symbols that are not its own, best first. */
export const HIDE_FROM_EXPORT = hidingWith(
  "a version script with the library's own symbols and `local: *`: { global: yourlib_*; local: *; };",
)

/** The same, with a version script that keeps this library's own symbols. */
export function hideFromExport(object: ObjectFacts): string {
  // Symbols must keep their version nodes: clients refer to my_symbol@V_2 and would not find it elsewhere.
  if (object.versionNodes.length > 1)
    return hidingWith(
      "the library's own version script with `local: *` in one of its nodes, and with none of these symbols under `global`;",
    )
  const script = versionScriptFor(object)
  if (script === null) return hidingWith('a version script with `local: *`: { local: *; };')
  return hidingWith(`a version script with the library's own symbols and \`local: *\`: ${script}`)
}

function hidingWith(versionScript: string): string {
  return [
    "Preferably, drop the bundled copy and link the system's {systemLibraries} ({linkFlags}).",
    'Otherwise keep the symbols out of the dynamic symbol table at link time, by one of:',
    `- ${versionScript}`,
    '- -Wl,--exclude-libs,ALL, if the copy is a static archive on the link line (it has no effect on object files);',
    '- -fvisibility=hidden for the bundled code itself, not only for your own;',
    '- renaming on both sides: objcopy --redefine-syms on the bundled objects and on those that call them.',
  ].join('\n')
}
