import type { Waiver } from '../../lib/lint/suppression/waiver.js'

/** A waiver of one rule, as `rule` and `reason` alone give it. */
export function waiver(stated: Partial<Waiver> = {}): Waiver {
  return {
    rule: 'loose-screw',
    package: null,
    file: null,
    symbols: null,
    reason: 'known',
    owner: null,
    expires: null,
    at: { file: 'a.toml', line: 1 },
    ...stated,
  }
}
