/**
 * The exports of an object that are a guarded library's internal symbols, which no library but that one should have: signs of a leaking static copy.
 */
import type { Catalogue } from '../catalogue/catalogue.js'
import type { DynamicView } from '../elf/dynamic-view.js'
import type { ElfImage } from '../elf/image.js'
import { visitRelocations } from '../elf/relocations.js'
import { STV, typeName } from '../elf/symbol-table.js'
import { CheckError } from '../errors/check-error.js'
import { reachOf } from '../link/definition.js'
import type { Definition } from './guarded-exports.js'
import type { InternalExport } from './model.js'

/** In the order of `definitions`. Symbols that lookup can never find are left out. */
export function internalExportsOf(
  image: ElfImage,
  object: DynamicView,
  definitions: readonly Definition[],
  catalogue: Catalogue,
): InternalExport[] {
  const exports: InternalExport[] = []
  const numbers: number[] = []
  for (const { symbol, name } of definitions) {
    const known = catalogue.internal(name)
    if (known === null) continue
    const { family, ...details } = known
    const reach = reachOf(object, symbol, name)
    if (reach === 'none') continue
    const version = object.versions.versionOf(symbol)?.name ?? null
    const type = typeName(object.symbols.type(symbol))
    exports.push({ ...details, family: family.data.family, version, reach, type, isInterposable: false })
    numbers.push(symbol)
  }
  if (exports.length === 0) return exports
  const interposable = interposableSymbols(image, object)
  return exports.map((each, index) => ({ ...each, isInterposable: interposable(numbers[index] ?? 0) }))
}

/**
 * Do the object's own references to a symbol go through the loader, which may bind them to another definition? Where relocations cannot be read they are
 * assumed to.
 */
function interposableSymbols({ header, addresses }: ElfImage, { section, symbols }: DynamicView): (symbol: number) => boolean {
  if (section.isSymbolic) return () => false
  const referenced = new Set<number>()
  try {
    if (!visitRelocations(section, addresses, header, symbol => referenced.add(symbol))) return () => true
  } catch (error) {
    if (error instanceof CheckError) return () => true
    throw error
  }
  return symbol => referenced.has(symbol) && symbols.visibility(symbol) === STV.DEFAULT
}
