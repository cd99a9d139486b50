/** Something legal but odd about a package: it was read, and whoever judges it should know. */
export interface RpmNote {
  /** Stable, kebab-case. */
  readonly id: string
  readonly message: string
  readonly structure: string | null
  /** Bytes from the start of the package. */
  readonly offset: number | null
}
