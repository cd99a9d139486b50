/** What rpm itself makes of packages. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** Why rpm refuses a package, in its own words; `null` if it installs it. */
export type RpmVerdict = string | null

/** Many at a time, because starting rpm costs more than a package. The names of the files must not contain blanks. */
export function digestVerdicts(paths: readonly string[]): ReadonlyMap<string, RpmVerdict> {
  const { stdout, stderr } = run('rpmkeys', ['-K', '--nosignature', ...paths])
  return new Map(
    paths.map(path => {
      const error = stderr.split('\n').find(line => line.startsWith(`error: ${path}: `))
      return [path, error ?? (stdout.includes(`${path}: digests OK\n`) ? null : 'digests not OK')]
    }),
  )
}

export const canInstall = process.getuid?.() === 0

/** The package is really installed, into an empty root below `folder`; that needs `canInstall`. */
export function installVerdict(path: string, folder: string): RpmVerdict {
  const root = mkdtempSync(join(folder, 'root-'))
  const how = ['--nodeps', '--noscripts', '--notriggers', '--ignorearch', '--ignoreos', '--nosignature', '--ignoresize', '--nocontexts']
  // Debian's rpm installs nothing without being asked twice.
  if (run('rpm', ['--help']).stdout.includes('--force-debian')) how.push('--force-debian')
  const { status, signal, stderr } = run('rpm', ['-i', '--root', root, ...how, path])
  rmSync(root, { recursive: true })
  return status === 0 ? null : (signal ?? stderr.trim())
}

function run(command: string, args: readonly string[]) {
  return spawnSync(command, args, {
    encoding: 'latin1',
    env: { ...process.env, LC_ALL: 'C' },
    maxBuffer: 1 << 28,
    timeout: 60_000,
    killSignal: 'SIGKILL',
  })
}
