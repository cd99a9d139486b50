/**
 * One directory for everything that a test run leaves on disk: by a test, the program, a compiler that a test starts.
 *
 * It is removed when the run ends. A worker cannot do that itself, because Jest ends workers with a signal, and then no exit handler is called.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Jest may load this module twice, before and after a run. */
const shared = /** @type {typeof globalThis & { runFolder: string }} */ (globalThis)

/** Call before workers start: they and their children inherit the directory for temporary files. */
export function openRunFolder() {
  shared.runFolder = mkdtempSync(join(tmpdir(), 'rpmlint-ts-tests-'))
  process.env.TMPDIR = shared.runFolder
}

export default function closeRunFolder() {
  rmSync(shared.runFolder, { recursive: true, force: true })
}
