/**
 * Output to a named pipe, without waiting for ever: a program that waits for the other end would not notice the signal that is to end it.
 *
 * A pipe that nobody reads is an error at once, and one whose reader stops is an error after some seconds.
 */
import { constants, openSync, statSync, writeSync } from 'node:fs'
import { codeOf } from './os-error.js'

/** Milliseconds between attempts to write, and without progress in all. */
const PAUSE = 20,
  PATIENCE = 5000

export function isNamedPipe(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFIFO() === true
}

/** Throws if no process has it open for reading, and errors of the file system. */
export function openNamedPipeForWriting(file: string): number {
  try {
    return openSync(file, constants.O_WRONLY | constants.O_NONBLOCK)
  } catch (error) {
    throw codeOf(error) === 'ENXIO' ? new Error('no process reads this named pipe') : error
  }
}

/** Writes all of it, also where `handle` does not block. */
export function writeFully(handle: number, bytes: Uint8Array): void {
  let waited = 0
  for (let at = 0; at < bytes.length;) {
    const written = tryWrite(handle, bytes.subarray(at))
    at += written
    waited = written > 0 ? 0 : waited + PAUSE
    if (waited > PATIENCE) throw new Error('the process at the other end does not read')
    if (written === 0) pause()
  }
}

/** 0 if there is no room. */
function tryWrite(handle: number, bytes: Uint8Array): number {
  try {
    return writeSync(handle, bytes)
  } catch (error) {
    if (codeOf(error) === 'EAGAIN') return 0
    throw error
  }
}

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE)
}
