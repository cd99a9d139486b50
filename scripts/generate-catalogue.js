#!/usr/bin/env node
/**
 * Writes lib/catalogue/data/openssl.json from the research data: `node scripts/generate-catalogue.js CATALOG.json NOOPS.tsv`.
 *
 * CATALOG.json was read from the util/*.num files of the release tags of OpenSSL and its forks (its `releases.tsv` lists the commit of
 * each). Names, version nodes and sonames are facts: no prose and no code was taken. NOOPS.tsv lists functions that are stubs in BoringSSL, AWS-LC,
 * LibreSSL or OpenSSL itself, one per line, with what the code of each does: `ret`, a number that it returns, `ptr` for the address of a constant, or
 * `code`.
 *
 * What this script adds, because the research data leaves it to the reader:
 * - sonames as patterns: vendors number libcrypto freely (0 … 10, 0.9.7, 1.1, 3);
 * - generic symbols beyond those that the research data marks;
 * - package names as patterns: the same library is openssl-libs, libopenssl3, lib64openssl1.1, libssl3 and libcrypto3;
 * - texts: the library's names and effects in messages and documentation (FamilyTexts in lib/catalogue/family.ts).
 */
import { readFileSync, writeFileSync } from 'node:fs'

/**
 * The same library under its commonly known name.
 * @type {Readonly<Record<string, string>>}
 */
const IMPLEMENTATIONS = { 'OpenSSL<=1.0.x part': 'OpenSSL', 'AWS-LC(rust)': 'AWS-LC' }
/** Strings that the library's own code holds, beside the text of its version, which its headers hold as well. */
const CODE = new Set(['OpenSSL<=1.0.x part', 'yaSSL'])
/** Directories and files of OpenSSL's source tree that no other library has; its error reports contain them as __FILE__. */
const CRYPTO_PARTS = '(?:asn1|bio|bn|cms|conf|dh|dsa|ec|err|evp|modes|ocsp|pem|pkcs7|pkcs12|rsa|x509v?3?)'
/** The text of its version is this word alone, which is also in a list of curl's backends. */
const BORINGSSL = 'BoringSSL\\0'
/** As the trees that bundle it name its directory: boringssl/src/crypto, external/boringssl+/crypto, boringssl-with-bazel/src/crypto. */
const BORINGSSL_PATH = 'boringssl[\\w+-]{0,16}/(?:src/)?crypto/[\\w./-]{1,64}'
const SSL_ANCHORS = ['ssl/s3_', 'ssl/ssl', 'ssl/t1_', 'ssl/d1_', 'ssl/statem/', 'ssl/record/']
const SSL_FILES =
  '(?:s3_lib|s3_both|s3_clnt|s3_srvr|s3_enc|ssl_lib|ssl_cert|ssl_sess|ssl_ciph|t1_lib|t1_enc|d1_lib|statem_clnt|statem_srvr|extensions|ssl3_record)'

/**
 * Symbols that are generic although the research data does not mark them: the short abbreviation of a thing that any program may have, and a plain
 * verb. Of 268 packages of Debian 12 (1,598 ELF files), libsuperlu_dist exports SCT_free and SCT_print, of a timer of its own; the others are
 * marked because they are as plain: configuration, shared object, error, object, store, user interface.
 */
const GENERIC_BY_PREFIX = {
  CONF: 'free load',
  DSO: 'ctrl flags free load new',
  ERR: 'new pop',
  OBJ: 'cmp create dup length',
  PROXY: 'free new',
  SCT: 'free new print',
  STORE: 'ctrl free',
  UI: 'ctrl free new null process',
  UTF8: 'getc putc',
}
const GENERIC = new Set(Object.entries(GENERIC_BY_PREFIX).flatMap(([prefix, verbs]) => verbs.split(' ').map(verb => `${prefix}_${verb}`)))

/**
 * Of RHEL 8's OpenSSL 1.1.1, which has the KDF interface of a draft of 3.0; programs of RHEL 8 such as OpenSSH ask for them.
 * Row by row as in the research data: name, first and last release, kind.
 */
const BACKPORTED = ['CTX_new_id', 'ctrl', 'ctrl_str', 'reset', 'size', 'vctrl'].map(name => `EVP_KDF_${name} c c f`)

const [catalogPath, noopsPath] = process.argv.slice(2)
if (!catalogPath || !noopsPath) throw new Error('usage: generate-catalogue.js CATALOG.json NOOPS.tsv')
const { openssl } = JSON.parse(readFileSync(catalogPath, 'utf8')).families
/** What code does that is no stub. */
const REAL = new Set(['', '-', 'code', 'ptr'])
const symbolNames = new Set([...openssl.symbols.crypto, ...openssl.symbols.ssl].map(row => row.split(' ')[0]))
const [, ...noOpLines] = readFileSync(noopsPath, 'utf8').split('\n').filter(Boolean)
const noOps = noOpLines
  .map(line => line.split('\t'))
  .filter(([name, ...does]) => symbolNames.has(name) && isStubSomewhere(does))
  .map(([name = '']) => name)

/** @type {readonly { impl: string, re: string, anchor: string }[]} */
const versionStrings = openssl.versionStrings

const family = {
  schema: 1,
  family: 'openssl',
  title: 'OpenSSL',
  provenance:
    'util/{libeay,ssleay,libcrypto,libssl}.num of the OpenSSL release tags 0.9.1c to 3.5.2 and of the 3.6 and 4.0 branches; forks from their own export lists',
  isVersioned: true,
  releases: openssl.releases,
  implementations: openssl.impl,
  versionNodes: openssl.nodeRegex,
  packages: [
    ...[...openssl.rpmPackages, ...openssl.rpmPackagesUnsourced].map(name => `^${name.replace(/[.]/g, '\\.')}$`),
    '^openssl[\\d._]*[a-z]?(-(libs|devel|static|perl|fips-provider(-so)?|snapsafe-libs))?(-32bit|-64bit|-x86)?$',
    '^compat-openssl[\\d._]+[a-z]?(-(libs|devel))?$',
    '^lib(64)?openssl(-?[\\d._-]+)?(-(fips-provider|devel|static|hmac))*(-32bit|-64bit|-x86)?$',
    '^lib(64)?(ssl|crypto)[\\d._]+(-(devel|static))?$',
  ],
  libraries: [library('libcrypto', [...openssl.symbols.crypto, ...BACKPORTED]), library('libssl', openssl.symbols.ssl)],
  noOps: [...new Set(noOps)].sort(),
  traces: [
    ...versionStrings.map(({ impl, re, anchor }) => ({
      implementation: IMPLEMENTATIONS[impl] ?? impl,
      anchors: [anchor],
      pattern: impl === 'BoringSSL' ? BORINGSSL : re,
      ...(CODE.has(impl) ? { isCode: true } : {}),
    })),
    { implementation: 'BoringSSL', anchors: ['crypto/'], pattern: BORINGSSL_PATH, isSourcePath: true },
    { implementation: 'wolfSSL', anchors: ['wolfSSL'], pattern: 'wolfSSL error occurred', isCode: true },
    {
      implementation: 'OpenSSL',
      anchors: ['crypto/'],
      pattern: `crypto/${CRYPTO_PARTS}/\\w+\\.c(?!\\w)`,
      isSourcePath: true,
      isShared: true,
    },
    {
      implementation: 'OpenSSL',
      anchors: SSL_ANCHORS,
      pattern: `ssl/(?:statem/|record/)?${SSL_FILES}\\.c(?!\\w)`,
      isSourcePath: true,
      isShared: true,
    },
    // Of the table of object identifiers: in 23 real copies, and in none of 1,598 other files. The anchor has pairs of bytes that are rare in text.
    { implementation: 'OpenSSL', anchors: ['ct-PANData'], pattern: 'setct-PANData\\0', isCode: true, isShared: true },
  ],
  texts: {
    linkFlags: '-lssl -lcrypto',
    exampleSymbol: 'CRYPTO_lock',
    versionedReference: 'CRYPTO_lock@OPENSSL_1.0.1',
    symbolPatterns: ['CRYPTO_*', 'EVP_*', 'SSL_*'],
    stubEffect: 'no lock, no initialised context, no key',
    incident: 'In 2012 this crashed Postfix, through a MySQL client library.',
    versioning: 'OpenSSL has versioned its symbols since 1.1.0; in earlier releases, only distributions did.',
    unlisted: 'up to 1.0.2',
    ownSoname: 'OpenSSL has a setting that changes both: shlib_variant => "-NAME" in a target of Configurations/*.conf.',
    versioningFix:
      'Build OpenSSL 1.1.0 or later, which versions its symbols itself, or give an older release a version script with a node of its own.',
    references: {
      'leaked-openssl-internals': ['https://github.com/apache/incubator-pagespeed-mod/issues/751'],
      'do-nothing-crypto-export': ['https://www.openssl.org/docs/man3.0/man7/crypto.html'],
      'unversioned-openssl': ['https://www.openssl.org/docs/man3.0/man7/migration_guide.html'],
    },
  },
}

/**
 * @param {string} name
 * @param {readonly string[]} symbols
 */
function library(name, symbols) {
  return { name, sonames: [`${name}.so`, `${name}.so.?*`, `${name}-awslc.so.?*`], symbols: symbols.map(withGenericFlag).sort() }
}

/** @param {string} row */
function withGenericFlag(row) {
  const [name = '', first, last, flags = '', ...implementations] = row.split(' ')
  const isMarked = GENERIC.has(name) && !flags.includes('w')
  return isMarked ? [name, first, last, `${flags}w`, ...implementations].join(' ') : row
}

/**
 * `boringssl`, `awslc`, `libressl`, documentation, and `1.0.2=ret 3.0=ptr` for releases of OpenSSL.
 * @param {readonly string[]} does
 */
function isStubSomewhere([boringssl = '', awslc = '', libressl = '', , original = '']) {
  const releases = original.split(' ').map(each => each.replace(/^.*=/, ''))
  return [boringssl, awslc, libressl, ...releases].some(code => !REAL.has(code))
}

const path = new URL('../lib/catalogue/data/openssl.json', import.meta.url)
writeFileSync(path, JSON.stringify(family, null, 1) + '\n')
console.log(family.libraries.map(({ name, symbols }) => `${name}: ${symbols.length} symbols`).join(', '))
