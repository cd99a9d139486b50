/**
 * Random directories of libraries, links and ld.so.conf files: the links and the cache of the machine's ldconfig, against ours.
 *
 * `LDCONFIG_SEED=1 LDCONFIG_TREES=500` tries others or more.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { diskLayer } from '../../lib/io/loader/disk-layer.js'
import { LayeredFiles } from '../../lib/link/layered-files.js'
import { runLdconfig } from '../../lib/link/ldconfig.js'
import { decodeLoaderCache } from '../../lib/link/loader-cache.js'
import { DEFAULT_LIMITS } from '../../lib/limits/limits.js'
import { buildElf } from '../support/elf-builder.js'
import { Chance } from '../support/link/chance.js'
import { describeWithTools, isX86Linux, scratchFolder } from '../support/tools.js'

const HOST = { elfClass: 64, endianness: 'little', machine: 62 } as const
const X86_64 = 0x0303
const first = Number(process.env['LDCONFIG_SEED'] ?? 1)
const seeds = Array.from({ length: Number(process.env['LDCONFIG_TREES'] ?? 40) }, (_, index) => first + index)
const folder = scratchFolder('ldconfig')
/** Real ones, of which ldconfig knows its own directories by the names of links too. */
const DIRECTORIES = ['/opt/a', '/opt/b', '/usr/lib', '/usr/lib64', '/opt/a/glibc-hwcaps/x86-64-v3']
const SONAMES = ['libx.so.1', 'libx.so.2', 'liby.so.1', 'x.so.1', 'libx.so']
const NAMES = [
  'libx.so',
  'libx.so.1',
  'libx.so.1.2',
  'libx.so.1.10',
  'libx.so.1.9.1',
  'libx.so.2',
  'liby.so.1',
  'libz.so.1',
  'x.so.1',
  'ld-x.so',
]
const LINES = [
  '/opt/a',
  '/opt/b/',
  ' /usr/lib64 # x',
  'include more/*.conf',
  'include /etc/m*/?.conf',
  '/opt/link',
  '/opt/none',
  'HWCAP 1 x',
  '/opt/a=libc6',
]

/** Writes a tree. */
function plant(root: string, chance: Chance): void {
  const at = (path: string): string => {
    mkdirSync(dirname(root + path), { recursive: true })
    return root + path
  }
  const lines = (count: number): string => Array.from({ length: count }, () => chance.pick(LINES)).join('\n')
  writeFileSync(at('/etc/ld.so.conf'), lines(4))
  writeFileSync(at('/etc/more/b.conf'), lines(2).replace(/include.*/g, ''))
  symlinkSync('../../opt/conf', at('/etc/more/a.conf'))
  writeFileSync(at('/opt/conf'), '/opt/b\n')
  symlinkSync('b', at('/opt/link'))
  for (const directory of DIRECTORIES) {
    for (let file = chance.between(0, 5); file > 0; file--) plantFile(at(`${directory}/${chance.pick(NAMES)}`), chance)
  }
}

function plantFile(path: string, chance: Chance): void {
  if (existsSync(path) || lstatSync(path, { throwIfNoEntry: false }) !== undefined) return
  if (chance.happens(1 / 4)) symlinkSync(chance.pick(NAMES), path)
  else if (chance.happens(1 / 9)) writeFileSync(path, 'INPUT ( -lx )\n')
  else writeFileSync(path, buildElf({ ...(chance.happens(1 / 6) ? {} : { soname: chance.pick(SONAMES) }), symbols: [{ name: 'x' }] }))
}

/** Entries of the cache, in order for each name. */
function cacheOf(root: string): Record<string, string[]> {
  const byName: Record<string, string[]> = {}
  for (const { name, path, flags, hwcap } of decodeLoaderCache(readFileSync(join(root, 'etc/ld.so.cache')), 'little'))
    if (flags === X86_64) (byName[name] ??= []).push(`${hwcap ?? ''}:${path}`)
  return byName
}

function linksIn(root: string): Record<string, string> {
  const links = DIRECTORIES.flatMap(directory =>
    existsSync(root + directory) ? readdirSync(root + directory).map(name => `${directory}/${name}`) : [],
  ).filter(path => lstatSync(root + path).isSymbolicLink())
  return Object.fromEntries(links.map(path => [path, readlinkSync(root + path)]))
}

const isRoot = process.getuid?.() === 0
describeWithTools(isX86Linux && isRoot ? ['ldconfig'] : ['root on x86-64 Linux'], 'ldconfig', () => {
  test.each(seeds)('writes the links and the cache that we expect of tree %i', seed => {
    const root = join(folder, String(seed))
    plant(root, new Chance(seed))
    const files = new LayeredFiles([diskLayer(root, DEFAULT_LIMITS)])
    const before = linksIn(root)
    const system = { directories: [], lib: 'lib', platform: 'x86_64', cacheFlags: [X86_64], ldconfigDirectories: ['/lib', '/usr/lib'] }
    const { links, cache } = runLdconfig(files, HOST, system, [])
    execFileSync('ldconfig', ['-r', root], { stdio: 'ignore' })
    const expected = Object.fromEntries(
      [...cache].map(([name, entries]) => [name, entries.map(({ hwcap, path }) => `${hwcap ?? ''}:${path}`)]),
    )
    expect({ seed, cache: expected }).toEqual({ seed, cache: cacheOf(root) })
    // ldconfig also removes links that lead nowhere, of which the loader sees nothing either.
    const present = Object.fromEntries(
      Object.entries({ ...before, ...Object.fromEntries(links) }).filter(([path]) => linksIn(root)[path] !== undefined),
    )
    expect({ seed, links: present }).toEqual({ seed, links: linksIn(root) })
  })
})
