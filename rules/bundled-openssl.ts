import { datingOf, defineRule } from '../lib/plugin-api.js'
import type { ObjectSubject, Trace } from '../lib/plugin-api.js'

export default defineRule({
  id: 'bundled-openssl',
  scope: 'object',
  severity: 'info',
  summary: 'Contains a copy of {implementations}; reports its version if known',
  why:
    "A copy gets none of the distribution's security updates: this package has to be rebuilt for each. Hidden or versioned, it harms no " +
    'other program. What proves a copy is its code: two paths of its source files, its tables, its internal symbols. A version or a name alone proves ' +
    'nothing, since clients contain the text of the headers.',
  remedy: "Link the distribution's {family}, or keep a record of the copy and its version.",
  references: ['https://docs.fedoraproject.org/en-US/packaging-guidelines/#bundling'],
  messages: { copy: 'contains a copy of {copies}' },
  options: {},

  *check(subject) {
    const families = new Set([...subject.facts.traces, ...subject.facts.internals, ...subject.facts.guarded].map(({ family }) => family))
    const copies = [...families]
      .filter(family => !subject.package.isOwnPackage(family))
      .flatMap(family => copiesOf(subject, family))
      .sort(byImplementation)
    if (copies.length === 0) return
    const dated = copies.filter(({ hasAssembler }) => hasAssembler !== null)
    yield {
      message: 'copy',
      families: [...new Set(copies.map(({ family }) => family))],
      data: {
        implementation: copies.map(({ implementation }) => implementation),
        versions: [...new Set(copies.flatMap(({ versions }) => versions))].sort(),
        copies: copies.map(described),
        ...(dated.length > 0 ? { assembler: dated.some(({ hasAssembler }) => hasAssembler === true) } : {}),
      },
    }
  },
})

interface Copy {
  readonly family: string
  readonly implementation: string
  /** Sorted; empty if unknown. */
  readonly versions: readonly string[]
  /** Releases that have the internal symbols which the copy exports; `null` if it exports too few. */
  readonly releases: string | null
  /** Was it built with assembler? `null` if it exports no internal symbols that show it. */
  readonly hasAssembler: boolean | null
}

function byImplementation(a: Copy, b: Copy): number {
  return a.implementation < b.implementation ? -1 : a.implementation > b.implementation ? 1 : 0
}

/** One for each implementation that is named, sorted; else one of the family itself. Empty if there is no evidence of code. */
function copiesOf({ facts, genuine, package: owner }: ObjectSubject, family: string): Copy[] {
  const traces = facts.traces.filter(trace => trace.family === family)
  const { title = family, releases = [] } = owner.family(family) ?? {}
  const dating = datingOf(
    facts.internals.filter(symbol => symbol.family === family),
    releases,
  )
  const isUnmodified = genuine === 'bundled' && facts.guarded.some(symbol => symbol.family === family)
  if (!isUnmodified && dating === null && !hasCode(traces)) return []
  const names = named(traces)
  return (names.length > 0 ? names : [title]).map(implementation => ({
    family,
    implementation,
    versions: versionsOf(traces.filter(trace => trace.implementation === implementation)),
    releases: implementation === title ? (dating?.releases ?? null) : null,
    hasAssembler: implementation === title ? (dating?.hasAssembler ?? null) : null,
  }))
}

/**
 * Any program compiled with the headers may carry the text of a version, and a list of libraries their names: only code, or tables, or two paths of
 * source files prove a copy.
 */
function hasCode(traces: readonly Trace[]): boolean {
  return traces.some(({ isCode }) => isCode) || traces.filter(({ isSourcePath }) => isSourcePath).length >= SOURCE_PATHS_NEEDED
}

const SOURCE_PATHS_NEEDED = 2

/** Names with a version take precedence: OpenSSL's users mention its forks, too. */
function named(traces: readonly Trace[]): string[] {
  const naming = traces.filter(({ isShared }) => !isShared)
  const versioned = naming.filter(({ version }) => version !== null)
  return [...new Set((versioned.length > 0 ? versioned : naming).map(({ implementation }) => implementation))].sort()
}

function versionsOf(traces: readonly Trace[]): string[] {
  return [...new Set(traces.flatMap(({ version }) => version ?? []))].sort()
}

function described({ implementation, versions, releases, hasAssembler }: Copy): string {
  const version = versions.length > 0 ? versions.join(' and ') : (releases ?? '(version unknown)')
  const build = hasAssembler === null ? '' : hasAssembler ? ', built with assembler' : ', built without assembler'
  return `${implementation} ${version}${build}`
}
