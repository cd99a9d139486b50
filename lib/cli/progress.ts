/** A line on a terminal that says how far the work is, once it takes longer than a moment. */
const MOMENT = 500 // ms
const STEP = 100 // ms

export class Progress {
  readonly #isShown: boolean
  readonly #total: number
  readonly #started = Date.now()
  #last = 0

  constructor(total: number, isWanted: boolean) {
    this.#total = total
    this.#isShown = isWanted && process.stderr.isTTY
  }

  /** `done` of all are behind, and `current` is at hand. */
  tell(done: number, current: string): void {
    const now = Date.now()
    if (!this.#isShown || now - this.#started < MOMENT || now - this.#last < STEP) return
    this.#last = now
    const line = `checking ${done + 1}/${this.#total} ${current}`
    process.stderr.write(`\r\x1b[K${line.slice(0, (process.stderr.columns || 80) - 1)}`)
  }

  clear(): void {
    if (this.#last > 0) process.stderr.write('\r\x1b[K')
  }
}
