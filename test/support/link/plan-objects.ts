/** Objects of a planned graph by themselves: files, versions and definitions; what they need and refer to comes later. */
import { posix } from 'node:path'
import type { Chance } from './chance.js'
import type { Circumstances, ObjectPlan, ProgramPlan } from './graph-plan.js'
import { ALL_NAMES, plainDefinition, planDefinitions } from './plan-definitions.js'
import { DIRECTORIES, PROGRAM_FILE } from './plan-places.js'

const NODES = ['NODE_A', 'NODE_B', 'NODE_C', 'OPENSSL_3.0.0', 'X_1.1']
const HASH_STYLES = ['--hash-style=gnu', '--hash-style=sysv', '--hash-style=both']
const DT_SYMBOLIC = 16

export function planBareLibrary(chance: Chance, index: number, { hasLibc }: Circumstances): ObjectPlan {
  const nodes = chance.happens(0.6) ? chance.some(NODES, chance.between(1, 4)) : []
  const file = `${chance.pick(DIRECTORIES)}/lib${index}.so.1`
  return {
    file,
    soname: chance.happens(0.08) ? null : posix.basename(file),
    nodes,
    definitions: planDefinitions(chance, nodes, chance.between(2, 16)),
    references: [],
    needs: [],
    needsLibc: hasLibc && chance.happens(0.6),
    search: null,
    flags: planFlags(chance, index),
    addedTags: chance.happens(0.08) ? [[DT_SYMBOLIC, 0]] : [],
  }
}

/** A library with every name, so that most programs start and their probes can be heard. */
export function planLastResort(index: number): ObjectPlan {
  const file = `lib/lib${index}.so.1`
  return {
    file,
    soname: posix.basename(file),
    nodes: [],
    definitions: ALL_NAMES.map(plainDefinition),
    references: [],
    needs: [],
    needsLibc: false,
    search: null,
    flags: [],
    addedTags: [],
  }
}

function planFlags(chance: Chance, index: number): string[] {
  // Later ones only: a cycle of filters ends in the loader's death.
  const filter = (option: string): string[] => [`${option} lib${chance.between(index + 1, index + 6)}.so.1`]
  return [
    chance.pick(HASH_STYLES),
    ...(chance.happens(0.3) ? ['-z now'] : []),
    ...(chance.happens(0.06) ? ['-Bsymbolic'] : []),
    ...(chance.happens(0.06) ? ['-Bsymbolic-functions'] : []),
    ...(chance.happens(0.1) ? ['-z nocombreloc'] : []),
    ...(chance.happens(0.1) ? ['-z nodelete'] : []),
    ...(chance.happens(0.02) ? filter('-F') : []),
    ...(chance.happens(0.04) ? filter('-f') : []),
  ]
}

export function planBareProgram(chance: Chance, { hasLibc, isPositionIndependent }: Circumstances): ProgramPlan {
  return {
    file: PROGRAM_FILE,
    soname: null,
    nodes: [],
    definitions: planDefinitions(chance, [], chance.between(0, 6)).filter(({ type }) => type !== 'ifunc'), // ld.so refuses those
    references: [],
    needs: [],
    needsLibc: hasLibc,
    search: null,
    flags: [chance.pick(HASH_STYLES), ...(chance.happens(0.3) ? ['-E'] : [])],
    addedTags: [],
    isPositionIndependent,
  }
}

/** The release that others were linked with: names moved, nodes gone, or no versions at all. */
export function otherRelease(chance: Chance, library: ObjectPlan): ObjectPlan {
  const way = chance.next()
  const nodes = way < 0.5 ? library.nodes : way < 0.7 ? [...library.nodes, 'GONE_1'] : way < 0.9 ? [] : chance.some(NODES, 2)
  return { ...library, nodes, definitions: planDefinitions(chance, nodes, chance.between(2, 16)) }
}
