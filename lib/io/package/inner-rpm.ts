/** An RPM inside a package: facts of its own, under its path. */
import type { Intake } from '../intake.js'
import { readRpm } from './read-rpm.js'
import type { Collector, Place, Walk } from './package-walk.js'

export async function readInnerRpm(intake: Intake, place: Place, walk: Walk, collector: Collector): Promise<void> {
  collector.inner.push({ path: place.path, facts: await readRpm(intake, walk, { depth: place.depth + place.nesting, again: null }) })
}
