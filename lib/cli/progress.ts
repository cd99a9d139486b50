/** A line on a terminal that says how far the work is, once it takes longer than a moment. */
import { printable } from '../bytes/names.js'

const MOMENT = 500 // ms

export class Progress {
  readonly #total: number
  readonly #timer: NodeJS.Timeout | null
  #done = 0
  #current = ''
  #isShown = false

  constructor(total: number, isWanted: boolean) {
    this.#total = total
    this.#timer = isWanted && process.stderr.isTTY ? setInterval(() => this.#show(), MOMENT).unref() : null
    if (this.#timer !== null) process.on('exit', this.#erase) // a signal may end the program in the middle
  }

  /** `done` of all are behind, and `current` is at hand. */
  tell(done: number, current: string): void {
    this.#done = done
    this.#current = current
  }

  /** Nothing of it stays on the terminal. */
  clear(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    process.off('exit', this.#erase)
    this.#erase()
  }

  readonly #erase = (): void => {
    if (this.#isShown) process.stderr.write('\r\x1b[K')
  }

  #show(): void {
    this.#isShown = true
    const line = `checking ${this.#done + 1}/${this.#total} ${printable(this.#current)}`
    process.stderr.write(`\r\x1b[K${line.slice(0, (process.stderr.columns || 80) - 1)}`)
  }
}
