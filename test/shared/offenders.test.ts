/** Every object of the offenders gets the verdict that readelf's truth says, with exactly its names. */
import { expect, test } from '@jest/globals'
import { Catalogue } from '../../lib/catalogue/catalogue.js'
import type { Finding } from '../../lib/lint/finding.js'
import { reportOn } from '../support/engine.js'
import { describeWith, sharedJson, sharedPath } from '../support/shared.js'

interface ObjectTruth {
  readonly path: string
  readonly sha256: string
  readonly verdict: 'offender' | 'forged-version' | 'foreign-version' | 'genuine' | 'clean'
  readonly type: string
  readonly pie_or_exec: boolean
  readonly soname: string | null
  readonly exports: readonly { readonly name: string; readonly version: string | null; readonly visibility: string }[]
}

const catalogue = new Catalogue()
const truth = sharedJson<Record<string, { readonly elf: readonly ObjectTruth[] }>>('offenders/truth.json', {})
const VERDICT_RULES: ReadonlySet<string> = new Set([
  'unversioned-crypto-export',
  'crypto-export-from-program',
  'forged-crypto-version',
  'foreign-crypto-version',
])
/** Packages with hardlinks among their ELF files. */
const HARDLINKED = new Set(['postfix-3.7.11-1.x86_64.rpm'])
const EXPECTED = { 'forged-version': 'forged-crypto-version', 'foreign-version': 'foreign-crypto-version' } as const

describeWith('offenders', 'offenders', () => {
  test.each(Object.entries(truth))('%s', async (name, { elf }) => {
    const report = await reportOn(sharedPath('offenders/rpms', name))
    if (report.outcome !== 'checked') throw new Error(report.message)
    // Two names of one inode are one object here, and two files to readelf.
    expect(report.objects).toBe(new Set(elf.map(({ sha256, path }) => (HARDLINKED.has(name) ? sha256 : path))).size)
    for (const object of elf) judge(object, report.findings)
    const known = new Set(elf.map(({ path }) => ours(path)))
    expect(report.findings.filter(({ rule, file }) => VERDICT_RULES.has(rule) && !known.has(file ?? ''))).toEqual([])
  })
})

function judge(object: ObjectTruth, findings: readonly Finding[]): void {
  const path = ours(object.path)
  const verdicts = findings.filter(({ rule, file, severity }) => file === path && VERDICT_RULES.has(rule) && severity !== 'info')
  const names = object.exports.filter(({ visibility, name }) => ['DEFAULT', 'PROTECTED'].includes(visibility) && catalogue.guards(name))
  const unversioned = names.filter(({ version }) => version === null).map(({ name }) => name)
  const isProgram = object.type === 'EXEC' || (object.pie_or_exec && object.soname === null)
  switch (object.verdict) {
    case 'offender': {
      const [main] = verdicts
      expect(main).toMatchObject(
        isProgram ? { rule: 'crypto-export-from-program' } : { rule: 'unversioned-crypto-export', severity: 'error' },
      )
      expect(main?.symbols.filter(name => object.exports.some(known => known.name === name))).toEqual([...unversioned].sort())
      return
    }
    case 'forged-version':
    case 'foreign-version':
      expect(verdicts).toMatchObject([{ rule: EXPECTED[object.verdict], symbols: names.map(({ name }) => name).sort() }])
      return
    default:
      expect(verdicts).toEqual([])
  }
}

/** Paths inside an RPM are absolute, also inside an inner one. */
function ours(path: string): string {
  return path.replace(/\.rpm!(?!\/)/g, '.rpm!/')
}
