/** What the kernel and the loader refuse before they look at any symbol. */
import { describe, expect, test } from '@jest/globals'
import type { BuiltObject } from '../support/elf-builder.js'
import { LOADER, app, lib, start, type StatedFile } from '../support/process.js'

function failuresOf(library: BuiltObject, files: Readonly<Record<string, StatedFile>> = {}): readonly string[] {
  return start({ ...LOADER, ...files, '/bin/app': app(['a']), '/lib64/a': lib([], library) }).failures
}

describe('a library', () => {
  test.each<[string, BuiltObject, string]>([
    ['whose p_vaddr and p_offset differ modulo the page', { load: { shift: 16 } }, 'ELF load command address/offset not page-aligned'],
    ['with relocation entries of another size', { dynamic: { 7: 0x10000, 9: 16 } }, 'info[DT_RELAENT]->d_un.d_val == sizeof (ElfW(Rela))'],
    ['with calls in the other form', { dynamic: { 20: 17 } }, 'info[DT_PLTREL]->d_un.d_val == DT_RELA'],
  ])('%s is refused', (_title, library, why) => {
    expect(failuresOf(library)).toEqual([expect.stringContaining(why)])
  })

  test('whose tables are elsewhere because of that is refused for the same reason', () => {
    expect(failuresOf({ load: { shift: 0x10008 } })).toEqual([expect.stringContaining('address/offset not page-aligned')])
  })

  test('with segments at a distance of whole pages is mapped', () => expect(failuresOf({ load: { shift: 0, growth: 0x1000 } })).toEqual([]))

  describe('before glibc 2.35', () => {
    const libc = (release: number): Record<string, StatedFile> => ({
      '/lib64/libc.so.6': lib([{ name: 'x', versym: 2 }], { nodes: { 1: 'libc.so.6', 2: `GLIBC_2.${release}` } }),
    })

    test.each([
      [16, 'ELF load command alignment not page-aligned'],
      [0x1800, 'ELF load command alignment not page-aligned'],
      [0x20000, 'ELF load command address/offset not properly aligned'],
    ])('is refused for a p_align of %i', (alignment, why) => {
      expect(failuresOf({ load: { alignment } }, libc(34))).toEqual([expect.stringContaining(why)])
      expect(failuresOf({ load: { alignment } }, libc(35))).toEqual([])
    })

    test('is accepted for a p_align of a page, and of 0x10000 that the address fits', () => {
      for (const alignment of [0x1000, 0x10000]) expect(failuresOf({ load: { alignment } }, libc(28))).toEqual([])
    })

    test('may be a position-independent executable until 2.29', () => {
      const pie = { dynamic: { 0x6ffffffb: 0x08000000 } }
      expect(failuresOf(pie, libc(28))).toEqual([])
      expect(failuresOf(pie, libc(31))).toHaveLength(1)
    })
  })
})

describe('a program', () => {
  const failures = (program: BuiltObject): readonly string[] => start({ ...LOADER, '/bin/app': app([], [], program) }).failures

  test.each<[string, BuiltObject, string]>([
    ['whose p_vaddr and p_offset differ modulo the page', { load: { shift: 16 } }, 'differ modulo the page size'],
    ['with p_filesz above p_memsz', { load: { growth: -8 } }, 'p_filesz above p_memsz'],
    ['with relocation entries of another size', { dynamic: { 7: 0x10000, 9: 16 } }, 'Assertion'],
  ])('%s does not start', (_title, program, why) => {
    expect(failures(program)).toEqual([expect.stringContaining(why)])
  })

  test('does not start either if it is statically linked', () => {
    const program = { type: 2, load: { growth: -8 } }
    expect(start({ '/bin/app': program })).toMatchObject({ scope: ['app'], failures: [expect.stringContaining('p_filesz above p_memsz')] })
  })

  test('may have any p_align: the kernel does not look at it', () => expect(failures({ load: { alignment: 3 } })).toEqual([]))
})
