/**
 * A case: the files of one run. It follows from a list of genes, numbers of which the first chooses what to begin with and each other one a mutation.
 *
 * A part of the list is a case as well, with fewer mutations: this is how cases are made smaller.
 */
import { generatedArchive } from './archive-mutator.js'
import type { Bytes } from './byte-mutators.js'
import { mutateBytes } from './byte-mutators.js'
import { generatedElf, mutateElf } from './elf-mutator.js'
import { mixed, Random } from './random.js'
import { copyOf, emptyDraft, packageFrom, type RpmDraft } from './rpm-draft.js'
import { mutateRpm } from './rpm-mutator.js'
import type { Seeds } from './seeds.js'
import { generatedText, mutateText, TEXT_KINDS, type TextKind } from './text-mutator.js'

export const KINDS = ['rpm', 'elf', 'archive', 'text', 'company'] as const
export type Kind = (typeof KINDS)[number]

export interface CaseFile {
  readonly name: string
  readonly bytes: Bytes
}

export interface FuzzCase {
  readonly kind: Kind
  readonly targets: readonly CaseFile[]
  /** Packages that `--with` would name; `null` without it. */
  readonly companions: readonly CaseFile[] | null
  readonly text: { readonly kind: TextKind; readonly content: string } | null
}

/** The genes of input `index` of a run with this seed. */
export function genesOf(kind: Kind, seed: number, index: number): number[] {
  const random = new Random(mixed(seed, KINDS.indexOf(kind), index))
  const length = 1 + random.below(1 + random.below(8))
  return Array.from({ length: length + 1 }, () => random.u32())
}

export function caseOf(kind: Kind, genes: readonly number[], seeds: Seeds): FuzzCase {
  return MAKERS[kind](
    new Random(genes[0] ?? 0),
    genes.slice(1).map(gene => new Random(gene)),
    seeds,
  )
}

type Maker = (start: Random, mutations: readonly Random[], seeds: Seeds) => FuzzCase

const single = (kind: Kind, name: string, bytes: Bytes): FuzzCase => ({ kind, targets: [{ name, bytes }], companions: null, text: null })

const MAKERS: Readonly<Record<Kind, Maker>> = {
  rpm: (start, mutations, seeds) => single('rpm', 'x.rpm', packageOf(start, mutations, seeds)),
  elf: (start, mutations, seeds) => {
    const seed = seeds.objects.length === 0 || start.oneIn(2) ? generatedElf(start) : start.pick(seeds.objects)
    return single(
      'elf',
      'x.so',
      mutations.reduce((bytes, random) => mutateElf(bytes, random), seed),
    )
  },
  archive: (start, mutations, seeds) => {
    const archive = generatedArchive(start, seeds.objects)
    const content = mutations.slice(1).reduce((bytes, random) => (random.oneIn(2) ? mutateBytes(bytes, random) : bytes), archive)
    return single(
      'archive',
      'x.rpm',
      packageFrom({ ...emptyDraft(), files: [{ path: '/usr/share/x', content: content.toString('latin1') }] }),
    )
  },
  text: (start, mutations, seeds) => {
    const kind = start.pick(TEXT_KINDS)
    const content = mutations.reduce((text, random) => mutateText(text, kind, random), generatedText(kind, start))
    const target = { name: 'x.rpm', bytes: start.oneIn(4) ? packageOf(start, [start], seeds) : start.pick(seeds.packages) }
    return { kind: 'text', targets: [target], companions: null, text: { kind, content } }
  },
  company: (start, mutations, seeds) => {
    const files = Array.from({ length: 2 + start.below(4) }, (_, index) => {
      const own = mutations.filter((__, at) => at % 4 === index)
      return { name: `${index}.rpm`, bytes: start.oneIn(4) ? start.pick(seeds.packages) : packageOf(start, own, seeds) }
    })
    const split = 1 + start.below(files.length - 1)
    return { kind: 'company', targets: files.slice(0, split), companions: files.slice(split), text: null }
  },
}

function packageOf(start: Random, mutations: readonly Random[], seeds: Seeds): Bytes {
  if (seeds.packages.length > 0 && start.oneIn(8))
    return mutations.reduce((bytes, random) => mutateBytes(bytes, random), start.pick(seeds.packages))
  const draft: RpmDraft = copyOf(start.pick(seeds.drafts))
  return packageFrom(mutations.reduce((changed, random) => mutateRpm(changed, random, seeds.objects), draft))
}
