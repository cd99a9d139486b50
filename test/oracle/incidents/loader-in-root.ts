/** Starts a program with a root of its own, as a process of that system, and reads what ld.so says. */
import { spawnSync } from 'node:child_process'
import { normalize } from 'node:path'
import type { StartPlan } from './incident.js'

export interface LoaderAnswer {
  /** `REFERRER SYMBOL PROVIDER`, sorted. */
  readonly binds: readonly string[]
  /** What it says besides. */
  readonly message: string
}

const BINDING = /binding file (\S+) \[0\] to (\S+) \[0\]: normal symbol `([^']+)'/g
const DEBUG_LINE = /^ *\d+:\t/

export function startInRoot(
  root: string,
  { program, isOutsideCache = false, libraryPath = isOutsideCache ? '/usr/lib64' : '' }: StartPlan,
  isOurs: (symbol: string) => boolean,
): LoaderAnswer {
  const env = { ...PATH_ONLY, LD_DEBUG: 'bindings', LD_BIND_NOW: '1', LD_LIBRARY_PATH: libraryPath }
  const { stderr } = spawnSync('chroot', [root, program], { env, encoding: 'utf8' })
  const found = [...stderr.matchAll(BINDING)].filter(([, , , symbol = '']) => isOurs(symbol))
  const binds = new Set(
    found.map(([, referrer = '', provider = '', symbol = '']) => `${normalize(referrer)} ${symbol} ${normalize(provider)}`),
  )
  const message = stderr.split('\n').filter(line => !DEBUG_LINE.test(line))
  return { binds: [...binds].sort(), message: message.join('\n') }
}

const PATH_ONLY = { PATH: process.env['PATH'] ?? '' }
