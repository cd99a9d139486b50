/** Where the files of a planned graph are, how they are searched for, and what is in the way. */
import { posix } from 'node:path'
import type { Chance } from './chance.js'
import type { Circumstances, Decoy, ObjectPlan, SearchPath } from './graph-plan.js'

export const PROGRAM_FILE = 'bin/program'
export const DIRECTORIES: readonly string[] = ['lib', 'lib/sub', 'opt/more', 'bin']

export function planSearch(chance: Chance, plan: ObjectPlan, needed: readonly string[], { layout }: Circumstances): SearchPath | null {
  const own = posix.dirname(plan.file)
  const needful = [...new Set(needed.map(file => posix.dirname(file)))]
  const path = (tag: SearchPath['tag'], directories: readonly string[]): SearchPath => ({
    tag,
    directories: chance.shuffled(directories).map(directory => spelled(chance, posix.relative(own, directory))),
  })
  const odd = [...(chance.happens(0.7) ? DIRECTORIES : needful), ...(chance.happens(0.3) ? ['nowhere'] : [])]
  if (layout === 'RUNPATH everywhere') return chance.happens(0.995) ? path('RUNPATH', odd) : null
  if (layout === 'RPATH of the program' && plan.file === PROGRAM_FILE) return path('RPATH', DIRECTORIES)
  if (chance.happens(0.6)) return null
  return path(chance.happens(0.5) ? 'RPATH' : 'RUNPATH', layout === 'LD_LIBRARY_PATH' ? chance.some(DIRECTORIES, 2) : odd)
}

function spelled(chance: Chance, relative: string): string {
  const origin = chance.pick(['$ORIGIN', '$ORIGIN', '${ORIGIN}'])
  return `${origin}${relative === '' ? '' : `/${relative}`}${chance.happens(0.1) ? '/' : ''}`
}

/** Files of wanted names in other directories, and the links that sonames go by. */
export function planDecoys(chance: Chance, libraries: readonly ObjectPlan[]): Decoy[] {
  const taken = new Set(libraries.map(({ file }) => file))
  const kinds: readonly Decoy['kind'][] = ['copy', 'symlink', 'hardlink', 'wrong class', 'wrong machine']
  const decoys: Decoy[] = []
  const place = (file: string, copyOf: string, kind: Decoy['kind']): void => {
    if (!taken.has(file)) decoys.push({ file, copyOf, kind })
    taken.add(file)
  }
  for (const { file, soname } of libraries) {
    if (soname !== null) place(posix.join(posix.dirname(file), soname), file, 'symlink')
    if (!chance.happens(0.15)) continue
    const wanted = soname ?? posix.basename(file)
    place(posix.join(chance.pick(DIRECTORIES), wanted), chance.happens(0.7) ? file : chance.pick(libraries).file, chance.pick(kinds))
  }
  return decoys
}
