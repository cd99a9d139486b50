/** Facts as JSON: schema rpmlint-ts/facts/1, schemas/facts-1.json. */
import { textOf } from '../bytes/names.js'
import type { ObjectFacts, PackageFacts, StaticArchiveFacts } from '../facts/model.js'
import { jsonText } from './json-text.js'
import type { UncheckedPackage } from '../lint/report.js'

export type FactsOutcome = { readonly path: string; readonly facts: PackageFacts } | UncheckedPackage

/** `isListed` chooses the exports and imports to show, by byte-string name. */
export function renderFactsJson(outcomes: readonly FactsOutcome[], isListed: (name: string) => boolean): string {
  return jsonText({ schema: 'rpmlint-ts/facts/1', packages: outcomes.map(outcome => packageJson(outcome, isListed)) }, 1)
}

function packageJson(outcome: FactsOutcome, isListed: (name: string) => boolean): object {
  if ('outcome' in outcome) return outcome
  const { path, facts } = outcome
  const { identity, provenance } = facts
  return {
    path,
    outcome: 'checked',
    name: identity?.name ?? null,
    epoch: identity?.epoch ?? null,
    version: identity?.version ?? null,
    release: identity?.release ?? null,
    arch: identity?.arch ?? null,
    sourcePackage: provenance.isSource,
    sourceRpm: provenance.sourceRpm,
    nosrc: provenance.isNosrc,
    nosrcDerived: provenance.isNosrcDerived,
    missingSources: provenance.missingSources,
    rpmFormat: facts.rpmFormat,
    payload: facts.payload,
    objects: [...objectsOf(facts, '')].map(({ path: at, object }) => objectJson(at, object, isListed)),
    archives: [...archivesOf(facts, '')].map(({ path: at, archive }) => ({
      path: at,
      members: archive.members,
      guarded: archive.guarded.map(({ name }) => name),
    })),
    notes: facts.notes.map(({ id, message, path: at, structure, offset }) => ({ id, message, path: at, structure, offset })),
  }
}

/** The package's objects and those of the packages inside it, each with its whole path. */
export function* objectsOf(facts: PackageFacts, prefix: string): Generator<{ readonly path: string; readonly object: ObjectFacts }> {
  for (const object of facts.objects) yield { path: prefix + object.path, object }
  for (const inner of facts.inner) yield* objectsOf(inner.facts, `${prefix}${inner.path}!`)
}

/** Likewise. */
export function* archivesOf(
  facts: PackageFacts,
  prefix: string,
): Generator<{ readonly path: string; readonly archive: StaticArchiveFacts }> {
  for (const archive of facts.archives) yield { path: prefix + archive.path, archive }
  for (const inner of facts.inner) yield* archivesOf(inner.facts, `${prefix}${inner.path}!`)
}

function objectJson(path: string, object: ObjectFacts, isListed: (name: string) => boolean): object {
  return {
    path,
    alsoAt: object.alsoAt,
    size: object.size,
    sha256: object.sha256,
    class: object.format?.class ?? null,
    data: object.format?.data ?? null,
    machine: object.format?.machine ?? null,
    type: object.format?.type ?? null,
    program: object.isProgram,
    soname: textOrNull(object.soname),
    needed: object.needed.map(textOf),
    rpath: textOrNull(object.rpath),
    runpath: textOrNull(object.runpath),
    versionNodes: object.versionNodes.map(textOf),
    exports: object.exports
      .filter(({ name }) => isListed(name))
      .map(({ name, version, isDefault, isHidden, binding, type, visibility, size, index }) => ({
        name: textOf(name),
        version: textOrNull(version),
        default: isDefault,
        binding,
        type,
        visibility,
        size,
        index,
        hidden: isHidden,
      })),
    imports: object.imports
      .filter(({ name }) => isListed(name))
      .map(({ name, version, from, binding }) => ({ name: textOf(name), version: textOrNull(version), from: textOrNull(from), binding })),
    doNothing: Object.fromEntries(object.guarded.flatMap(({ name, stub }) => (stub === null ? [] : [[name, stub]]))),
    traces: object.traces,
    fault: object.fault,
  }
}

function textOrNull(byteString: string | null): string | null {
  return byteString === null ? null : textOf(byteString)
}
