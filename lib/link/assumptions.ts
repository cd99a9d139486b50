/** The assumptions of a simulation, as text: everything that could change a result and that neither the program nor its libraries determine. */
import type { LoaderSetup } from './setup.js'
import { textOf } from '../bytes/names.js'

export function assumptionsOf(setup: LoaderSetup): string[] {
  const { libraryPath, preloads, libc } = setup
  return [
    libraryPath === null ? 'no LD_LIBRARY_PATH' : `LD_LIBRARY_PATH is ${textOf(libraryPath)}`,
    preloads.length === 0 ? 'no preloaded libraries' : `preloaded libraries: ${preloads.map(textOf).join(' ')}`,
    'dlopen is not simulated',
    'not a set-user-ID program',
    ...(libc === 'musl' ? MUSL : glibcAssumptions(setup)),
  ]
}

const MUSL = ['musl 1.2: symbol versions are ignored']

function glibcAssumptions({ levels, legacy, isCacheFound, system, prefersStrong }: LoaderSetup): string[] {
  const last = `default library directories: ${system.directories.join(', ')}`
  return [
    levels.length === 0 ? 'no glibc-hwcaps directories' : `glibc-hwcaps directories: ${levels.join(', ')}`,
    ...(legacy.words.length === 0 ? [] : [`legacy hwcaps subdirectories (before glibc 2.37): ${[...new Set(legacy.words)].join(', ')}`]),
    isCacheFound ? '/etc/ld.so.cache is up to date' : 'ldconfig has been run, and has written the links and the cache',
    last,
    ...(prefersStrong ? ['LD_DYNAMIC_WEAK is set'] : []),
  ]
}
