/**
 * Recognises stubs by their instructions.
 *
 * The incident of 2012 was caused by stubs: `CRYPTO_lock` and the like, exported by a library that had no use for them, each
 * no more than a return. A program that binds to one silently gets no cryptography. Size is no criterion (getters, setters
 * and tail calls are as short), so the code is followed, and it is a stub only if every instruction up to the return is
 * understood and harmless: no memory but the function's own stack, no call, no branch (the stack protector's check excepted), and in the
 * result register nothing but an argument, zero or a constant. A function that returns the address of a static is not a stub, for example EVP_aes_256_cbc.
 *
 * Not recognised: the stack protector's check on other machines than x86, and constants that the code loads from a pool of literals.
 * Patterns were measured with gcc 12 at every level of optimisation; the rest is from the processors' manuals and ABIs.
 */
import { EM_386, EM_AARCH64, EM_PPC64, EM_S390, EM_X86_64 } from '../../elf/machines.js'
import { aarch64 } from './aarch64.js'
import type { Decoder } from './activation.js'
import { READ_AHEAD } from './activation.js'
import { ppc64le } from './ppc64le.js'
import { s390x } from './s390x.js'
import type { Value } from './value.js'
import { i386, x86_64 } from './x86.js'

/**
 * All that the stub does, as a phrase that follows the function's name.
 *
 * `only returns`: gives no result. Where the first argument comes in the result register (aarch64, ppc64le, s390x), also a function that
 * returns its first argument: the instructions are the same.
 * `returns an argument`: unchanged. It may also be the address of a structure's first member (X509_REVOKED_get0_serialNumber of
 * the genuine libcrypto), and unoptimised code may leave an argument in the result register of a void function: the weakest of the four.
 * `returns a constant`: any but zero. On i386 without PIC it may be an address (a text relocation).
 */
export type StubKind = 'only returns' | 'returns zero' | 'returns a constant' | 'returns an argument'

/** By e_machine. */
const decoders: ReadonlyMap<number, Decoder> = new Map([
  [EM_386, i386],
  [EM_PPC64, ppc64le], // ELFv2 little-endian; big-endian code is not understood as such
  [EM_S390, s390x], // ELFCLASS64
  [EM_X86_64, x86_64],
  [EM_AARCH64, aarch64],
])

/** Bytes; the longest stub seen has 100 (unoptimised ppc64le with eight parameters). */
const LONGEST = 256

/**
 * The kind of stub; `null` for a function that does something, is truncated, or is not understood.
 *
 * `code` begins at the function's first instruction and may reach beyond its last one; `size` is st_size in bytes, and where that is 0
 * the code is followed until it returns. `machine` is e_machine.
 */
export function stubKindOf(code: Uint8Array, size: number, machine: number): StubKind | null {
  const decoder = decoders.get(machine)
  if (decoder === undefined || size > LONGEST) return null
  const result = resultOf(code.subarray(0, LONGEST), size, decoder)
  return result === null ? null : kindOfResult(result)
}

function resultOf(code: Uint8Array, size: number, decoder: Decoder): Value | null {
  const padded = new Uint8Array(code.length + READ_AHEAD)
  padded.set(code)
  const view = new DataView(padded.buffer)
  const end = size === 0 ? code.length : Math.min(size, code.length)
  const activation = decoder.enter()
  for (let at = 0; activation.result === null;) {
    const next = decoder.step(view, at, activation)
    if (next === null || next <= at || next > end) return null
    at = next
  }
  return activation.result
}

function kindOfResult(result: Value): StubKind | null {
  switch (result) {
    case 'no result':
      return 'only returns'
    case 'zero':
      return 'returns zero'
    case 'constant':
      return 'returns a constant'
    case 'argument':
      return 'returns an argument'
    default:
      return null
  }
}
