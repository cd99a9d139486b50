import { describe, expect, test } from '@jest/globals'
import { decodeRpmHead } from '../../lib/rpm/head.js'
import { identityOf, nevraOf } from '../../lib/rpm/identity.js'
import { provenanceOf, type PackageProvenance } from '../../lib/rpm/provenance.js'
import { RPMTAG } from '../../lib/rpm/tags.js'
import { buildLead, buildPackage, int32, string, strings, type PackageParts, type Tags, type TestFile } from '../support/rpm-builder.js'

const SOURCE: Tags = { [RPMTAG.SOURCERPM.number]: undefined, [RPMTAG.SOURCEPACKAGE.number]: int32(1) }
const GHOST = 64

function nevra(tags: Tags): string {
  return nevraOf(identityOf(decodeRpmHead(buildPackage({ tags }))))
}

function provenance(parts: PackageParts): PackageProvenance {
  return provenanceOf(decodeRpmHead(buildPackage(parts)))
}

describe('the name of a package', () => {
  test('is printed as rpm prints it', () => {
    expect(nevra({})).toBe('test-1-2.x86_64')
    expect(nevra({ [RPMTAG.EPOCH.number]: int32(3) })).toBe('test-3:1-2.x86_64')
  })

  test('distinguishes an epoch of 0 from none', () => {
    expect(nevra({ [RPMTAG.EPOCH.number]: int32(0) })).toBe('test-0:1-2.x86_64')
  })

  test('of a source package does not name the machine that built it', () => {
    expect(nevra(SOURCE)).toBe('test-1-2.src')
    expect(nevra({ ...SOURCE, [RPMTAG.NOPATCH.number]: int32(0) })).toBe('test-1-2.nosrc')
    expect(nevra({ [RPMTAG.NOPATCH.number]: int32(0) })).toBe('test-1-2.x86_64')
  })

  test('is required, its version is not', () => {
    expect(() => nevra({ [RPMTAG.NAME.number]: undefined })).toThrow('NAME: missing')
    expect(nevra({ [RPMTAG.VERSION.number]: undefined, [RPMTAG.RELEASE.number]: undefined, [RPMTAG.ARCH.number]: undefined })).toBe(
      'test--.',
    )
  })
})

describe('a source package', () => {
  test('is marked as such', () => {
    expect(provenance({ tags: SOURCE })).toMatchObject({ isSource: true, sourceRpm: null, isNosrc: false })
    expect(provenance({})).toMatchObject({ isSource: false, sourceRpm: 'test-1-2.src.rpm' })
  })

  test('of old is recognised by its files without directories', () => {
    const tags = { [RPMTAG.SOURCERPM.number]: undefined }
    expect(provenance({ tags, files: [{ path: 'test.spec' }] }).isSource).toBe(true)
    expect(provenance({ tags, files: [{ path: '/test.spec' }] }).isSource).toBe(false)
    expect(provenance({ tags, files: [{ path: 'test.spec' }, { path: '/etc/x' }] }).isSource).toBe(false)
    expect(provenance({ files: [{ path: 'test.spec' }] }).isSource).toBe(false)
  })

  test('from before directory names is recognised by its lead, which otherwise has no say', () => {
    const tags = { [RPMTAG.SOURCERPM.number]: undefined }
    const lead = buildLead({ type: 1 })
    expect(provenance({ tags, lead, hasRegions: false }).isSource).toBe(true)
    expect(provenance({ tags, lead }).isSource).toBe(false)
    expect(provenance({ lead, hasRegions: false }).isSource).toBe(false)
  })
})

describe('a nosrc package', () => {
  const sources: Tags = {
    ...SOURCE,
    [RPMTAG.SOURCE.number]: strings('c.tar', 'b.tar', 'a.tar'),
    [RPMTAG.PATCH.number]: strings('q.patch', 'p.patch'),
    [RPMTAG.NOSOURCE.number]: int32(5),
    [RPMTAG.NOPATCH.number]: int32(1),
  }
  const files: TestFile[] = [
    { path: 'a.tar' },
    { path: 'b.tar', flags: GHOST },
    { path: 'c.tar' },
    { path: 'p.patch' },
    { path: 'q.patch', flags: GHOST },
    { path: 'test.spec' },
  ]

  test('names the omitted sources, whatever their numbers', () => {
    expect(provenance({ tags: sources, files })).toMatchObject({ isNosrc: true, missingSources: ['b.tar', 'q.patch'] })
  })

  test('names omitted sources that are not even listed', () => {
    expect(provenance({ tags: sources, files: files.slice(0, 3) }).missingSources).toEqual(['b.tar', 'q.patch', 'p.patch'])
  })

  test('is not recognised without either tag, whatever ghosts it has', () => {
    const tags = { ...sources, [RPMTAG.NOSOURCE.number]: undefined, [RPMTAG.NOPATCH.number]: undefined }
    expect(provenance({ tags, files })).toMatchObject({ isNosrc: false, missingSources: [] })
  })

  test.each([
    ['test-1-2.nosrc.rpm', true],
    ['test-1-2.src.rpm', false],
    ['nosrc.rpm-1-2.src.rpm', false],
  ])('is recognisable in packages built from it: %s', (sourceRpm, isNosrcDerived) => {
    expect(provenance({ tags: { [RPMTAG.SOURCERPM.number]: string(sourceRpm) } })).toMatchObject({ isNosrcDerived, isNosrc: false })
  })
})
