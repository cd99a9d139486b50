/**
 * Translates errors of the operating system and of Node's core into ours.
 *
 * Never by `instanceof Error`: an error that Node's core makes belongs to another realm than a module that runs in a vm context, as all do under
 * Jest, and tests would see another branch than users.
 */
import { types } from 'node:util'
import { UnreadableError, type CheckError } from '../errors/check-error.js'

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  EISDIR: 'is a directory',
  EMFILE: 'too many open files',
  EIO: 'input/output error',
  ENOSPC: 'no space left on the device',
}

/** The operating system's reason in words, without its call and number. */
export function reasonOf(error: unknown): string {
  return REASONS[codeOf(error) ?? ''] ?? messageOf(error)
}

/** The message of an error of any realm. */
export function messageOf(error: unknown): string {
  return types.isNativeError(error) ? error.message : String(error)
}

/** Node's name for what happened, `ENOENT` for instance. */
export function codeOf(error: unknown): string | undefined {
  return types.isNativeError(error) ? (error as NodeJS.ErrnoException).code : undefined
}

/** Is it the error of a failed system call? Anything else is a bug, or an error of ours. */
export function isSystemError(error: unknown): boolean {
  return types.isNativeError(error) && 'syscall' in error
}

export function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT'
}

/** Makes the error to throw from the system's reason. */
export type Explain = (reason: string, cause: unknown) => CheckError

/** `what` could not be read. */
export function unreadable(what: string): Explain {
  return (reason, cause) => new UnreadableError(`cannot read ${what}: ${reason}`, null, null, { cause })
}

/** The value of `step`; if it fails, throws the error that `explain` makes. */
export function attempt<Value>(step: () => Value, explain: Explain): Value {
  try {
    return step()
  } catch (error) {
    throw explain(reasonOf(error), error)
  }
}

/** The same for an asynchronous step. */
export async function attemptAsync<Value>(step: () => Promise<Value>, explain: Explain): Promise<Value> {
  try {
    return await step()
  } catch (error) {
    throw explain(reasonOf(error), error)
  }
}
