/** A progress line on a terminal, shown once the work takes longer than a moment. */
import { printable } from '../bytes/names.js'
import type { Progress } from '../engine/engine.js'
import { columnsOf, type Surroundings } from './surroundings.js'

const MOMENT = 500 // ms
const ERASE = '\r\x1b[K'
/** The cursor waits at the beginning of the line: where a signal ends the program, whatever comes next overwrites it. */
const RETURN = '\r'

export class ProgressLine {
  readonly #stderr: Surroundings['stderr']
  readonly #timer: NodeJS.Timeout | null
  /** Unregisters the exit handler, which erases the line if a signal ends the program. */
  readonly #forget: () => void
  #progress: Progress = { done: 0, total: 0, path: null }
  #isShown = false

  constructor({ stderr, atExit }: Surroundings, isWanted: boolean) {
    this.#stderr = stderr
    this.#timer = isWanted && stderr.isTTY === true ? setInterval(() => this.#show(), MOMENT).unref() : null
    this.#forget = this.#timer === null ? () => undefined : atExit(this.#erase)
  }

  readonly update = (progress: Progress): void => {
    this.#progress = progress
  }

  /** Erases the line. */
  clear(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#forget()
    this.#erase()
  }

  readonly #erase = (): void => {
    if (this.#isShown) this.#stderr.write(ERASE)
    this.#isShown = false
  }

  #show(): void {
    const { done, total, path } = this.#progress
    if (path === null) return
    this.#isShown = true
    const line = `checking ${done + 1}/${total} ${printable(path)}`
    this.#stderr.write(ERASE + line.slice(0, columnsOf(this.#stderr, 80) - 1) + RETURN)
  }
}
