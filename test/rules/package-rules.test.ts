import { describe, expect, test } from '@jest/globals'
import { findingsOf, library, packageOf } from '../../lib/testing.js'
import malformed from '../../rules/malformed-elf.js'
import missing from '../../rules/missing-sources.js'
import derived from '../../rules/nosrc-derived.js'
import unusual from '../../rules/unusual-payload.js'

const provenance = { isSource: false, sourceRpm: 'x-1-1.src.rpm', isNosrc: false, isNosrcDerived: false, missingSources: [] }
const note = { id: 'trailing-data', message: '400 bytes behind the payload', path: null, structure: null, offset: null }

describe('nosrc-derived', () => {
  test('reports a package built from a nosrc package, by name', () => {
    const facts = packageOf({ provenance: { ...provenance, sourceRpm: 'x-1-1.nosrc.rpm', isNosrcDerived: true } })
    expect(findingsOf(derived, facts)[0]).toMatchObject({
      severity: 'info',
      file: null,
      message: expect.stringContaining('x-1-1.nosrc.rpm'),
    })
  })
  test('is silent for any other', () => expect(findingsOf(derived, packageOf({ provenance }))).toEqual([]))
  test('reports a package inside a source package, under its path', () => {
    const inner = packageOf({ name: 'inner', provenance: { ...provenance, isNosrcDerived: true, sourceRpm: 'inner-1-1.nosrc.rpm' } })
    expect(findingsOf(derived, packageOf({ inner: [{ path: '/inner.rpm', facts: inner }] }))[0]?.file).toBe('/inner.rpm')
  })
})

describe('missing-sources', () => {
  test('lists the sources that a nosrc package omits', () => {
    const facts = packageOf({ provenance: { ...provenance, isSource: true, isNosrc: true, missingSources: ['a.tar.gz', 'b.rpm'] } })
    expect(findingsOf(missing, facts)[0]).toMatchObject({ severity: 'info', data: { sources: ['a.tar.gz', 'b.rpm'] } })
  })
  test('is silent if none is missing', () =>
    expect(findingsOf(missing, packageOf({ provenance: { ...provenance, isSource: true } }))).toEqual([]))
})

describe('malformed-elf', () => {
  const fault = { structure: 'verdef', offset: 64, message: 'verdef: need 20 bytes, have 2 at 0x40' }
  test('rejects an installed file, with structure and offset', () =>
    expect(findingsOf(malformed, packageOf({ objects: [library({ fault })] }))[0]).toMatchObject({
      severity: 'error',
      message: fault.message,
      data: { structure: 'verdef', offset: 64 },
    }))
  test('reports a file inside an archive as an info: it may be test data', () =>
    expect(findingsOf(malformed, packageOf({ objects: [library({ fault, isNested: true })] }))[0]?.severity).toBe('info'))
  test('is silent for a valid file', () => expect(findingsOf(malformed, packageOf({ objects: [library()] }))).toEqual([]))
})

describe('unusual-payload', () => {
  test('warns once, with all oddities', () => {
    const facts = packageOf({
      notes: [
        { ...note, isOdd: true },
        { ...note, id: 'mode-differs', isOdd: true },
      ],
    })
    expect(findingsOf(unusual, facts)).toMatchObject([{ severity: 'warning', data: { notes: ['trailing-data', 'mode-differs'] } }])
  })
  test('is silent for other notes', () => expect(findingsOf(unusual, packageOf({ notes: [{ ...note, isOdd: false }] }))).toEqual([]))
})
