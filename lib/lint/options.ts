/**
 * Options of a rule: one declaration defines type, default, validation and documentation.
 */
export type OptionValue = readonly string[] | number | boolean

export interface OptionDeclaration<Value extends OptionValue = OptionValue> {
  readonly kind: 'names' | 'count' | 'flag'
  readonly default: Value
  readonly description: string
}

export type OptionDeclarations = Readonly<Record<string, OptionDeclaration>>

export type OptionValues<Declarations extends OptionDeclarations> = {
  readonly [Name in keyof Declarations]: Declarations[Name] extends OptionDeclaration<infer Value> ? Value : never
}

/** A list of names or, if the description says so, of patterns with `*`. */
export function names(fallback: readonly string[], description: string): OptionDeclaration<readonly string[]> {
  return { kind: 'names', default: fallback, description }
}

/** A whole number, 0 or more. */
export function count(fallback: number, description: string): OptionDeclaration<number> {
  return { kind: 'count', default: fallback, description }
}

export function flag(fallback: boolean, description: string): OptionDeclaration<boolean> {
  return { kind: 'flag', default: fallback, description }
}

/** Why `value` is invalid for this option, or `null`. */
export function optionError(declaration: OptionDeclaration, value: unknown): string | null {
  switch (declaration.kind) {
    case 'names':
      return Array.isArray(value) && value.every(item => typeof item === 'string') ? null : 'must be a list of strings'
    case 'count':
      return Number.isSafeInteger(value) && Number(value) >= 0 ? null : 'must be a whole number, 0 or more'
    case 'flag':
      return typeof value === 'boolean' ? null : 'must be true or false'
  }
}
