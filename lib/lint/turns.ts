/**
 * Judges packages in company although not all of them can be installed together: versions of one package, and packages that replace each other.
 *
 * Each of them has its turn, with the judged ones that it gets along with and with the other packages. Of those only the newest of each name and architecture
 * counts, and a judged package replaces its namesake: so a repository can be given as it is.
 */
import type { Catalogue } from '../catalogue/catalogue.js'
import type { Identity, ObjectFacts, PackageFacts } from '../facts/model.js'
import { compareEvr } from '../rpm/evr.js'
import { Company } from './company.js'
import type { Misdirection } from './misdirection.js'
import { misdirectionsIn, type Misdirections } from './misdirections.js'
import type { Genuine } from './subjects.js'

export function misdirectionsAmong(
  judged: readonly PackageFacts[],
  others: readonly PackageFacts[],
  catalogue: Catalogue,
  genuine: Genuine,
): Misdirections {
  const installable = judged.filter(({ provenance }) => !provenance.isSource)
  const rest = newestOf(others, installable)
  const found = new Map<ObjectFacts, readonly Misdirection[]>()
  for (let waiting = installable; waiting.length > 0;) {
    const turn = firstOfEach(waiting)
    const absent = installable.filter(facts => !turn.includes(facts))
    const company = new Company(turn, newestOf([...absent, ...rest], turn), catalogue, genuine)
    const misdirections = misdirectionsIn(company, catalogue)
    // Whatever else may stand in the way, the first one has been installed.
    const done = new Set(turn.filter(facts => facts === waiting[0] || company.isSettled(facts)))
    const objects = [...done].flatMap(facts => facts.objects)
    for (const object of objects) found.set(object, misdirections.get(object) ?? [])
    waiting = waiting.filter(facts => !done.has(facts))
  }
  return found
}

/** Loose files have no name and all stay. */
function firstOfEach(packages: readonly PackageFacts[]): PackageFacts[] {
  const seen = new Set<string>()
  return packages.filter(({ identity }) => {
    if (identity === null) return true
    const isFirst = !seen.has(kindOf(identity))
    seen.add(kindOf(identity))
    return isFirst
  })
}

/** Of each name and architecture the newest, but for those that are judged in whatever version. Loose files have neither and all stay. */
function newestOf(packages: readonly PackageFacts[], judged: readonly PackageFacts[]): PackageFacts[] {
  const taken = new Set(judged.flatMap(({ identity }) => (identity === null ? [] : [kindOf(identity)])))
  const newest = new Map<string, PackageFacts>()
  for (const facts of packages) {
    if (facts.identity === null || taken.has(kindOf(facts.identity))) continue
    const known = newest.get(kindOf(facts.identity))?.identity
    if (known === undefined || known === null || compareEvr(facts.identity, known) > 0) newest.set(kindOf(facts.identity), facts)
  }
  return packages.filter(facts => facts.identity === null || newest.get(kindOf(facts.identity)) === facts)
}

function kindOf({ name, arch }: Identity): string {
  return `${name}.${arch}`
}
