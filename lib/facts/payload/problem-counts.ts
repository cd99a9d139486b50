/**
 * Counts the problems of a payload. A hostile archive has up to a million members, and a line for each would be useless: the first
 * of each kind is kept, with their number.
 */
import { MalformedError } from '../../errors/check-error.js'
import type { Note } from '../model.js'

interface Problem {
  readonly message: string
  readonly path: string
  readonly offset: number
  count: number
}

export class ProblemCounts {
  readonly #oddities = new Map<string, Problem>()
  #fault: Problem | null = null

  /** Something legal but unusual. `path` is text; `offset` is in bytes from the start of the unpacked payload. */
  note(id: string, message: string, path: string, offset: number): void {
    const known = this.#oddities.get(id)
    if (known === undefined) this.#oddities.set(id, { message, path, offset, count: 1 })
    else known.count++
  }

  /** Something for which rpm would refuse the package. */
  fault(message: string, path: string, offset: number): void {
    if (this.#fault === null) this.#fault = { message, path, offset, count: 1 }
    else this.#fault.count++
  }

  /** In the order of first occurrence. */
  notes(): Note[] {
    return [...this.#oddities].map(([id, { message, path, offset, count }]) => {
      const text = count === 1 ? `${path}: ${message}` : `${path} and ${count - 1} more: ${message}`
      return { id, message: text, path, structure: 'payload', offset, isOdd: true }
    })
  }

  /** Throws the first fault, if there is any. */
  throwFault(): void {
    if (this.#fault === null) return
    const { message, path, offset, count } = this.#fault
    const more = count === 1 ? '' : ` (and ${count - 1} more)`
    throw new MalformedError(`payload: ${path}: ${message} at 0x${offset.toString(16)}${more}`, 'payload', offset)
  }
}
