/** The 112 cases that stand beside the checkout: small programs with the real loader's answer for each reference. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sharedPath } from '../shared.js'
import type { SimulatedBinding } from './bindings-command.js'
import { rememberingEnvironment } from './compiler-memo.js'

/** An entry of truth.json: a reference of a case and what became of it. Paths are relative to the folder of truth.json. */
export interface CaseEntry {
  readonly case: string
  readonly description: string
  readonly executable: string
  /** `LD_…=value` words; paths in them are relative to the folder of the case. */
  readonly env: string
  readonly exit: number
  /** Empty where the loader could not say. */
  readonly scope: readonly string[]
  readonly outcome: 'bound' | 'linked-locally' | 'unresolved-weak' | 'error'
  readonly message?: string
  readonly referrer?: string
  readonly symbol?: string
  /** Absent where nobody could say. */
  readonly referenceVersion?: string | null
  readonly referenceKind?: CaseKind
  readonly expectedProvider?: string | null
  readonly expectedVersion?: string | null
  /** Where code or bytes are in the end, if not in the provider: then the version is not the provider's. */
  readonly finalSource?: string
}

export type CaseKind = 'call' | 'noplt' | 'addr' | 'data' | 'weak' | 'dlsym' | 'dlvsym' | 'other'

/** Which kinds of ours a reference may have, written as the case writes it. */
export const KINDS: Readonly<Record<CaseKind, readonly SimulatedBinding['kind'][]>> = {
  call: ['call'],
  noplt: ['call', 'address'],
  addr: ['address'],
  weak: ['call', 'address'],
  data: ['data', 'address', 'copy'],
  other: ['call', 'address', 'data', 'copy'],
  dlsym: [],
  dlvsym: [],
}

export interface CaseTools {
  readonly compiler?: string
  /** A command that programs run under, for another machine. */
  readonly runner?: string
  /** Regular expression on the names of cases. */
  readonly only?: string
  /** musl’s loader has no LD_DEBUG: what the called functions say is all there is. */
  readonly hasDebug?: boolean
}

/** Builds and runs the cases in `folder`, if nobody has. */
export function makeCases(folder: string, { compiler = 'gcc', runner = '', only = '.', hasDebug = true }: CaseTools): CaseEntry[] {
  const truth = join(folder, 'truth.json')
  if (!existsSync(truth)) {
    const env = { ...rememberingEnvironment(compiler), CC: compiler, RUNNER: runner, ONLY: only, LDDEBUG: hasDebug ? '1' : '0' }
    execFileSync(sharedPath('linker/make-cases.sh'), [folder], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  }
  const entries = JSON.parse(readFileSync(truth, 'utf8')) as CaseEntry[]
  return hasDebug ? entries : entries.map(withoutGuesses)
}

/** Without LD_DEBUG, a reference's version is known where the code asks for it, and a null provider means what it says. */
function withoutGuesses({ referenceVersion, ...entry }: CaseEntry): CaseEntry {
  const isNowhere = entry.outcome === 'bound' && entry.expectedProvider === null
  return { ...entry, ...(referenceVersion == null ? {} : { referenceVersion }), outcome: isNowhere ? 'unresolved-weak' : entry.outcome }
}

/** Options of `bindings` that say what the environment of a case says. */
export function optionsOf(folder: string, { executable, env }: Pick<CaseEntry, 'executable' | 'env'>): string[] {
  const absolute = (list: string): string =>
    list
      .split(':')
      .map(part => join(folder, executable, '..', part))
      .join(':')
  if (env === 'LD_DYNAMIC_WEAK=1') return ['--dynamic-weak']
  const [, variable, value = ''] = /^(LD_LIBRARY_PATH|LD_PRELOAD)=(.*)$/.exec(env) ?? []
  if (variable === undefined) return []
  return [variable === 'LD_PRELOAD' ? '--preload' : '--library-path', absolute(value)]
}

/** Why the entry cannot be compared with a simulator of start-up, or null where it can. */
export function incomparable({ case: name, referenceKind }: CaseEntry): string | null {
  if (/^(?:c05|c06|f0[1-5])-/.test(name)) return 'its referrers are loaded by dlopen, whose calls are not in any file'
  if (referenceKind === 'dlsym' || referenceKind === 'dlvsym') return 'asked for by code at run time, by a rule of its own'
  return null
}
