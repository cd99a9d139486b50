/** Facts as text: the identity of the package, and each ELF object with its symbols. */
import { printable, textOf } from '../bytes/names.js'
import type { ExportFacts, ImportFacts, ObjectFacts, PackageFacts } from '../facts/model.js'
import { archivesOf, objectsOf, type FactsOutcome } from './facts-json.js'
import { withoutRunnerCommands } from './runner-commands.js'
import type { Style } from './style.js'

export interface FactsTextOptions {
  readonly style: Style
  readonly width: number
  /** Chooses the exports and imports to show, by byte-string name. */
  readonly isListed: (name: string) => boolean
}

export function renderFactsText(outcomes: readonly FactsOutcome[], options: FactsTextOptions): string {
  const read = outcomes.flatMap(outcome => ('facts' in outcome ? [packageText(outcome.path, outcome.facts, options)] : []))
  return read.length === 0 ? '' : `${withoutRunnerCommands(read.join('\n\n'))}\n`
}

function packageText(path: string, facts: PackageFacts, options: FactsTextOptions): string {
  const { style } = options
  const lines = [style.bold(printable(path)), ...identityLines(facts).map(line => `  ${line}`)]
  for (const { path: at, object } of objectsOf(facts, '')) for (const line of ['', ...objectLines(at, object, options)]) lines.push(line)
  for (const { path: at, archive } of archivesOf(facts, ''))
    lines.push('', `  ${style.bold(printable(at))}  static archive, ${archive.members} members`)
  for (const note of facts.notes) lines.push(`  note: ${printable(note.message)}`)
  return lines.join('\n')
}

function identityLines({ identity, provenance, payload, rpmFormat }: PackageFacts): string[] {
  if (identity === null) return []
  const { name, epoch, version, release, arch } = identity
  return [
    `package   ${printable(`${name}-${epoch === null ? '' : `${epoch}:`}${version}-${release}.${arch}`)}`,
    `kind      ${provenance.isSource ? (provenance.isNosrc ? 'nosrc source package' : 'source package') : 'binary package'}, RPM v${rpmFormat ?? '?'}`,
    ...(provenance.sourceRpm === null
      ? []
      : [`source    ${printable(provenance.sourceRpm)}${provenance.isNosrcDerived ? ' (omits sources)' : ''}`]),
    ...(provenance.missingSources.length === 0 ? [] : [`missing   ${provenance.missingSources.map(printable).join(', ')}`]),
    ...(payload === null ? [] : [`payload   ${payload.format}, ${payload.compressor}`]),
  ]
}

function objectLines(path: string, object: ObjectFacts, { style, isListed }: FactsTextOptions): string[] {
  const { format } = object
  const kind =
    format === null
      ? 'unreadable ELF'
      : `ELF${format.class} ${format.data} ${format.machine} ${format.type}${object.isProgram ? ', program' : ''}`
  const field = (name: string, value: string | null): string[] =>
    value === null || value === '' ? [] : [`    ${name.padEnd(8)}${printable(value)}`]
  return [
    `  ${style.bold(printable(path))}  ${style.dim(kind)}`,
    ...field('also at', object.alsoAt.join(', ')),
    ...field('soname', object.soname === null ? null : textOf(object.soname)),
    ...field('needed', object.needed.map(textOf).join(', ')),
    ...field('rpath', object.rpath === null ? null : textOf(object.rpath)),
    ...field('runpath', object.runpath === null ? null : textOf(object.runpath)),
    ...field('nodes', object.versionNodes.map(textOf).join(', ')),
    ...field(
      'traces',
      [...new Set(object.traces.map(({ implementation, version }) => `${implementation}${version === null ? '' : ` ${version}`}`))].join(
        ', ',
      ),
    ),
    ...field('error', object.fault?.message ?? null),
    ...symbolLines('exports', object.exports.filter(({ name }) => isListed(name)).map(exportLabel)),
    ...symbolLines('imports', object.imports.filter(({ name }) => isListed(name)).map(importLabel)),
  ]
}

function symbolLines(title: string, labels: readonly string[]): string[] {
  return labels.length === 0 ? [] : [`    ${title} (${labels.length})`, ...labels.map(label => `      ${printable(label)}`)]
}

/** As readelf prints it: `name@@VERSION` for a default, `name@VERSION` for any other. */
function exportLabel({ name, version, isDefault, type, binding }: ExportFacts): string {
  const suffix = version === null ? '' : `${isDefault ? '@@' : '@'}${textOf(version)}`
  return `${textOf(name)}${suffix}  ${type.toLowerCase()}${binding === 'GLOBAL' ? '' : `, ${binding.toLowerCase()}`}`
}

function importLabel({ name, version, from }: ImportFacts): string {
  return `${textOf(name)}${version === null ? '' : `@${textOf(version)}`}${from === null ? '' : `  from ${textOf(from)}`}`
}
