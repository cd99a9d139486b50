#!/usr/bin/env node
/**
 * Writes lib/catalogue/data/openssl-internals.json from the research data: `node scripts/generate-internals.js INTERNALS.tsv`.
 *
 * INTERNALS.tsv lists the symbols that OpenSSL's objects define but that none of its export lists has, one per line: read from the symbol tables of its
 * static libraries (0.9.8 to 3.6, five machines), from the assembler that its perlasm scripts generate, and from the dynsym of real builds. Names and
 * series are facts: no code was taken.
 *
 * What this script adds:
 * - which symbols are CRYPTOGAMS code. GnuTLS, BoringSSL, AWS-LC, LibreSSL and others contain that assembler too, so it proves no copy of OpenSSL,
 *   unless the symbol bears OpenSSL's name;
 * - series that were not read (3.4, and those after 3.6) are assumed to have what their neighbours have, since nothing excludes them;
 * - generic symbols beyond those that the research data marks, because one symbol, or three, would accuse a library: versions of plain algorithms
 *   and words, such as MD5_version, and the short names of a pool of random bytes;
 * - which symbols stand for C in a build without assembler: they do not show that a copy has any.
 */
import { readFileSync, writeFileSync } from 'node:fs'

const [internalsPath] = process.argv.slice(2)
if (!internalsPath) throw new Error('usage: generate-internals.js INTERNALS.tsv')
const { releases } = JSON.parse(readFileSync(new URL('../lib/catalogue/data/openssl.json', import.meta.url), 'utf8'))

/** @type {Readonly<Record<string, string>>} */
const KINDS = { c: 'f', data: 'o', asm: 'a' }
/** @type {Readonly<Record<string, string>>} */
const EXPORTED = { yes: 'x', likely: 'l', no: '' }

const GENERIC =
  /^((?!ASN1|BN|EVP|PEM|X509)[A-Za-z][A-Za-z0-9]{1,7}_version|ecd(h|sa)_check|err_cleanup|rand_meth|rand_pool_(add|buffer|cleanup|free|init|length|new))$/

/** Of a build with no-asm (libnode.so of nodejs-mobile 18). */
const C_FALLBACKS = new Set([
  'Camellia_DecryptBlock',
  'Camellia_DecryptBlock_Rounds',
  'Camellia_Ekeygen',
  'Camellia_EncryptBlock',
  'Camellia_EncryptBlock_Rounds',
  'ChaCha20_ctr32',
  'OPENSSL_instrument_bus',
  'OPENSSL_instrument_bus2',
  'SHA3_absorb',
  'SHA3_squeeze',
  'bn_mul_mont',
  'bn_sub_part_words',
  'whirlpool_block',
])

const [, ...lines] = readFileSync(internalsPath, 'utf8').split('\n').filter(Boolean)
const table = lines.map(line => line.split('\t'))
const read = new Set(table.flatMap(([, , , first = '', last = '']) => [first, last]))
const rows = table.map(rowOf)
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
  const form = C_FALLBACKS.has(name) ? 'f' : KINDS[kind]
  const flags = [form, EXPORTED[exported], generic === '' && !GENERIC.test(name) ? '' : 'w', isCryptogams ? 'c' : ''].join('')
  return { library, row: [name, firstPossible(first), lastPossible(last), flags, forks].filter(Boolean).join(' ') }
}

/** @param {string} release */
function firstPossible(release) {
  let index = seriesOf(release)
  while (index > 0 && isUnreadAfterOthers(index - 1)) index--
  return index.toString(36)
}

/** @param {string} release */
function lastPossible(release) {
  let index = seriesOf(release)
  while (index + 1 < releases.length && !read.has(releases[index + 1])) index++
  return index.toString(36)
}

/**
 * Before the first series that was read, nothing is assumed: there the libraries had other symbols.
 * @param {number} index
 */
function isUnreadAfterOthers(index) {
  return !read.has(releases[index]) && releases.slice(0, index).some((/** @type {string} */ release) => read.has(release))
}

/** @param {string} release */
function seriesOf(release) {
  const index = releases.indexOf(release)
  if (index < 0) throw new Error(`unknown series ${release}`)
  return index
}
