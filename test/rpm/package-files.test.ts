import { describe, expect, test } from '@jest/globals'
import { decodeRpmHead } from '../../lib/rpm/head.js'
import { hardlinkSetsOf } from '../../lib/rpm/hardlinks.js'
import { filesOf, isDirectory, isGhost, isRegular, isSymlink, type PackageFile, type PackageFiles } from '../../lib/rpm/package-files.js'
import { RPMTAG } from '../../lib/rpm/tags.js'
import { buildPackage, fileTags, int16, int32, int64, string, strings, type Tags, type TestFile } from '../support/rpm-builder.js'

const LIBRARY: TestFile = { path: '/usr/lib64/libx.so.1', content: 'elf', mode: 0o100755 }
const TWO: readonly TestFile[] = [LIBRARY, { path: '/etc/x', content: '' }]

function list(files: readonly TestFile[], tags: Tags = {}): PackageFiles {
  return filesOf(decodeRpmHead(buildPackage({ files, tags })))
}

describe('the file list', () => {
  test('has each file’s path and metadata', () => {
    const { files, digestAlgorithm } = list([LIBRARY, { path: '/usr/lib64/libx.so', mode: 0o120777, linkTarget: 'libx.so.1' }])
    expect(digestAlgorithm).toBe('sha256')
    expect(files).toEqual([
      {
        path: '/usr/lib64/libx.so.1',
        size: 3,
        mode: 0o100755,
        flags: 0,
        linkTarget: '',
        digest: expect.stringMatching(/^[0-9a-f]{64}$/),
        device: 1,
        inode: 1,
      },
      { path: '/usr/lib64/libx.so', size: 9, mode: 0o120777, flags: 0, linkTarget: 'libx.so.1', digest: null, device: 1, inode: 2 },
    ])
  })

  test.each([4094, 4095])('may have a path of %d bytes', length => {
    const path = `/${'d'.repeat(length - 9)}/libx.so`
    const read = (): number | undefined => list([{ ...LIBRARY, path }]).files[0]?.path.length
    expect(read()).toBe(length)
    expect(() => list([{ ...LIBRARY, path: `${path}.1` }])).toThrow(/a path of 409[67] bytes, expected fewer than 4096/)
  })

  test('has a limit for the bytes of all paths, whose directories are shared', () => {
    const [directory, count] = [`/${'d'.repeat(4000)}/`, 70_000]
    const sizes = Array.from({ length: count }, () => 0)
    const tags = {
      [RPMTAG.BASENAMES.number]: strings(...sizes.map((_, index) => `${index}`)),
      [RPMTAG.DIRNAMES.number]: strings(directory),
      [RPMTAG.DIRINDEXES.number]: int32(...sizes),
      [RPMTAG.FILESIZES.number]: int32(...sizes),
      [RPMTAG.FILEMODES.number]: int16(...sizes),
    }
    expect(() => filesOf(decodeRpmHead(buildPackage({ files: [], tags })))).toThrow('more than 268435456 bytes of paths')
  })

  test('may be empty', () => {
    expect(list([]).files).toEqual([])
  })

  test('distinguishes kinds of files', () => {
    const { files } = list([
      LIBRARY,
      { path: '/d', mode: 0o40755 },
      { path: '/l', mode: 0o120777 },
      { path: '/g', flags: 64 },
      { path: '/c', flags: 0xffffffbf },
    ])
    const which = (is: (file: PackageFile) => boolean): string =>
      files
        .filter(is)
        .map(({ path }) => path)
        .join(' ')
    expect([which(isRegular), which(isDirectory), which(isSymlink), which(isGhost)]).toEqual([
      '/usr/lib64/libx.so.1 /g /c',
      '/d',
      '/l',
      '/g',
    ])
  })

  test('may contain whole paths, as before rpm 4.0', () => {
    const { [RPMTAG.BASENAMES.number]: _, [RPMTAG.DIRNAMES.number]: __, [RPMTAG.DIRINDEXES.number]: ___, ...rest } = fileTags(TWO)
    const head = decodeRpmHead(
      buildPackage({ tags: { ...rest, [RPMTAG.OLDFILENAMES.number]: strings('/usr/x', '/y') }, hasRegions: false }),
    )
    expect(filesOf(head).files.map(({ path }) => path)).toEqual(['/usr/x', '/y'])
  })

  test('may have 64-bit sizes', () => {
    expect(list(TWO, { [RPMTAG.FILESIZES.number]: undefined, [RPMTAG.LONGFILESIZES.number]: int64(2n ** 40n, 0n) }).files[0]?.size).toBe(
      2 ** 40,
    )
  })

  test.each<[string, Tags]>([
    ['DIRINDEXES: index 9 with 2 directories', { [RPMTAG.DIRINDEXES.number]: int32(0, 9) }],
    ['DIRINDEXES: 1 elements for 2 files', { [RPMTAG.DIRINDEXES.number]: int32(0) }],
    ['DIRINDEXES: 0 elements for 2 files', { [RPMTAG.DIRINDEXES.number]: undefined }],
    ['DIRINDEXES: index 0 with 0 directories', { [RPMTAG.DIRNAMES.number]: undefined }],
    ['FILEMODES: 1 elements for 2 files', { [RPMTAG.FILEMODES.number]: int16(0o100644) }],
    ['FILESIZES: 3 elements for 2 files', { [RPMTAG.FILESIZES.number]: int32(1, 2, 3) }],
    ['FILEUSERNAME: 1 elements for 2 files', { [RPMTAG.FILEUSERNAME.number]: strings('root') }],
    ['FILESIZES: missing although the header lists files', { [RPMTAG.FILESIZES.number]: undefined }],
    ['FILEMODES: missing although the header lists files', { [RPMTAG.FILEMODES.number]: undefined }],
    ['more than 53 bits', { [RPMTAG.LONGFILESIZES.number]: int64(2n ** 60n, 1n) }],
  ])('is refused with %s', (message, tags) => {
    expect(() => list(TWO, tags)).toThrow(message)
  })

  test.each([
    [undefined, 'md5'],
    [0, 'md5'],
    [1, 'md5'],
    [8, 'sha256'],
    [10, 'sha512'],
    [12, 'sha3-256'],
    [77, null],
  ])('with digest algorithm %p has digests by %p', (number, algorithm) => {
    const tags = { [RPMTAG.FILEDIGESTALGO.number]: number === undefined ? undefined : int32(number) }
    expect(list(TWO, tags).digestAlgorithm).toBe(algorithm)
  })

  test('keeps bytes that are not UTF-8', () => {
    expect(list([{ path: '/lib\xe9.so' }]).files[0]?.path).toBe('/lib\xe9.so')
  })

  test('of 100,000 files is decoded in linear time', () => {
    const many = Array.from({ length: 100_000 }, (_, index) => ({ path: `/usr/share/d${index % 500}/file${index}`, content: 'x' }))
    const bytes = buildPackage({ files: many, tags: { [RPMTAG.URL.number]: string('x') } })
    const start = performance.now()
    const { files } = filesOf(decodeRpmHead(bytes))
    const milliseconds = performance.now() - start
    expect(files[99_999]?.path).toBe('/usr/share/d499/file99999')
    expect(milliseconds).toBeLessThan(20_000) // on the busiest machine; what looks through all for each takes minutes
  })
})

describe('a hardlink set', () => {
  const sets = (files: readonly TestFile[], tags: Tags = {}): readonly (readonly number[])[] => hardlinkSetsOf(list(files, tags).files)

  test('consists of regular files with one device and inode', () => {
    expect(
      sets([
        { path: '/a', inode: 7 },
        { path: '/b', inode: 8 },
        { path: '/c', inode: 7 },
      ]),
    ).toEqual([[0, 2]])
  })

  test.each<[string, TestFile]>([
    ['a ghost', { path: '/b', inode: 7, flags: 64 }],
    ['a directory', { path: '/b', inode: 7, mode: 0o40755 }],
    ['a file of another inode', { path: '/b', inode: 8 }],
  ])('does not include %s', (_, file) => {
    expect(sets([{ path: '/a', inode: 7 }, file])).toEqual([])
  })

  test('needs an inode and the same device', () => {
    const files = [
      { path: '/a', inode: 7 },
      { path: '/b', inode: 7 },
    ]
    expect(sets(files, { [RPMTAG.FILEDEVICES.number]: int32(1, 2) })).toEqual([])
    expect(sets(files, { [RPMTAG.FILEINODES.number]: int32(0, 0) })).toEqual([])
    expect(sets(files, { [RPMTAG.FILEINODES.number]: undefined })).toEqual([])
  })
})
