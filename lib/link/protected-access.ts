/**
 * A program's access to protected symbols that bypasses the library: a copy of its data, or a canonical PLT entry as its function's address. ld.so warns, and
 * refuses it where the library is marked with GNU_PROPERTY_1_NEEDED_INDIRECT_EXTERN_ACCESS.
 *
 * Source: _dl_check_protected_symbol of glibc's sysdeps/generic/dl-protected.h, since release 2.35; only on x86 the marker is read.
 */
import type { Binding } from './bindings.js'
import type { LinkMap } from './link-map.js'
import { REFERENCE_FLAG } from './references.js'

export interface ProtectedAccess {
  readonly warning: string
  /** `null` where the library is not marked. */
  readonly failure: string | null
}

/** `flags` are those of the reference. `null` for any other access. */
export function protectedAccessOf({ referrer, provider, symbol, hash, kind }: Binding, flags: number): ProtectedAccess | null {
  if (!referrer.isProgram || provider === null || !isProtected(provider, symbol, hash)) return null
  const failure = provider.object.properties.needsIndirectAccess
    ? `${symbol}: ${provider.path}: error due to GNU_PROPERTY_1_NEEDED_INDIRECT_EXTERN_ACCESS`
    : null
  if (kind === 'copy')
    return { warning: `copy relocation against non-copyable protected symbol \`${symbol}' in \`${provider.path}'`, failure }
  if ((flags & REFERENCE_FLAG.SKIP_PLT) === 0 || (flags & REFERENCE_FLAG.PLT_ENTRY) === 0) return null
  return { warning: `direct reference to protected function \`${symbol}' in \`${provider.path}' may break pointer equality`, failure }
}

function isProtected({ linked: { index } }: LinkMap, symbol: string, hash: number): boolean {
  const rows = index?.definitions.protectedRows ?? []
  return rows.some(row => index?.isNamed(row, symbol, hash) === true)
}
