/**
 * Helpers for tests of rules: build facts concisely and run one rule on them, without binaries.
 *
 *     findingsOf(rule, packageOf({ objects: [library({ exports: ['CRYPTO_lock', 'x_init@@X_1'] })] }))
 */
import { Catalogue } from './catalogue/catalogue.js'
import type { Genuine } from './catalogue/genuine.js'
import { guardedImportsOf } from './facts/guarded-imports.js'
import type {
  ExportFacts,
  GuardedExport,
  Identity,
  ImportFacts,
  InternalExport,
  ObjectFacts,
  PackageFacts,
  StaticArchiveFacts,
} from './facts/model.js'
import { standaloneFacts } from './facts/package-facts.js'
import { staticArchiveFactsOf } from './facts/static-archive.js'
import { NO_CLIENTS, clientsAmong } from './interposition/clients.js'
import { NO_INTERPOSITIONS, type InterpositionsByPath } from './interposition/interposition.js'
import { lint } from './lint/lint.js'
import type { Finding } from './lint/finding.js'
import type { OptionValue } from './lint/options.js'
import type { AnyRule } from './lint/rule.js'
import { DEFAULT_SETTINGS } from './lint/settings.js'

export { Catalogue } from './catalogue/catalogue.js'
export type { FamilyData, FamilyTexts } from './catalogue/family.js'
export type { Genuine } from './catalogue/genuine.js'
export type { InterpositionsByPath } from './interposition/interposition.js'
export type { Finding } from './lint/finding.js'

const SHIPPED = new Catalogue()

/** `CRYPTO_lock`, `CRYPTO_lock@V` (hidden) or `CRYPTO_lock@@V` (default), or the facts for more detail. */
export type StatedExport = string | (Partial<GuardedExport & InternalExport> & { readonly name: string })

/** Facts that differ from those of a plain library. */
export type StatedObject = Partial<Omit<ObjectFacts, 'exports' | 'guarded' | 'internals' | 'imports' | 'guardedImports'>> & {
  readonly exports?: readonly StatedExport[]
  /** Symbols of any library; `CRYPTO_lock?` is a weak reference. */
  readonly imports?: readonly string[]
  /** Determines the guarded exports and imports; default: the shipped one. */
  readonly catalogue?: Catalogue
}

/** A shared library in a public directory, /usr/lib64/libx.so.1. Guarded and internal symbols are recognised by their names. */
export function library({ exports = [], imports = [], catalogue = SHIPPED, ...facts }: StatedObject = {}): ObjectFacts {
  const references = imports.map(imported)
  return {
    path: '/usr/lib64/libx.so.1',
    alsoAt: [],
    isNested: false,
    size: 4096,
    sha256: null,
    format: { class: 64, data: 'little', machine: 'x86_64', type: 'DYN' },
    isProgram: false,
    isDebugOnly: false,
    soname: 'libx.so.1',
    needed: [],
    rpath: null,
    runpath: null,
    versionNodes: [],
    traces: [],
    link: null,
    fault: null,
    ...facts,
    exports: exports.map(exported),
    guarded: exports.flatMap(stated => guarded(stated, catalogue)),
    internals: exports.flatMap(stated => internal(stated, catalogue)),
    imports: references,
    guardedImports: guardedImportsOf(references, catalogue),
  }
}

/** An executable, /usr/bin/x. */
export function program(facts: StatedObject = {}): ObjectFacts {
  return library({ path: '/usr/bin/x', soname: null, isProgram: true, ...facts })
}

export interface StatedArchive {
  readonly path?: string
  readonly catalogue?: Catalogue
}

/** A static archive, /usr/lib64/libx.a; `symbols` once for each member that defines them. */
export function archive(
  symbols: readonly string[],
  { path = '/usr/lib64/libx.a', catalogue = SHIPPED }: StatedArchive = {},
): StaticArchiveFacts {
  return staticArchiveFactsOf({ path, depth: 1 }, 1, symbols, catalogue)
}

export type StatedPackage = Partial<Omit<PackageFacts, 'identity'>> & { readonly name?: string; readonly arch?: string }

/** A binary package, x-1-1.x86_64, with only the given contents. */
export function packageOf({ name = 'x', arch = 'x86_64', ...facts }: StatedPackage = {}): PackageFacts {
  const identity: Identity = { name, epoch: null, version: '1', release: '1', arch }
  const provenance = { isSource: false, sourceRpm: `${name}-1-1.src.rpm`, isNosrc: false, isNosrcDerived: false, missingSources: [] }
  const empty = { ...standaloneFacts(library()), objects: [] }
  return { ...empty, identity, isStandalone: false, provenance, payload: { format: 'cpio', compressor: 'zstd' }, rpmFormat: 4, ...facts }
}

/** Inputs beside the facts. */
export interface FindingsOptions {
  /** The rule's options; the others have their defaults. */
  readonly options?: Readonly<Record<string, OptionValue>>
  /** The table `genuine` of the settings. */
  readonly genuine?: Genuine
  /** The one used to build the facts; default: the shipped one. */
  readonly catalogue?: Catalogue
  /** By path of the object, as from `check --with`. */
  readonly interpositions?: InterpositionsByPath
  /** Packages installed beside it, whose objects' imports from the package's are known. Its own objects' are known anyway. */
  readonly beside?: readonly PackageFacts[]
  /** Directories of ld.so.conf. */
  readonly configured?: readonly string[]
}

/** Findings of one rule in a package and the packages inside it. */
export function findingsOf(
  rule: AnyRule,
  facts: PackageFacts,
  {
    options = {},
    genuine = DEFAULT_SETTINGS.genuine,
    catalogue = SHIPPED,
    interpositions = NO_INTERPOSITIONS,
    configured = [],
    beside = [],
  }: FindingsOptions = {},
): Finding[] {
  const settings = { ...DEFAULT_SETTINGS, rules: { [rule.id]: { severity: null, options } }, genuine }
  const others = beside.map((each, index) => ({ id: `beside ${index}`, facts: each }))
  const clients = clientsAmong([{ id: 'checked', facts }], others, catalogue, genuine).get('checked') ?? NO_CLIENTS
  return lint(facts, [rule], settings, catalogue, { interpositions, configured: new Set(configured), clients })
}

function exported(stated: StatedExport): ExportFacts {
  const { name, version, isHidden } = labelOf(stated)
  const type = typeof stated === 'string' ? 'FUNC' : (stated.type ?? 'FUNC')
  return {
    name,
    version,
    isDefault: !isHidden,
    isHidden,
    binding: 'GLOBAL',
    type,
    visibility: 'DEFAULT',
    size: 8,
    index: version === null ? 1 : 2,
  }
}

function imported(stated: string): ImportFacts {
  const isOptional = stated.endsWith('?')
  return { name: isOptional ? stated.slice(0, -1) : stated, version: null, from: null, binding: isOptional ? 'WEAK' : 'GLOBAL' }
}

function guarded(stated: StatedExport, catalogue: Catalogue): GuardedExport[] {
  const { name, version, isHidden } = labelOf(stated)
  const known = catalogue.find(name)
  if (known === null) return []
  const { family, library: owner, isGeneric } = known
  return [
    {
      name,
      family: family.data.family,
      library: owner,
      isGeneric,
      version,
      isOwnNode: version !== null && family.isOwnNode(version),
      reach: version === null ? 'all' : isHidden ? 'own-version' : 'unversioned',
      type: 'FUNC',
      isData: false,
      stub: null,
      isKnownNoOp: family.isKnownNoOp(name),
      ...(typeof stated === 'string' ? {} : stated),
    },
  ]
}

function internal(stated: StatedExport, catalogue: Catalogue): InternalExport[] {
  const { name, version, isHidden } = labelOf(stated)
  const known = catalogue.internal(name)
  if (known === null) return []
  const { family, ...details } = known
  const reach = version === null ? 'all' : isHidden ? 'own-version' : 'unversioned'
  const { isInterposable = true } = typeof stated === 'string' ? {} : stated
  return [{ ...details, family: family.data.family, version, reach, type: 'FUNC', isInterposable }]
}

function labelOf(stated: StatedExport): { name: string; version: string | null; isHidden: boolean } {
  if (typeof stated !== 'string') return { name: stated.name, version: stated.version ?? null, isHidden: stated.reach === 'own-version' }
  const [, name = stated, at = '', version = null] = /^(.+?)(@@?)(.+)$/.exec(stated) ?? []
  return { name, version, isHidden: at === '@' }
}
