/** `rpmlint-ts bindings --format json` as users run it: dist/rpmlint-ts.cjs in a process of its own. */
import { spawnSync } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface SimulatedBinding {
  readonly referrer: string
  readonly symbol: string
  readonly version: string | null
  readonly kind: 'call' | 'address' | 'data' | 'copy'
  readonly provider: string | null
  readonly providerVersion: string | null
  readonly status: 'bound' | 'unresolved-weak' | 'undefined'
}

export interface SimulatedProgram {
  readonly program: string
  readonly scope: readonly string[]
  readonly error: string | null
  readonly warnings?: readonly string[]
  readonly bindings: readonly SimulatedBinding[]
}

const CLI = fileURLToPath(new URL('../../../dist/rpmlint-ts.cjs', import.meta.url))

/** `options` as on the command line; the answer has the programs in the order asked. LD_BIND_NOW is on unless told otherwise, as it is in the loader's runs. */
export function simulate(
  programs: readonly string[],
  options: readonly string[] = [],
  cwd = process.cwd(),
  bindsNow = true,
): readonly SimulatedProgram[] {
  const words = [CLI, 'bindings', '--format', 'json', ...(bindsNow ? ['--bind-now'] : []), ...options, ...programs]
  const { stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8', maxBuffer: 1 << 30, env: {}, cwd })
  const answer = stdout === '' ? { programs: [] } : (JSON.parse(stdout) as { readonly programs: readonly SimulatedProgram[] })
  if (answer.programs.length !== programs.length)
    throw new Error(`bindings answered about ${answer.programs.length} programs of ${programs.length}: ${stderr}`)
  return answer.programs
}

/** Follows links, once for each path; what is no file keeps its name. Files are not to change while it is in use. */
export function realPaths(): (path: string) => string {
  const known = new Map<string, string>()
  return path => {
    const real = known.get(path) ?? realPath(path)
    known.set(path, real)
    return real
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
