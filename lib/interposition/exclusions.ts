/**
 * Which packages cannot be installed together: those that claim one place for different values (claims.ts), and those that conflict or obsolete each
 * other (package-relations.ts).
 */
import { contestedClaims, type Claim } from './claims.js'
import type { InstalledPackage } from './installed-package.js'
import { enemiesAmong } from './package-relations.js'

export class Exclusions {
  readonly #claims: ReadonlyMap<string, readonly Claim[]>
  readonly #enemies: ReadonlyMap<string, ReadonlySet<string>>

  /** `checked` are ids of packages; the others surround them. */
  constructor(packages: readonly InstalledPackage[], checked: ReadonlySet<string>) {
    this.#claims = contestedClaims(packages, checked)
    this.#enemies = enemiesAmong(packages)
  }

  /** Excludes it any other package? */
  isContested(id: string): boolean {
    return this.#claims.has(id) || this.#enemies.has(id)
  }

  /** An empty installation, to which packages are added one by one. */
  installation(): Installation {
    return new Installation(this.#claims, this.#enemies)
  }

  /** One of `ids` that it cannot be installed with, because of Conflicts or Obsoletes; `null` if there is none. */
  opponentOf(id: string, ids: ReadonlySet<string>): string | null {
    return [...(this.#enemies.get(id) ?? [])].find(enemy => ids.has(enemy)) ?? null
  }

  exclude(a: string, b: string): boolean {
    const both = this.installation()
    return !both.add(a) || !both.add(b)
  }
}

/** Packages that can be installed together. */
export class Installation {
  readonly ids = new Set<string>()
  readonly #taken = new Map<string, string>()
  readonly #banned = new Set<string>()
  readonly #claims: ReadonlyMap<string, readonly Claim[]>
  readonly #enemies: ReadonlyMap<string, ReadonlySet<string>>

  constructor(claims: ReadonlyMap<string, readonly Claim[]>, enemies: ReadonlyMap<string, ReadonlySet<string>>) {
    this.#claims = claims
    this.#enemies = enemies
  }

  fits(id: string): boolean {
    const isFree = ({ place, value }: Claim): boolean => (this.#taken.get(place) ?? value) === value
    return this.ids.has(id) || (!this.#banned.has(id) && (this.#claims.get(id) ?? []).every(isFree))
  }

  /** False if it cannot be added. */
  add(id: string): boolean {
    if (!this.fits(id)) return false
    this.ids.add(id)
    for (const { place, value } of this.#claims.get(id) ?? []) this.#taken.set(place, value)
    for (const enemy of this.#enemies.get(id) ?? []) this.#banned.add(enemy)
    return true
  }
}
