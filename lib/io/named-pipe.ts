/**
 * Bytes from a named pipe, without a thread that blocks.
 *
 * A thread that waits for the writer, as of a plain read, would keep the process from ending on a signal. `node:net` is Node's only public class that
 * polls a pipe; nothing connects to anything.
 */
import { constants, open } from 'node:fs'
import { Socket } from 'node:net'
import { promisify } from 'node:util'

/** Rejects with the system's error. */
export async function openNamedPipe(place: string): Promise<AsyncIterable<Uint8Array>> {
  const descriptor = await promisify(open)(place, constants.O_RDONLY | constants.O_NONBLOCK)
  return new Socket({ fd: descriptor, readable: true, writable: false })
}
