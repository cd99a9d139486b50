/** Options as plain data, and the types of their values. */
interface Described {
  readonly description: string
  /** One letter. */
  readonly alias?: string
}

/** An option with one value. The last one counts, so that a script can override earlier ones. */
interface SingleValue extends Described {
  /** Rejects an empty value, most likely from an unset variable. */
  readonly isNeverEmpty?: boolean
  /** May be given only once. */
  readonly isOnce?: boolean
  /** Name of the value in the manual page; default: from its kind. */
  readonly placeholder?: string
}

export type OptionSpec =
  | (Described & { readonly kind: 'flag' })
  | (SingleValue & { readonly kind: 'text' | 'path' | 'directory' })
  | (Described & { readonly kind: 'choice'; readonly choices: readonly string[] })
  /** A whole number. With `isLimit`, -1 stands for no limit. */
  | (Described & { readonly kind: 'count'; readonly isLimit?: boolean })
  /** YYYY-MM-DD */
  | (Described & { readonly kind: 'day' })
  /** May be repeated; each value is kept. */
  | (Pick<SingleValue, keyof Described | 'isNeverEmpty' | 'placeholder'> & {
      readonly kind: 'list'
      readonly of: 'text' | 'path' | 'format'
    })

export type Options = Readonly<Record<string, OptionSpec>>

/** Absent: `false` for a flag, an empty list, else `null`. */
export type ValueOf<Spec extends OptionSpec> = Spec extends { readonly kind: 'flag' }
  ? boolean
  : Spec extends { readonly kind: 'list' }
    ? readonly string[]
    : Spec extends { readonly kind: 'count' }
      ? number | null
      : Spec extends { readonly kind: 'choice'; readonly choices: readonly (infer Choice)[] }
        ? Choice | null
        : string | null

export type ValuesOf<Table extends Options> = { readonly [Name in keyof Table]: ValueOf<Table[Name]> }
