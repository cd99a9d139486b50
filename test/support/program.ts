/** The program as users run it: dist/rpmlint-ts.cjs in its own process. */
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

export const PROGRAM = fileURLToPath(new URL('../../dist/rpmlint-ts.cjs', import.meta.url))

export interface Ending {
  /** As a shell sees it: 128 and the number of the signal that ended it. */
  readonly status: number | null
  readonly out: string
  readonly err: string
}

export type Run = (...argv: readonly string[]) => Promise<Ending>

/** Runs the built program in a folder, without the colours of the environment, and with `env` beside the environment. */
export function programIn(cwd: string, env: Readonly<Record<string, string>> = {}): Run {
  return (...argv) => ending(start(argv, cwd, env))
}

/** Standard input stays open. */
export function start(argv: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}): ChildProcess {
  if (!existsSync(PROGRAM)) throw new Error('dist/rpmlint-ts.cjs is missing: npm run build')
  const { NO_COLOR: _no, FORCE_COLOR: _force, ...inherited } = process.env
  return spawn(process.execPath, [PROGRAM, ...argv], { cwd, env: { ...inherited, ...env }, stdio: ['pipe', 'pipe', 'pipe'] })
}

export function ending(child: ChildProcess): Promise<Ending> {
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout?.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr?.on('data', (chunk: Buffer) => err.push(chunk))
  return new Promise(resolve => {
    child.on('close', (code, signal) =>
      resolve({
        status: signal === null ? code : 128 + constants.signals[signal],
        out: Buffer.concat(out).toString(),
        err: Buffer.concat(err).toString(),
      }),
    )
  })
}
