/** Facts of every ELF file of the corpus are readelf's, and nothing is an error that truth does not show to be one. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { machineName } from '../../lib/elf/machines.js'
import type { ObjectFacts } from '../../lib/facts/model.js'
import type { Outcome } from '../../lib/io/package/read-targets.js'
import { objectsOf } from '../../lib/report/facts-json.js'
import { outcomeOf, reportOf } from '../support/engine.js'
import { describeWith, sharedJson, sharedPath } from '../support/shared.js'

interface ElfTruth {
  readonly path: string
  readonly sha256: string
  readonly class: string
  readonly data: string
  readonly e_machine: number
  readonly type: string
  readonly soname: string | null
  readonly needed: readonly string[]
  readonly rpath: string | null
  readonly verdef?: readonly string[]
  readonly defined_sha256: string
  readonly undefined_sha256: string
  readonly sections: Readonly<Record<string, readonly [string, number]>>
  readonly not_in_header?: boolean
}
interface PackageTruth {
  readonly id: string
  readonly rpm: { readonly rc: number; readonly NAME?: string; readonly VERSION?: string; readonly SOURCERPM?: string | null }
  readonly verify: { readonly lines: readonly string[] }
  readonly raw: { readonly digests_ok?: Readonly<Record<string, boolean | null>> }
  readonly open?: { readonly content?: { readonly digest_bad: number; readonly absent_not_ghost: number } }
  readonly elf: readonly ElfTruth[]
}

const truth = sharedJson<PackageTruth[]>('corpus/truth.json', [])

/** Real libraries with real faults: the only errors that the corpus holds. */
const KNOWN_ERRORS: Readonly<Record<string, readonly string[]>> = {
  'own/big4g-1-1.x86_64.rpm': ['unversioned-crypto-export', 'do-nothing-crypto-export'],
}

describeWith('corpus', 'corpus', () => {
  test('holds packages', () => expect(truth.length).toBeGreaterThan(0)) // and skips, where there are none to describe

  for (const entry of truth) describePackage(entry)
})

function describePackage(entry: PackageTruth): void {
  const { id } = entry
  describe(id, () => {
    const path = sharedPath('corpus/rpms', id)
    const read: Outcome[] = []
    beforeAll(async () => void read.push(await outcomeOf(path)), 60_000)
    afterAll(() => void read.splice(0)) // the facts of all packages at once would be much

    test('is broken where truth says so, and else has readelf’s facts', () => {
      const outcome = read[0]!
      if (!('facts' in outcome)) {
        expect({ id, isBroken: isBroken(entry), reason: outcome.reason, message: outcome.message }).toMatchObject({ isBroken: true })
        expect(outcome.reason).not.toBe('internal')
        return
      }
      expect(isBroken(entry)).toBe(false)
      const objects = [...objectsOf(outcome.facts, '')].filter(({ object }) => !object.isNested)
      const byPath = new Map(objects.flatMap(({ object }) => [object.path, ...object.alsoAt].map(place => [place, object] as const)))
      for (const elf of entry.elf) compare(elf, byPath.get(elf.path.startsWith('/') ? elf.path : `/${elf.path}`))
      expect(byPath.size).toBe(entry.elf.length)
    })

    test('has no error that truth does not show', () => {
      const report = reportOf(path, read[0]!)
      const errors =
        report.outcome === 'checked' ? report.findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule) : []
      expect([...new Set(errors)]).toEqual(KNOWN_ERRORS[id] ?? [])
    })
  })
}

/** rpm cannot read it, or its content is not what it says. */
function isBroken({ rpm, raw, open }: PackageTruth): boolean {
  const digests = Object.entries(raw.digests_ok ?? {}).some(([name, isRight]) => name !== 'size' && isRight === false)
  return rpm.rc !== 0 || digests || (open?.content?.digest_bad ?? 0) > 0
}

function compare(elf: ElfTruth, facts: ObjectFacts | undefined): void {
  const { path } = elf
  if (facts === undefined) throw new Error(`${path}: not found`)
  expect({ path, ...shapeOf(facts) }).toEqual({
    path,
    sha256: elf.sha256,
    class: elf.class,
    data: elf.data,
    machine: machineName(elf.e_machine),
    type: elf.type,
    fault: null,
    soname: elf.soname,
    needed: elf.needed,
    path_: elf.rpath,
  })
  if (elf.sections['.dynsym']?.[0] === 'NOBITS') {
    expect({ path, exports: facts.exports }).toEqual({ path, exports: [] })
    return
  }
  expect({ path, nodes: [...facts.versionNodes].sort() }).toEqual({ path, nodes: nodesOf(elf) })
  expect({ path, defined: definedDigest(facts) }).toEqual({ path, defined: elf.defined_sha256 })
  expect({ path, undefined: undefinedDigest(facts) }).toEqual({ path, undefined: elf.undefined_sha256 })
}

function shapeOf(facts: ObjectFacts): object {
  return {
    sha256: facts.sha256,
    class: `ELF${facts.format?.class ?? ''}`,
    data: facts.format?.data,
    machine: facts.format?.machine,
    type: facts.format?.type,
    fault: facts.fault,
    soname: facts.soname,
    needed: facts.needed,
    path_: facts.rpath ?? facts.runpath,
  }
}

/** readelf lists the base definition first, and parents as further names of a definition. */
function nodesOf({ verdef = [] }: ElfTruth): string[] {
  return verdef.slice(1).sort()
}

function definedDigest({ exports }: ObjectFacts): string {
  const lines = exports.map(({ binding, type, visibility, name, version, isDefault }) => {
    return `${binding} ${type} ${visibility} ${name}${version === null ? '' : `${isDefault ? '@@' : '@'}${version}`}`
  })
  return sha256(lines)
}

function undefinedDigest({ imports }: ObjectFacts): string {
  return sha256(imports.map(({ binding, name, version }) => `${binding} ${name}${version === null ? '' : `@${version}`}`))
}

function sha256(lines: readonly string[]): string {
  return createHash('sha256')
    .update([...lines].sort().join('\n'))
    .digest('hex')
}
