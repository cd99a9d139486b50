/** Which heads of files the loader accepts. */
import { describe, expect, test } from '@jest/globals'
import { loaderVerdict } from '../../lib/link/file-head.js'
import { buildElf } from '../support/elf-builder.js'

describe('EI_ABIVERSION', () => {
  const SYSV = 0
  const GNU = 3
  const AEABI = 64
  const why = (machine: number, osAbi: number, abiVersion: number): string | null => {
    const head = buildElf({ machine, hash: 'sysv' }).subarray(0, 64)
    head[7] = osAbi
    head[8] = abiVersion
    const verdict = loaderVerdict(head, { elfClass: 64, endianness: 'little', machine })
    return verdict.kind === 'refused' ? verdict.why : null
  }
  const accepted = (machine: number, osAbi: number): number[] =>
    [0, 1, 2, 3, 4, 5, 6].filter(version => why(machine, osAbi, version) === null)

  test.each([
    ['x86-64, System V', 62, SYSV, [0]],
    ['x86-64, GNU', 62, GNU, [0, 1, 2, 3]],
    ['aarch64, GNU', 183, GNU, [0, 1, 2]],
    ['s390x, GNU', 22, GNU, [0, 1, 2]],
    ['riscv, GNU', 243, GNU, [0, 1, 2, 3]],
    ['mips, System V', 8, SYSV, [0, 1, 2, 3, 4, 5]],
    ['arm, EABI', 40, AEABI, [0]],
    ['x86-64, EABI of arm', 62, AEABI, []],
    ['x86-64, FreeBSD', 62, 9, []],
  ])('of %s: what the loader accepts', (_title, machine, osAbi, versions) => {
    expect(accepted(machine, osAbi)).toEqual(versions)
  })

  test('is reported in the loader’s words', () => {
    expect(why(62, SYSV, 1)).toBe('ELF file ABI version invalid')
    expect(why(62, 9, 1)).toBe('ELF file OS ABI invalid')
  })
})
