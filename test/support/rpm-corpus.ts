/** Real and crafted packages next to the checkout, with the output of rpm and its tools about them. Without them tests skip, and report that. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const SHARED = fileURLToPath(new URL('../../../shared', import.meta.url))

/** As truth.py writes it: the parts that tests compare. */
export interface PackageTruth {
  readonly id: string
  readonly raw: {
    readonly rpmformat?: number
    readonly error?: string
    readonly payload?: { readonly off: number; readonly sniff: string }
  }
  readonly rpm: { readonly rc: number; readonly provides?: readonly string[]; readonly requires?: readonly string[] } & Readonly<
    Record<string, unknown>
  >
  readonly files_sha256?: string
  readonly filecount?: number
  readonly filestats?: Readonly<Record<'ghost' | 'dirs' | 'symlinks' | 'special' | 'hardlinked' | 'big', number>>
  readonly verify: { readonly rc: number; readonly lines: readonly string[] }
  readonly open?: {
    readonly rpm2cpio?: { readonly rc: number; readonly bytes: number }
    readonly cpio?: { readonly members: number }
    readonly content?: { readonly absent_not_ghost: number; readonly digest_bad: number; readonly not_in_header: number }
  }
}

export interface HostileCase {
  readonly name: string
  readonly expect: 'ok' | 'warn' | 'error'
  readonly why: string
}

export const hasCorpus = existsSync(join(SHARED, 'corpus/truth.json'))
export const hasHostile = existsSync(join(SHARED, 'hostile/expect.json'))
if (!hasCorpus) console.warn('skipped: no corpus of real packages beside the checkout')
if (!hasHostile) console.warn('skipped: no crafted packages beside the checkout')

export function corpusTruth(): readonly PackageTruth[] {
  return hasCorpus ? (JSON.parse(readFileSync(join(SHARED, 'corpus/truth.json'), 'utf8')) as PackageTruth[]) : []
}

export function corpusPath(id: string): string {
  return join(SHARED, 'corpus/rpms', id)
}

export function hostileCases(): readonly HostileCase[] {
  if (!hasHostile) return []
  const cases = JSON.parse(readFileSync(join(SHARED, 'hostile/expect.json'), 'utf8')) as Record<string, Omit<HostileCase, 'name'>>
  return Object.entries(cases).map(([name, { expect, why }]) => ({ name, expect, why }))
}

export function hostilePackage(name: string): Buffer {
  return readFileSync(join(SHARED, 'hostile', `${name}.rpm`))
}
