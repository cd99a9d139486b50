/** When internal symbols prove a copy of a guarded library. */
import type { InternalSymbol } from '../catalogue/family.js'
import { distinctNames } from './evidence.js'

export type InternalEvidence = InternalSymbol & { readonly family: string }

/** This many symbols that no real library ever exported prove a copy: fewer coincide by chance. */
const NEVER_EXPORTED_NEEDED = 3

/** The symbols of families that are proven by one symbol that a real library exported, or by three that none did; generic symbols of these included. */
export function conclusiveInternals<Symbol extends InternalEvidence>(symbols: readonly Symbol[]): Symbol[] {
  const proven = new Set<string>()
  for (const family of new Set(symbols.map(each => each.family))) {
    const own = symbols.filter(symbol => symbol.family === family)
    if (onceExported(own).length > 0 || isLeak(own)) proven.add(family)
  }
  return symbols.filter(({ family }) => proven.has(family))
}

/** Those that are evidence each by itself. Generic symbols, and those of a fork's API, occur elsewhere too. */
export function onceExported<Symbol extends InternalEvidence>(symbols: readonly Symbol[]): Symbol[] {
  return symbols.filter(({ wasExported, isGeneric, isForkApi }) => wasExported !== 'no' && !isGeneric && !isForkApi)
}

/** Assembler that several libraries contain proves none of them. */
export function isLeak(symbols: readonly InternalEvidence[]): boolean {
  const distinctive = symbols.filter(({ isGeneric, isForkApi, isShared }) => !isGeneric && !isForkApi && !isShared)
  return distinctNames(distinctive).length >= NEVER_EXPORTED_NEEDED
}
