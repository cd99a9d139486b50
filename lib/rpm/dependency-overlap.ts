/**
 * Do two dependencies overlap: could one package satisfy both?
 *
 * Source: rpmdsCompare of rpm's lib/rpmds.c, rpmverOverlap and rpmverParse of rpmio/rpmver.c.
 */
import type { Dependency } from './dependencies.js'
import { compareVersions } from './evr.js'

const LESS = 2,
  GREATER = 4,
  EQUAL = 8

/** Without a version, or without a comparison, a dependency overlaps with every other of its name. */
export function dependenciesOverlap(a: Dependency, b: Dependency): boolean {
  if (a.name !== b.name) return false
  if (!isComparison(a) || !isComparison(b)) return true
  const order = compareStated(parsed(a.version), parsed(b.version))
  if (order < 0) return (a.flags & GREATER) !== 0 || (b.flags & LESS) !== 0
  if (order > 0) return (a.flags & LESS) !== 0 || (b.flags & GREATER) !== 0
  return (a.flags & b.flags & (LESS | GREATER | EQUAL)) !== 0
}

function isComparison({ flags, version }: Dependency): boolean {
  return (flags & (LESS | GREATER | EQUAL)) !== 0 && version !== ''
}

interface StatedVersion {
  readonly epoch: string
  readonly version: string
  readonly release: string
}

/** `[epoch:]version[-release]`. */
function parsed(text: string): StatedVersion {
  const colon = text.indexOf(':')
  const hasEpoch = colon >= 0 && /^\d*$/.test(text.slice(0, colon))
  const rest = hasEpoch ? text.slice(colon + 1) : text
  const dash = rest.lastIndexOf('-')
  return {
    epoch: hasEpoch ? text.slice(0, colon) : '',
    version: dash < 0 ? rest : rest.slice(0, dash),
    release: dash < 0 ? '' : rest.slice(dash + 1),
  }
}

/** Releases count if both are stated. */
function compareStated(a: StatedVersion, b: StatedVersion): number {
  const order = compareVersions(a.epoch || '0', b.epoch || '0') || compareVersions(a.version, b.version)
  return order !== 0 || a.release === '' || b.release === '' ? order : compareVersions(a.release, b.release)
}
