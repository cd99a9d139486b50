import { describe, expect, test } from '@jest/globals'
import { CpioParser } from '../../../lib/cpio/cpio-parser.js'
import { MalformedError } from '../../../lib/errors/check-error.js'
import { PayloadCheck, type PayloadMember } from '../../../lib/facts/payload/payload-check.js'
import { decodeRpmHead } from '../../../lib/rpm/head.js'
import { filesOf } from '../../../lib/rpm/package-files.js'
import { RPMTAG } from '../../../lib/rpm/tags.js'
import { archive, strippedMember, type TestMember } from '../../support/cpio-builder.js'
import { buildPackage, int32, strings, type Tags, type TestFile } from '../../support/rpm-builder.js'

interface Reading {
  /** What is analysed, as `path path`. */
  readonly analysed: string[]
  readonly members: PayloadMember[]
  readonly notes: string[]
  readonly fault: string | null
}

function read(files: readonly TestFile[], members: readonly (TestMember | Buffer)[], tags: Tags = {}): Reading {
  const payloadCheck = new PayloadCheck(filesOf(decodeRpmHead(buildPackage({ files, tags }))))
  const parser = new CpioParser({ members: 100, sizeOfStripped: index => payloadCheck.sizeOfStripped(index) })
  const checked: PayloadMember[] = []
  for (const event of parser.push(archive(...members))) if (event.kind === 'entry') checked.push(payloadCheck.checkMember(event.entry))
  return {
    analysed: checked.filter(({ action }) => action === 'analyse').map(({ paths }) => paths.join(' ')),
    members: checked,
    notes: payloadCheck.notes().map(({ id }) => id),
    fault: faultOf(payloadCheck),
  }
}

function faultOf(payloadCheck: PayloadCheck): string | null {
  try {
    payloadCheck.finish()
    return null
  } catch (error) {
    expect(error).toBeInstanceOf(MalformedError)
    return error instanceof Error ? error.message : null
  }
}

const A: TestFile = { path: '/usr/lib/a', content: 'aaaa' }
const B: TestFile = { path: '/usr/lib/b', content: 'bb' }
const a: TestMember = { name: './usr/lib/a', data: 'aaaa' }
const b: TestMember = { name: './usr/lib/b', data: 'bb' }
const GHOST = 64

describe('a payload that matches the header', () => {
  test('is analysed file by file', () => {
    const { analysed, members, notes, fault } = read([A, B], [a, b])
    expect({ analysed, notes, fault }).toEqual({ analysed: ['/usr/lib/a', '/usr/lib/b'], notes: [], fault: null })
    expect(members[0]).toEqual({
      action: 'analyse',
      paths: ['/usr/lib/a'],
      isRegular: true,
      expectedSize: 4,
      digest: { algorithm: 'sha256', hex: '61be55a8e2f6b4e172338bddf184d6dbee29c98853e0a0485ecee7f27b9af0b4' },
    })
  })

  test.each(['./usr/lib/a', '/usr/lib/a', 'usr/lib/a'])('may call a file %s', name => {
    expect(read([A], [{ name, data: 'aaaa' }])).toMatchObject({ analysed: ['/usr/lib/a'], fault: null })
  })

  test('of a source package has bare names', () => {
    expect(read([{ path: 'a.spec', content: 'x' }], [{ name: 'a.spec', data: 'x' }])).toMatchObject({ analysed: ['a.spec'], fault: null })
  })

  test('may contain the root directory', () => {
    expect(read([{ path: '/', mode: 0o40755 }], [{ name: './', mode: 0o40755 }])).toMatchObject({ analysed: [], fault: null })
  })

  test('is analysed for regular files alone', () => {
    const files = [
      { path: '/d', mode: 0o40755 },
      { path: '/l', mode: 0o120777, linkTarget: 'x' },
      { path: '/p', mode: 0o10644 },
    ]
    const members = [
      { name: './d', mode: 0o40755 },
      { name: './l', mode: 0o120777, data: 'x' },
      { name: './p', mode: 0o10644 },
    ]
    expect(read(files, members)).toMatchObject({ analysed: [], notes: [], fault: null })
  })

  test('need not contain ghosts', () => {
    expect(read([A, { ...B, flags: GHOST }], [a])).toMatchObject({ analysed: ['/usr/lib/a'], notes: [], fault: null })
  })

  test('has digests only if they can be computed', () => {
    const digestOf = (tags: Tags): unknown => read([A], [a], tags).members[0]?.digest
    expect(digestOf({ [RPMTAG.FILEDIGESTALGO.number]: undefined })).toMatchObject({ algorithm: 'md5' })
    expect(digestOf({ [RPMTAG.FILEDIGESTALGO.number]: int32(77) })).toBeNull()
    expect(digestOf({ [RPMTAG.FILEDIGESTS.number]: strings('') })).toBeNull()
    expect(digestOf({ [RPMTAG.FILEDIGESTS.number]: strings('AB') })).toEqual({ algorithm: 'sha256', hex: 'ab' })
  })
})

describe('a payload that does not match the header', () => {
  test('is refused for a file that the header does not list, which is analysed nevertheless', () => {
    const { analysed, members, fault } = read([A], [a, { name: './usr/lib/hidden.so', data: 'elf' }])
    expect(analysed).toEqual(['/usr/lib/a', '/usr/lib/hidden.so'])
    expect(members[1]).toMatchObject({ isRegular: true, expectedSize: 3, digest: null })
    expect(fault).toBe('payload: /usr/lib/hidden.so: not listed in the header at 0x80')
  })

  test('is refused for a directory that the header does not list, which is not analysed', () => {
    expect(read([A], [a, { name: './usr/d', mode: 0o40755 }])).toMatchObject({
      analysed: ['/usr/lib/a'],
      fault: expect.stringContaining('not listed in the header'),
    })
  })

  test('is refused for a missing file', () => {
    expect(read([A, B], [a]).fault).toContain('/usr/lib/b: missing from the payload')
    expect(read([A, { path: '/d', mode: 0o40755 }], [a]).fault).toContain('/d: missing from the payload')
  })

  test('is refused for a duplicate file, and both are analysed', () => {
    const { analysed, fault } = read(
      [A],
      [
        { ...a, data: 'good' },
        { ...a, name: '/usr/lib/a' },
      ],
    )
    expect(analysed).toEqual(['/usr/lib/a', '/usr/lib/a'])
    expect(fault).toContain('/usr/lib/a: occurs twice')
  })

  test('is refused for a file of another size', () => {
    expect(read([A], [{ ...a, data: 'aaaaa' }]).fault).toContain('5 bytes, but 4 according to the header')
    expect(read([A], [{ ...a, data: '' }]).fault).toContain('0 bytes, but 4 according to the header')
  })

  test('is accepted with another file type in the archive, because the header applies', () => {
    expect(read([A], [{ ...a, mode: 0o40755 }])).toMatchObject({ analysed: ['/usr/lib/a'], notes: ['mode-differs'], fault: null })
    expect(read([{ path: '/l', mode: 0o120777, linkTarget: 'x' }], [{ name: './l', data: 'elf' }])).toMatchObject({
      analysed: ['/l'],
      notes: ['mode-differs'],
      fault: null,
    })
    expect(read([A], [{ ...a, mode: 0o104755 }])).toMatchObject({ notes: [] })
  })

  test.each([0o10644, 0o20644, 0o40755, 0o60644, 0o140755])(
    'has its data analysed although the header says %o: cpio unpacks them',
    mode => {
      const { analysed, notes, fault, members } = read([{ path: '/x', mode }], [{ name: './x', data: 'elf' }])
      expect({ analysed, notes, fault }).toEqual({ analysed: ['/x'], notes: ['mode-differs'], fault: null })
      expect(members[0]?.digest).toBeNull()
    },
  )

  test.each([0, 0o644, 0o30644, 0o50644, 0o70644, 0o110644, 0o130644, 0o150644, 0o160644, 0o170644])(
    'is refused for a file of mode %o, whose type rpm does not know',
    mode => {
      expect(read([{ path: '/x', mode }], [{ name: './x', data: 'elf' }])).toMatchObject({
        analysed: ['/x'],
        fault: expect.stringContaining('/x: unknown type of file, which rpm cannot create'),
      })
    },
  )

  test('is accepted with a ghost, which rpm does not install and cpio unpacks', () => {
    expect(read([{ ...A, flags: GHOST }], [{ ...a, data: 'other' }])).toMatchObject({
      analysed: ['/usr/lib/a'],
      notes: ['ghost-in-payload'],
      fault: null,
    })
  })

  test('has its problems counted and the first one reported', () => {
    expect(read([A], [{ name: './x' }, { name: './y' }]).fault).toBe('payload: /x: not listed in the header at 0x0 (and 2 more)')
  })

  test('has each kind of note once', () => {
    const ghosts = [
      { ...A, flags: GHOST },
      { ...B, flags: GHOST },
    ]
    const payloadCheck = new PayloadCheck(filesOf(decodeRpmHead(buildPackage({ files: ghosts }))))
    for (const event of new CpioParser({ members: 9, sizeOfStripped: () => 0 }).push(archive(a, b)))
      if (event.kind === 'entry') payloadCheck.checkMember(event.entry)
    expect(payloadCheck.notes()).toEqual([
      {
        id: 'ghost-in-payload',
        message: '/usr/lib/a and 1 more: in the payload although it is a %ghost file, which rpm does not install',
        path: '/usr/lib/a',
        structure: 'payload',
        offset: 0,
        isOdd: true,
      },
    ])
  })
})

describe('an ambiguous file list', () => {
  test.each(['/usr/lib/../../tmp/x', '/usr/./x', '/usr//x', '/usr/..', '/.', 'a/../x', '..', '/usr/'])('is refused for %s', path => {
    expect(read([{ path }], [{ name: `.${path}` }]).fault).toContain('has an empty, "." or ".." component')
  })

  test.each(['/usr/..x', '/usr/x..', '/...', '/.x', 'x', '/'])('is accepted with %s', path => {
    expect(read([{ path }], [{ name: `./${path}` }]).fault).toBeNull()
  })

  const LINK: TestFile = { path: '/usr/d', mode: 0o120777, linkTarget: '/tmp' }
  const link: TestMember = { name: './usr/d', mode: 0o120777, data: '/tmp' }

  test.each(['/usr/d/x', '/usr/d/e/f/x'])('is refused for %s below a symbolic link of its own', path => {
    expect(read([LINK, { path }], [link, { name: `.${path}` }]).fault).toContain(`${path} is below /usr/d`)
    expect(read([{ path }, LINK], [{ name: `.${path}` }, link]).fault).toContain(`${path} is below /usr/d`)
  })

  test('is accepted with a file next to a symbolic link, and below a ghost of one', () => {
    expect(read([LINK, { path: '/usr/dd/x' }], [link, { name: './usr/dd/x' }]).fault).toBeNull()
    expect(read([{ ...LINK, flags: GHOST }, { path: '/usr/d/x' }], [{ name: './usr/d/x' }]).fault).toBeNull()
  })

  test('is refused when it lists a file twice', () => {
    expect(read([A, A], [a]).fault).toContain('/usr/lib/a: listed twice')
  })
})

test('a %ghost file in the payload is analysed, however often', () => {
  const { fault, notes, members } = read([{ ...A, flags: GHOST }], [a, a])
  expect({ fault, notes, actions: members.map(({ action }) => action) }).toEqual({
    fault: null,
    notes: ['ghost-in-payload'],
    actions: ['analyse', 'analyse'],
  })
})

describe('a hardlink set', () => {
  const files: TestFile[] = ['/a', '/b', '/c'].map(path => ({ path, content: 'data', inode: 7 }))
  const links = (...data: string[]): TestMember[] =>
    data.map((each, index) => ({ name: `./${'abc'[index] ?? ''}`, data: each, inode: 7, linkCount: 3 }))

  test('is analysed once, with its data, under all its names', () => {
    expect(read(files, links('', '', 'data'))).toMatchObject({ analysed: ['/a /b /c'], notes: [], fault: null })
  })

  test.each([
    ['the first', ['data', '', '']],
    ['one in the middle', ['', 'data', '']],
  ])('may have its data with %s, which is noted', (_which, data) => {
    expect(read(files, links(...data))).toMatchObject({ analysed: ['/a /b /c'], notes: ['hardlink-data-early'], fault: null })
  })

  test.each([
    ['each', ['data', 'data', 'data'], ['analyse', 'verify', 'verify']],
    ['two', ['', 'data', 'data'], ['skip', 'analyse', 'verify']],
  ])('may have its data with %s, and is analysed once', (_which, data, actions) => {
    const { members, ...reading } = read(files, links(...data))
    expect(reading).toEqual({ analysed: ['/a /b /c'], notes: ['hardlink-data-early'], fault: null })
    expect(members.map(({ action }) => action)).toEqual(actions)
  })

  test.each([
    ['differ', strings(...['1', '2', '2'].map(digit => digit.repeat(64)))],
    ['are missing', strings('', '', '')],
    ['cannot be computed', undefined],
  ])('is analysed with each data if the digests %s, for it may be other data', (_why, digests) => {
    const algorithm = digests === undefined ? { [RPMTAG.FILEDIGESTALGO.number]: int32(99) } : { [RPMTAG.FILEDIGESTS.number]: digests }
    const { analysed } = read(files, links('data', 'data', ''), algorithm)
    expect(analysed).toEqual(['/a /b /c', '/b'])
  })

  test('is not mixed up with another one, though their members alternate', () => {
    const two = [...files, ...['/d', '/e', '/f'].map(path => ({ path, content: 'more', inode: 8 }))]
    const members = [links('data', 'data', 'data'), links('more', 'more', 'more').map((link, at) => ({ ...link, name: `./${'def'[at]}` }))]
    const alternating = [0, 1, 2].flatMap(at => members.map(set => set[at]!))
    expect(read(two, alternating)).toMatchObject({ analysed: ['/a /b /c', '/d /e /f'], fault: null })
  })

  test('is refused without data', () => {
    expect(read(files, links('', '', '')).fault).toContain('/a: hardlink without data in the payload')
  })

  test('is refused with data of another size', () => {
    expect(read(files, links('', '', 'longer')).fault).toContain('6 bytes, but 4 according to the header')
  })

  test('may be empty', () => {
    const empty = files.map(file => ({ ...file, content: '' }))
    expect(read(empty, links('', '', ''))).toMatchObject({ notes: [], fault: null })
  })

  test('is not recognised in the archive alone', () => {
    expect(
      read(
        files.map(({ path }) => ({ path, content: 'data' })),
        links('', '', 'data'),
      ).fault,
    ).toContain('0 bytes, but 4 according to the header')
  })
})

describe('a stripped payload', () => {
  test('has its sizes from the header', () => {
    const files = [A, { path: '/l', mode: 0o120777, linkTarget: 'usr' }, { path: '/d', mode: 0o40755 }]
    expect(read(files, [strippedMember(0, 'aaaa'), strippedMember(1, 'usr'), strippedMember(2)])).toMatchObject({
      analysed: ['/usr/lib/a'],
      notes: [],
      fault: null,
    })
  })

  test('has the data of a hardlink set with its last member', () => {
    const files = ['/a', '/b'].map(path => ({ path, content: 'data', inode: 7 }))
    expect(read(files, [strippedMember(0), strippedMember(1, 'data')])).toMatchObject({ analysed: ['/a /b'], notes: [], fault: null })
  })

  test('is refused for a duplicate file', () => {
    expect(read([A], [strippedMember(0, 'aaaa'), strippedMember(0, 'aaaa')]).fault).toContain('occurs twice')
  })

  test.each([
    ['the index of no file', [A], 1],
    ['a ghost', [{ ...A, flags: GHOST }], 0],
  ])('cannot be read beyond %s', (_, files, index) => {
    expect(() => read(files, [strippedMember(index)])).toThrow(MalformedError)
  })
})
