/**
 * One folder for all that a run of tests leaves on disk, whoever makes it: a test, the program, a compiler that a test starts.
 *
 * It goes when the run ends. A worker cannot see to that itself, for Jest ends workers by a signal, and then no exit handler is called.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What Jest loads before a run and after it may be two modules. */
const shared = /** @type {typeof globalThis & { runFolder: string }} */ (globalThis)

/** To be called before workers start: they and their children inherit where temporary files belong. */
export function openRunFolder() {
  shared.runFolder = mkdtempSync(join(tmpdir(), 'rpmlint-ts-tests-'))
  process.env.TMPDIR = shared.runFolder
}

export default function closeRunFolder() {
  rmSync(shared.runFolder, { recursive: true, force: true })
}
