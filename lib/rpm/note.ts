/** Something legal but unusual about a package that was read nevertheless. */
export interface RpmNote {
  /** Stable, kebab-case. */
  readonly id: string
  readonly message: string
  readonly structure: string | null
  /** Bytes from the start of the package. */
  readonly offset: number | null
}
