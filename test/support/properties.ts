/**
 * fast-check, with the same inputs in every run: only what a change broke becomes red.
 *
 * A property is tried 25 times, and 1,000 times in `npm run test:soak`, there with another seed each time. `PROPERTY_SEED=7 npm test` tries
 * other inputs, `PROPERTY_RUNS=100` more of them.
 */
import fc, { configureGlobal, nat } from 'fast-check'

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 25)

configureGlobal({ seed: Number(process.env['PROPERTY_SEED'] ?? 2012), numRuns: RUNS })

/** For a property that rarely reaches the interesting case, or is expensive: its `numRuns` if others have 100. */
export function runs(ofHundred: number): number {
  return Math.ceil((ofHundred * RUNS) / 100)
}

/** Any code point except halves of surrogate pairs. fast-check's `binary` unit is the same, but takes a second or more to construct. */
export const anyCharacter = nat(0x10ffff - 0x800).map(index => String.fromCodePoint(index < 0xd800 ? index : index + 0x800))

export default fc
