/** Runs rpmbuild on generated spec files, with the macro files of packaging/rpmbuild installed as on a build host. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, realpathSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const PACKAGING = fileURLToPath(new URL('../../packaging/', import.meta.url))
export const CLI = fileURLToPath(new URL('../../dist/rpmlint-ts.cjs', import.meta.url))

export interface BuildOptions {
  /** Macro files of packaging/rpmbuild, by the ends of their names. */
  readonly load?: readonly ('rpmlint-ts' | 'rpmlint-ts-enforce')[]
  readonly defines?: Readonly<Record<string, string>>
  readonly sources?: Readonly<Record<string, string>>
  readonly stage?: '-bb' | '-bs' | '-ba'
  readonly args?: readonly string[]
  /** Command prefix for rpmbuild: see `underShell`. */
  readonly prefix?: readonly string[]
  readonly cwd?: string
}

export interface Build {
  readonly status: number | null
  /** Both streams. */
  readonly log: string
  /** Packages left on disk, sorted. */
  readonly packages: readonly string[]
}

/** Builds in `top`, which must be a directory for this build only. */
export function rpmbuild(top: string, spec: string, options: BuildOptions = {}): Build {
  const { load = ['rpmlint-ts', 'rpmlint-ts-enforce'], defines = {}, sources = {}, stage = '-bb', args = [], prefix = [], cwd } = options
  mkdirSync(join(top, 'SOURCES'), { recursive: true })
  for (const [name, text] of Object.entries(sources)) writeFileSync(join(top, 'SOURCES', name), text)
  writeFileSync(join(top, 'x.spec'), spec)
  const macros = { _topdir: top, _rpmlint_ts: CLI, _rpmlint_ts_scripts: join(PACKAGING, 'rpmbuild'), ...defines }
  const [command, ...rest] = [
    ...prefix,
    'rpmbuild',
    stage,
    '--nodeps',
    ...load.map(name => `--load=${join(PACKAGING, 'rpmbuild', `macros.${name}`)}`),
    ...Object.entries(macros).flatMap(([name, value]) => ['--define', `${name} ${value}`]),
    ...args,
    join(top, 'x.spec'),
  ]
  const { status, stdout, stderr } = spawnSync(command, rest, { cwd, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' } })
  return { status, log: stdout + stderr, packages: packagesBelow(top) }
}

export function packagesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.rpm'))
    .map(name => join(folder, name))
    .sort()
}

/** An executable fake of the linter. */
export function fakeProgram(path: string, script: string): string {
  writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  return path
}

/** The file of a program, as found in PATH; `null` if there is none. */
export function programFile(name: string): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return folders.map(folder => join(folder, name)).find(file => existsSync(file)) ?? null
}

/**
 * What to put before a command so that /bin/sh is this shell for it, and for it alone: a mount namespace of its own. `null` where there is no such
 * shell, or the system does not let us.
 */
export function underShell(shell: string): string[] | null {
  const file = programFile(shell)
  const sh = realpathSync('/bin/sh')
  if (file === null) return null
  if (realpathSync(file) === sh) return []
  const prefix = ['unshare', '--mount', 'sh', '-c', `mount --bind ${realpathSync(file)} ${sh} && exec "$@"`, 'sh']
  try {
    execFileSync('unshare', [...prefix.slice(1), 'true'], { stdio: 'ignore' })
    return prefix
  } catch {
    return null
  }
}
