import { defineRule } from '../lib/plugin-api.js'
import type { ObjectSubject, Trace } from '../lib/plugin-api.js'

export default defineRule({
  id: 'bundled-openssl',
  scope: 'object',
  severity: 'info',
  summary: 'Contains a copy of {implementations}; reports its version if known',
  why:
    "A copy gets none of the distribution's security updates: this package has to be rebuilt for each. Hidden or versioned, it harms no " +
    'other program.',
  remedy: "Link the distribution's {family}, or keep a record of the copy and its version.",
  references: ['https://docs.fedoraproject.org/en-US/packaging-guidelines/#bundling'],
  messages: { copy: 'contains a copy of {copies}' },
  options: {},

  *check(subject) {
    const families = subject.facts.traces.map(({ family }) => family)
    const proven = new Set(families.filter(family => !subject.package.isOwnPackage(family) && isCopied(subject, family)))
    const copies = [...copiesOf(subject.facts.traces.filter(({ family }) => proven.has(family))), ...untracedCopies(subject, proven)]
    if (copies.length === 0) return
    yield {
      message: 'copy',
      families: [...new Set(copies.map(({ family }) => family))],
      data: {
        implementation: copies.map(({ implementation }) => implementation),
        versions: [...new Set(copies.flatMap(({ versions }) => versions))].sort(),
        copies: copies.map(described),
      },
    }
  },
})

interface Copy {
  readonly family: string
  readonly implementation: string
  /** Sorted; empty if unknown. */
  readonly versions: readonly string[]
}

/** One for each implementation, sorted. */
function copiesOf(traces: readonly Trace[]): Copy[] {
  return [...new Set(traces.map(({ implementation }) => implementation))].sort().map(implementation => {
    const own = traces.filter(trace => trace.implementation === implementation)
    const versions = [...new Set(own.flatMap(({ version }) => version ?? []))].sort()
    return { family: own[0]?.family ?? '', implementation, versions }
  })
}

/** An unmodified copy without traces, recognised by its soname and version nodes. */
function untracedCopies({ facts, genuine, package: owner }: ObjectSubject, traced: ReadonlySet<string>): Copy[] {
  if (genuine !== 'bundled') return []
  const families = [...new Set(facts.guarded.map(({ family }) => family))].filter(family => !traced.has(family))
  return families.map(family => ({ family, implementation: owner.family(family)?.title ?? family, versions: [] }))
}

function described({ implementation, versions }: Copy): string {
  return `${implementation} ${versions.length > 0 ? versions.join(' and ') : '(version unknown)'}`
}

/**
 * Any program compiled with OpenSSL's headers may carry OPENSSL_VERSION_TEXT: a version string proves a copy only where nothing of the
 * family is imported. Two source paths prove it anyway.
 */
function isCopied(subject: ObjectSubject, family: string): boolean {
  if (subject.genuine === 'bundled' && subject.facts.guarded.some(symbol => symbol.family === family)) return true
  const traces = subject.facts.traces.filter(trace => trace.family === family)
  if (traces.filter(({ isSourcePath }) => isSourcePath).length >= 2) return true
  return traces.some(({ isSourcePath }) => !isSourcePath) && !usesAnother(subject, family)
}

/** Does it import from a library of the family: the system's, or a renamed copy such as libcrypto-9f0c2bd2.so.1.1? */
function usesAnother({ facts, package: owner }: ObjectSubject, family: string): boolean {
  const libraries = owner.family(family)?.libraries ?? []
  const isNamedAfter = (soname: string, name: string): boolean => soname.startsWith(name) && !/^\w/.test(soname.slice(name.length))
  return (
    facts.guardedImports.some(symbol => symbol.family === family) ||
    facts.needed.some(soname => libraries.some(({ name }) => isNamedAfter(soname, name)))
  )
}
