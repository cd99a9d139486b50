/**
 * References to indirect functions (STT_GNU_IFUNC) of an object that is not relocated yet: the function that chooses the implementation would run too early.
 * ld.so warns, and ends the start where the program, which is relocated last, has the function.
 *
 * Source: elf_machine_rela of glibc's sysdeps/x86_64/dl-machine.h and sysdeps/i386/dl-machine.h; other machines do not check.
 */
import { EM_386, EM_X86_64 } from '../elf/machines.js'
import { VERSYM_VERSION } from '../elf/version-table.js'
import type { Binding } from './bindings.js'
import { TRAIT } from './definitions.js'

export interface IndirectFault {
  readonly kind: 'failure' | 'warning'
  readonly message: string
}

/** `null` for any other reference. The provider is not relocated yet. */
export function indirectFaultOf(binding: Binding): IndirectFault | null {
  const { referrer, provider, symbol } = binding
  if (provider === null || provider === referrer || !isIndirect(binding)) return null
  if (!provider.isProgram)
    return { kind: 'warning', message: `Relink \`${referrer.path}' with \`${provider.path}' for IFUNC symbol \`${symbol}'` }
  return {
    kind: 'failure',
    message: `IFUNC symbol '${symbol}' referenced in '${referrer.path}' is defined in the executable and creates an unsatisfiable circular dependency.`,
  }
}

function isIndirect({ provider, providerVersion, symbol, hash }: Binding): boolean {
  const { linked, object, dynamic } = provider!
  const { index } = linked
  if (index === null || (object.machine !== EM_X86_64 && object.machine !== EM_386)) return false
  const { traits, versyms } = index.definitions
  for (let at = index.first(hash); at !== 0; at = index.next(at - 1)) {
    const row = at - 1
    if ((traits[row]! & TRAIT.INDIRECT) === 0 || !index.isNamed(row, symbol, hash)) continue
    const version = versyms === null ? null : (dynamic?.versions[versyms[row]! & VERSYM_VERSION]?.name ?? null)
    if (version === providerVersion) return true
  }
  return false
}
