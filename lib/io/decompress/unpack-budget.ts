/** Limits the bytes that one stream may unpack to. */
import type { Limits } from '../../limits/limits.js'
import type { UnpackCosts } from './unpack-costs.js'

export class UnpackBudget {
  readonly #structure: string
  readonly #costs: UnpackCosts
  readonly #limit: number
  #left: number

  constructor(structure: string, { unpackedBytes }: Limits, costs: UnpackCosts) {
    this.#structure = structure
    this.#costs = costs
    this.#limit = unpackedBytes
    this.#left = unpackedBytes
  }

  /** As much of `chunk` as the limit allows: the bytes before it are judged, however they were divided. */
  within(chunk: Uint8Array): Uint8Array {
    const allowed = chunk.subarray(0, this.#left)
    this.#left -= chunk.length
    return allowed
  }

  /** Throws `LimitError` once there were too many bytes. */
  check(): void {
    if (this.#left < 0) this.#costs.exhaust(`${this.#structure}: unpacks to more than ${this.#limit} bytes`, this.#structure)
  }
}
