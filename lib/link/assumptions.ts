/** What a simulation takes for granted, in words. Everything that could change an answer, and that neither the program nor its libraries say. */
import type { LoaderSetup } from './setup.js'
import { textOf } from '../bytes/names.js'

export function assumptionsOf(setup: LoaderSetup): string[] {
  const { libraryPath, preloads, libc } = setup
  return [
    libraryPath === null ? 'no LD_LIBRARY_PATH' : `LD_LIBRARY_PATH is ${textOf(libraryPath)}`,
    preloads.length === 0 ? 'nothing is preloaded' : `preloaded: ${preloads.map(textOf).join(' ')}`,
    'dlopen is not simulated',
    'not started set-user-ID',
    ...(libc === 'musl' ? MUSL : glibcAssumptions(setup)),
  ]
}

const MUSL = ['musl 1.2: versions are not compared']

function glibcAssumptions({ hwcaps, legacy, cache, configured, system, prefersStrong }: LoaderSetup): string[] {
  const last = `the system’s directories are ${system.directories.join(', ')}`
  return [
    hwcaps.length === 0 ? 'no glibc-hwcaps directories' : `glibc-hwcaps directories: ${hwcaps.join(', ')}`,
    ...(legacy.subdirectories.length === 0 ? [] : ['of the subdirectories before glibc 2.37 those of a plain processor']),
    cache !== null
      ? '/etc/ld.so.cache is up to date'
      : configured.length > 0
        ? 'no /etc/ld.so.cache: /etc/ld.so.conf stands in for it'
        : 'no /etc/ld.so.cache and no /etc/ld.so.conf',
    last,
    ...(prefersStrong ? ['LD_DYNAMIC_WEAK is set'] : []),
  ]
}
