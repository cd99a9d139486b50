/** Soname, needed, exports and imports with versions, against readelf, on the libraries and programs of this machine. */
import { execFileSync } from 'node:child_process'
import { closeSync, existsSync, lstatSync, openSync, readFileSync, readSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { Catalogue } from '../../lib/catalogue/catalogue.js'
import { isElf } from '../../lib/elf/header.js'
import { objectFactsOf } from '../../lib/facts/object-facts.js'
import type { ObjectFacts } from '../../lib/facts/model.js'
import { readelf, type ReadelfReport } from '../support/readelf.js'

const DIRECTORIES = ['/usr/lib64', '/usr/lib', '/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/bin']
const LIMIT = 250
const hasReadelf = runs('readelf')
const catalogue = new Catalogue()

function runs(tool: string): boolean {
  try {
    execFileSync(tool, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

function elfFiles(): string[] {
  const files = DIRECTORIES.filter(existsSync).flatMap(directory => readdirSync(directory).map(name => join(directory, name)))
  return files.filter(path => lstatSync(path).isFile() && isElf(firstBytesOf(path))).slice(0, LIMIT * 4)
}

/** Not the whole file: a process with a gigabyte of memory takes long to start another. */
function firstBytesOf(path: string): Buffer {
  const bytes = Buffer.alloc(4)
  const file = openSync(path, 'r')
  readSync(file, bytes)
  closeSync(file)
  return bytes
}

function definedLabels(facts: ObjectFacts): string[] {
  return facts.exports
    .map(
      ({ binding, type, visibility, name, version, isDefault }) =>
        `${binding} ${type} ${visibility} ${name}${version === null ? '' : (isDefault ? '@@' : '@') + version}`,
    )
    .sort()
}

function definedByReadelf({ symbols, nodes }: ReadelfReport): string[] {
  return symbols
    .filter(({ isDefined, binding }) => isDefined && ['GLOBAL', 'WEAK', 'UNIQUE'].includes(binding))
    .filter(({ isAbsolute, type, label }) => !(isAbsolute && type === 'OBJECT' && nodes.has(label.replace(/@.*/, ''))))
    .map(({ binding, type, visibility, label }) => `${binding} ${type} ${visibility} ${label}`)
    .sort()
}

const suite = hasReadelf ? describe : describe.skip
suite(hasReadelf ? 'against readelf' : 'against readelf (skipped: no readelf on this machine)', () => {
  const files = hasReadelf ? elfFiles() : []
  const step = Math.max(1, Math.floor(files.length / LIMIT))
  const sample = files.filter((_, index) => index % step === 0)

  test('there are files to compare', () => expect(sample.length).toBeGreaterThan(50))

  test('facts of the sampled libraries and programs are readelf’s', () => {
    for (const path of sample) {
      const facts = objectFactsOf(readFileSync(path), { path, alsoAt: [], isNested: false, sha256: null }, catalogue)
      const truth = readelf(path)
      expect({ path, fault: facts.fault, soname: facts.soname, needed: facts.needed }).toEqual({
        path,
        fault: null,
        soname: truth.soname,
        needed: truth.needed,
      })
      expect({ path, defined: definedLabels(facts) }).toEqual({ path, defined: definedByReadelf(truth) })
      const undefinedNames = truth.symbols.filter(({ isDefined, binding }) => !isDefined && binding !== 'LOCAL').map(({ label }) => label)
      expect({ path, imports: facts.imports.map(({ name, version }) => (version === null ? name : `${name}@${version}`)) }).toEqual({
        path,
        imports: undefinedNames,
      })
    }
  }, 300_000)
})
