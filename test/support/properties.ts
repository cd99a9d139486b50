/**
 * fast-check, with the same inputs in every run: what a change broke is red at once, and what it did not break stays green.
 *
 * A property is tried 25 times, and 1,000 times in `npm run test:soak`, there with another seed each time. `PROPERTY_SEED=7 npm test` tries
 * other inputs, `PROPERTY_RUNS=100` more of them.
 */
import fc, { configureGlobal, nat } from 'fast-check'

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 25)

configureGlobal({ seed: Number(process.env['PROPERTY_SEED'] ?? 2012), numRuns: RUNS })

/** For a property that hits what it looks for more seldom than others, or costs more: `numRuns` where others have 100. */
export function runs(ofHundred: number): number {
  return Math.ceil((ofHundred * RUNS) / 100)
}

/** One of all code points but halves of surrogate pairs. fast-check's `binary` unit is the same, and takes a second and more to be made. */
export const anyCharacter = nat(0x10ffff - 0x800).map(index => String.fromCodePoint(index < 0xd800 ? index : index + 0x800))

export default fc
