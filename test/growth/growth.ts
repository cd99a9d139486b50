/**
 * How the cost of a step grows with its input: CPU time for 1×, 2×, 4× and 8× of a size, as ratios. Times are never compared with a clock: another
 * machine, or a busy one, has the same ratios.
 */

/** Makes an input of a size; what is returned is measured. */
export type Make = (size: number) => () => unknown

const SIZES = [1, 2, 4, 8]
/** Of a doubling, on average. Linear code has 2, sorting a little more, a loop over pairs 4. */
const MOST = 2.5
/** Of the last doubling, in which what does not grow weighs least. */
const MOST_AT_LAST = 3
/** Of the last two doublings, from here on it is not noise. */
const HOPELESS = 3.3
/** CPU time of all measured calls for the smallest size, in microseconds: less is noise. */
const ENOUGH = 3000
const MOST_CALLS = 400
/** Other work and garbage collection only add, so of several runs the least counts. */
const RUNS = 3
const ATTEMPTS = 3

/** `null` if it is linear, else the times. `from` is the smallest size. */
export function growthFault(make: Make, from: number): string | null {
  const steps = SIZES.map(factor => make(factor * from))
  for (const step of steps) step() // compiles, and fills what is cached
  const [smallest = () => null] = steps
  const calls = Math.min(MOST_CALLS, Math.ceil(ENOUGH / Math.max(1, costOf(smallest, 1))))
  const least = steps.map(() => Infinity)
  for (let attempt = 0; attempt < ATTEMPTS * RUNS; attempt++) {
    for (const [index, step] of steps.entries()) least[index] = Math.min(least[index]!, costOf(step, calls))
    if (attempt < RUNS - 1) continue
    const ratios = ratiosOf(least)
    const mean = Math.cbrt(ratios.reduce((product, ratio) => product * ratio, 1))
    if (mean <= MOST && ratios.at(-1)! <= MOST_AT_LAST) return null
    if (ratios.slice(-2).every(ratio => ratio > HOPELESS)) break
  }
  return `${ratiosOf(least)
    .map(ratio => ratio.toFixed(1))
    .join(', ')} for doublings from ${from} (µs: ${least.join(', ')})`
}

function ratiosOf(costs: readonly number[]): number[] {
  return costs.slice(1).map((cost, index) => cost / Math.max(1, costs[index]!))
}

/** CPU of this process, in microseconds. User and system apart are estimates from the ticks of a clock, their sum is exact. */
function costOf(step: () => unknown, calls: number): number {
  const before = process.cpuUsage()
  for (let call = 0; call < calls; call++) step()
  const { user, system } = process.cpuUsage(before)
  return user + system
}
