/**
 * `--require-digests`: a package that is not protected by digests throughout is not checked, as rpm does not install it.
 *
 * rpm 4.18 says `no digest` or `DIGESTS NOT OK` of each such package, and installs it only with --nodigest.
 */
import type { Outcome } from '../io/package/read-targets.js'

/** Notes about digests that are missing or that could not be computed. */
const UNVERIFIED: ReadonlySet<string> = new Set(['no-digest', 'no-header-digest', 'no-payload-digest', 'unverified-digest'])

export async function* withVerifiedDigests(outcomes: AsyncIterable<Outcome>): AsyncGenerator<Outcome> {
  for await (const outcome of outcomes) yield refusedWithoutDigests(outcome)
}

function refusedWithoutDigests(outcome: Outcome): Outcome {
  const note = 'facts' in outcome ? outcome.facts.notes.find(({ id }) => UNVERIFIED.has(id)) : undefined
  if (note === undefined) return outcome
  const { message, structure, offset } = note
  return {
    outcome: 'unchecked',
    path: outcome.path,
    reason: 'unsupported',
    structure,
    offset,
    message: `digests are required, but ${message}`,
  }
}
