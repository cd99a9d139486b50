/**
 * `--require-digests` and `--strict-archives`: packages of which something is missing, or was not seen, are not checked.
 *
 * rpm 4.18 says `no digest` or `DIGESTS NOT OK` of a package without digests, and installs it only with --nodigest. Of archives inside
 * packages it knows nothing.
 */
import type { Note, PackageFacts } from '../facts/model.js'
import type { Outcome } from '../io/package/read-targets.js'

interface Demand {
  /** Ids of the notes that it does not accept. */
  readonly notes: ReadonlySet<string>
  readonly reason: 'unsupported' | 'malformed'
  readonly words: string
}

const DIGESTS: Demand = {
  notes: new Set(['no-digest', 'no-header-digest', 'no-payload-digest', 'unverified-digest']),
  reason: 'unsupported',
  words: 'digests are required, but',
}

const ARCHIVES: Demand = {
  notes: new Set(['unread-archive', 'encrypted-members', 'sparse-members']),
  reason: 'malformed',
  words: 'archives must be readable, but',
}

export interface Strictness {
  readonly requireDigests: boolean
  /** Also of archives deep inside others, which are not reported otherwise. */
  readonly strictArchives: boolean
}

export async function* stricter(outcomes: AsyncIterable<Outcome>, strictness: Strictness): AsyncGenerator<Outcome> {
  const demands = [...(strictness.requireDigests ? [DIGESTS] : []), ...(strictness.strictArchives ? [ARCHIVES] : [])]
  for await (const outcome of outcomes) yield demands.reduce(refusedBy, outcome)
}

function refusedBy(outcome: Outcome, demand: Demand): Outcome {
  const note = 'facts' in outcome ? noteAgainst(demand, outcome.facts) : null
  if (note === null) return outcome
  const { message, structure, offset } = note
  return { outcome: 'unchecked', path: outcome.path, reason: demand.reason, structure, offset, message: `${demand.words} ${message}` }
}

/** Digests are those of the package itself; archives may also be inside packages that it contains. */
function noteAgainst(demand: Demand, { notes, inner }: PackageFacts): Note | null {
  const own = notes.find(({ id }) => demand.notes.has(id))
  if (own !== undefined || demand === DIGESTS) return own ?? null
  return inner.map(({ facts }) => noteAgainst(demand, facts)).find(note => note !== null) ?? null
}
