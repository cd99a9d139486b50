/** Runs glibc's ld.so and reads what it says. Child processes are a matter of tests alone. */
import { spawnSync } from 'node:child_process'
import { dirname } from 'node:path'
import { parseLoaderOutput, type LoaderReport } from './ld-debug.js'

/** PT_INTERP of x86-64, the same on every distribution with glibc. */
export const INTERPRETER = '/lib64/ld-linux-x86-64.so.2'

export interface LoaderRun extends LoaderReport {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

type Environment = Readonly<Record<string, string>>

/** Starts a program of our own making for real, in its folder. */
export function runProgram(program: string, environment: Environment = {}): LoaderRun {
  return loaderRun(program, [], { ...environment, LD_BIND_NOW: '1', LD_DEBUG: 'bindings,scopes' })
}

const TRACE = { LD_TRACE_LOADED_OBJECTS: '1', LD_WARN: '1', LD_BIND_NOW: '1', LD_DEBUG: 'bindings' }

/**
 * Loads and binds a program, and starts nothing of it: the loader is called by name, so a static or foreign program cannot run.
 * Not bound this way is the loader itself; and $ORIGIN is that of the path as given, where the kernel would follow links.
 */
export function traceProgram(program: string): LoaderRun {
  return loaderRun(INTERPRETER, [program], TRACE)
}

/** The same of a program of our own making, which may go the kernel's way. */
export function traceOwnProgram(program: string, environment: Environment = {}): LoaderRun {
  return loaderRun(program, [], { ...environment, ...TRACE })
}

function loaderRun(command: string, words: readonly string[], env: Environment): LoaderRun {
  const cwd = dirname(words[0] ?? command)
  const { status, stdout, stderr } = spawnSync(command, [...words], { env, cwd, encoding: 'utf8', maxBuffer: 1 << 30 })
  return { ...parseLoaderOutput(stdout, stderr), status, stdout, stderr }
}
