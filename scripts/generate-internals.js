#!/usr/bin/env node
/**
 * Writes lib/catalogue/data/openssl-internals.json from the research data: `node scripts/generate-internals.js INTERNALS.tsv`.
 *
 * INTERNALS.tsv lists the symbols that OpenSSL's objects define but that none of its export lists has, one per line: read from the symbol tables of its
 * static libraries (0.9.8 to 3.6, five machines), from the assembler that its perlasm scripts generate, and from the dynsym of real builds. Names and
 * series are facts: no code was taken.
 *
 * What this script adds: which symbols are CRYPTOGAMS code. GnuTLS, BoringSSL, AWS-LC, LibreSSL and others contain that assembler too, so it proves no
 * copy of OpenSSL, unless the symbol bears OpenSSL's name.
 */
import { readFileSync, writeFileSync } from 'node:fs'

const [internalsPath] = process.argv.slice(2)
if (!internalsPath) throw new Error('usage: generate-internals.js INTERNALS.tsv')
const { releases } = JSON.parse(readFileSync(new URL('../lib/catalogue/data/openssl.json', import.meta.url), 'utf8'))

/** @type {Readonly<Record<string, string>>} */
const KINDS = { c: 'f', data: 'o', asm: 'a' }
/** @type {Readonly<Record<string, string>>} */
const EXPORTED = { yes: 'x', likely: 'l', no: '' }

const [, ...lines] = readFileSync(internalsPath, 'utf8').split('\n').filter(Boolean)
const rows = lines.map(line => rowOf(line.split('\t')))
const rowsIn = (/** @type {string} */ wanted) =>
  rows
    .filter(({ library }) => library === wanted)
    .map(({ row }) => row)
    .sort()
const data = { libcrypto: rowsIn('crypto'), libssl: rowsIn('ssl') }
const path = new URL('../lib/catalogue/data/openssl-internals.json', import.meta.url)
writeFileSync(path, JSON.stringify(data, null, 1) + '\n')
console.log(`libcrypto: ${data.libcrypto.length} internal symbols, libssl: ${data.libssl.length}`)

/**
 * In the form of `LibraryData.internals` (lib/catalogue/family.ts).
 * @param {readonly string[]} fields
 */
function rowOf([name = '', kind = '', library = '', first = '', last = '', , , exported = '', , , generic = '', , , forks = '']) {
  const isCryptogams = kind === 'asm' && !/^(openssl|ossl)_/i.test(name)
  const flags = [KINDS[kind], EXPORTED[exported], generic === '' ? '' : 'w', isCryptogams ? 'c' : ''].join('')
  return { library, row: [name, seriesOf(first), seriesOf(last), flags, forks].filter(Boolean).join(' ') }
}

/** @param {string} release */
function seriesOf(release) {
  const index = releases.indexOf(release)
  if (index < 0) throw new Error(`unknown series ${release}`)
  return index.toString(36)
}
