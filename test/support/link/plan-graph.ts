/** Plans a random graph of libraries: everything that ld.so has a rule for, mixed. The same seed gives the same plan. */
import { Chance } from './chance.js'
import type { Circumstances, GraphPlan, ObjectPlan } from './graph-plan.js'
import { otherRelease, planBareLibrary, planBareProgram, planLastResort } from './plan-objects.js'
import { DIRECTORIES, PROGRAM_FILE, planDecoys, planSearch } from './plan-places.js'
import { planReferences } from './plan-references.js'

export function planGraph(seed: number): GraphPlan {
  const chance = new Chance(seed)
  const circumstances: Circumstances = {
    layout: chance.pick<Circumstances['layout']>(['RUNPATH everywhere', 'RPATH of the program', 'LD_LIBRARY_PATH']),
    hasLibc: chance.happens(0.85),
    isPositionIndependent: chance.happens(0.5),
  }
  const bare = Array.from({ length: chance.between(8, 28) }, (_, index) => planBareLibrary(chance, index, circumstances))
  if (chance.happens(0.9)) bare.push(planLastResort(bare.length))
  const needs = planNeeds(chance, bare)
  const named = withTwinSonames(chance, bare)
  const linkedAgainst = new Map(
    named.flatMap(library => (chance.happens(0.06) ? [[library.file, otherRelease(chance, library)] as const] : [])),
  )
  const seen = (file: string): ObjectPlan[] =>
    named.filter(library => library.file === file).map(library => linkedAgainst.get(file) ?? library)
  const complete = <Plan extends ObjectPlan>(plan: Plan): Plan => {
    const needed = withoutTwins(needs.get(plan.file) ?? [], named)
    const references = planReferences(chance, plan, needed.flatMap(seen), circumstances)
    return { ...plan, needs: needed, references, search: planSearch(chance, plan, needed, circumstances) }
  }
  const libraries = named.map(complete)
  return {
    seed,
    program: complete(planBareProgram(chance, circumstances)),
    libraries,
    linkedAgainst,
    decoys: planDecoys(chance, libraries),
    preload: chance.happens(0.25) ? chance.some(libraries, chance.between(1, 2)).map(({ file }) => file) : [],
    libraryPath: circumstances.layout === 'LD_LIBRARY_PATH' ? chance.shuffled(DIRECTORIES) : [],
  }
}

/** A tree, so that every library is reached, and more edges forwards (diamonds) and backwards (cycles). */
function planNeeds(chance: Chance, libraries: readonly ObjectPlan[]): Map<string, string[]> {
  const edges = new Map<string, Set<string>>([PROGRAM_FILE, ...libraries.map(({ file }) => file)].map(file => [file, new Set()]))
  const files = libraries.map(({ file }) => file)
  const add = (from: string, to: string): void => {
    if (from !== to) edges.get(from)?.add(to)
  }
  files.forEach((file, index) => {
    add(index === 0 || chance.happens(0.25) ? PROGRAM_FILE : chance.pick(files.slice(0, index)), file)
    if (chance.happens(0.5)) add(chance.pick(files.slice(0, index + 1)), file)
    if (chance.happens(0.15)) add(file, chance.pick(files))
  })
  return new Map([...edges].map(([file, needed]) => [file, chance.shuffled([...needed])]))
}

/** Two files with one soname: the one that is loaded first serves both. */
function withTwinSonames(chance: Chance, libraries: readonly ObjectPlan[]): ObjectPlan[] {
  return libraries.map((library, index) => {
    const twin = libraries[chance.between(0, index)]
    return twin !== undefined && twin !== library && chance.happens(0.06) ? { ...library, soname: twin.soname } : library
  })
}

/** The link editor gives two libraries of one soname one record of needed versions, and then misses half of them. */
function withoutTwins(files: readonly string[], libraries: readonly ObjectPlan[]): string[] {
  const sonameOf = (file: string): string => libraries.find(library => library.file === file)?.soname ?? file
  return files.filter((file, index) => files.findIndex(other => sonameOf(other) === sonameOf(file)) === index)
}
