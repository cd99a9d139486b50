/** Two further families, defined only by data: everything that rules say about a library comes from its data. */
import { describe, expect, test } from '@jest/globals'
import { SHIPPED_FAMILIES } from '../../lib/catalogue/catalogue.js'
import { renderReference } from '../../lib/report/rule-reference.js'
import { renderRpmlintDescriptions } from '../../lib/report/rpmlint-descriptions.js'
import type { Interposition } from '../../lib/plugin-api.js'
import { Catalogue, archive, findingsOf, library, packageOf, program } from '../../lib/testing.js'
import type { FamilyData, Finding, StatedArchive, StatedObject, StatedPackage } from '../../lib/testing.js'
import { rules, rulesFor } from '../../rules/index.js'

const ZLIB: FamilyData = {
  schema: 1,
  family: 'zlib',
  title: 'zlib',
  isVersioned: true,
  versionNodes: '^ZLIB_[\\d.]+$',
  packages: ['^zlib(-devel)?$', '^libz1$'],
  libraries: [
    {
      name: 'libz',
      sonames: ['libz.so', 'libz.so.?*'],
      symbols: ['inflate 0 0 f', 'deflate 0 0 f', 'zlibVersion 0 0 f', 'crc32 0 0 fw', 'compress 0 0 fw'],
      internals: ['inflate_fast 0 0 fx', 'z_errmsg 0 0 o', '_tr_align 0 0 f', '_tr_init 0 0 f'],
    },
  ],
  noOps: [],
  traces: [{ implementation: 'zlib', anchors: ['inflate '], pattern: 'inflate (\\d+\\.\\d+\\.\\d+)', isCode: true }],
  texts: {
    linkFlags: '-lz',
    exampleSymbol: 'inflate',
    versionedReference: 'inflateReset2@ZLIB_1.2.3.4',
    symbolPatterns: ['inflate*', 'deflate*'],
    stubEffect: 'no data',
    incident: '',
    unlisted: 'up to 1.2.2',
    versioning: 'zlib has versioned some of its symbols since 1.2.3.',
    versioningFix: 'Build zlib with its own zlib.map.',
    references: { 'unversioned-openssl': ['https://zlib.net/manual.html'] },
  },
}

const EXPAT: FamilyData = {
  schema: 1,
  family: 'expat',
  title: 'Expat',
  isVersioned: false,
  versionNodes: null,
  packages: ['^expat(-devel)?$', '^libexpat1$'],
  libraries: [{ name: 'libexpat', sonames: ['libexpat.so', 'libexpat.so.?*'], symbols: ['XML_Parse 0 0 f', 'XML_ParserCreate 0 0 f'] }],
  noOps: [],
  traces: [{ implementation: 'Expat', anchors: ['expat_2.'], pattern: 'expat_(\\d+\\.\\d+\\.\\d+)', isCode: true }],
  texts: {
    linkFlags: '-lexpat',
    exampleSymbol: 'XML_Parse',
    versionedReference: null,
    symbolPatterns: ['XML_*'],
    stubEffect: 'no parser',
    incident: '',
    versioning: '',
    versioningFix: '',
    references: {},
  },
}

const FAMILIES = [ZLIB, EXPAT]
const catalogue = new Catalogue(FAMILIES)
const OWN_RULES = rulesFor(FAMILIES)

/** Text specific to the shipped family. */
const OPENSSL = /openssl|libcrypto|libssl|lcrypto|lssl|CRYPTO_|EVP_|SSL_|Postfix|\bkey\b|cryptograph/i

const object = (facts: StatedObject) => library({ catalogue, ...facts })
const executable = (facts: StatedObject) => program({ catalogue, ...facts })
const archiveOf = (symbols: readonly string[], facts: StatedArchive = {}) => archive(symbols, { catalogue, ...facts })
const trace = (family: string, implementation: string, version: string) => ({
  family,
  implementation,
  version,
  isSourcePath: false,
  isCode: true,
  isShared: false,
})

function found(facts: StatedPackage, interpositions: readonly Interposition[] = []): Finding[] {
  const path = '/usr/lib64/libx.so.1'
  return OWN_RULES.flatMap(rule => findingsOf(rule, packageOf(facts), { catalogue, interpositions: new Map([[path, interpositions]]) }))
}

const said = (facts: StatedPackage, interpositions: readonly Interposition[] = []): string[] =>
  found(facts, interpositions).map(({ rule, severity, message }) => `${severity} ${rule}: ${message}`)

const SMTP = { path: '/usr/bin/mailer', package: null }
const CLIENT = { path: '/usr/lib64/libx.so.1', package: null }
const GENUINE = { path: '/usr/lib64/libz.so.1', package: null }
const INTERPOSITION: Interposition = {
  kind: 'hijacked',
  concerns: 'provider',
  start: { root: SMTP, isPlugin: false, order: [SMTP.path, CLIENT.path, GENUINE.path] },
  referrer: SMTP,
  provider: CLIENT,
  intended: GENUINE,
  symbols: ['inflate'],
}
const stub = (name: string) => ({ name, stub: 'only returns' }) as const

describe('a second family', () => {
  test.each<[string, StatedPackage, readonly string[]]>([
    [
      'symbols without versions',
      { objects: [object({ exports: ['inflate', 'deflate', 'x_init'] })] },
      [
        'error unversioned-crypto-export: exports 2 unversioned zlib symbols: a program that also loads libz may bind to this library instead',
      ],
    ],
    [
      'generic ones',
      { objects: [object({ exports: ['crc32'] })] },
      ['info unversioned-crypto-export: exports 1 unversioned generic symbol that zlib also defines, which alone does not prove a copy'],
    ],
    [
      'a stub',
      { objects: [object({ exports: [{ ...stub('inflate'), version: 'ZLIB_1.2', isOwnNode: true, reach: 'unversioned' }] })] },
      [
        'error forged-crypto-version: exports 1 zlib symbol under version ZLIB_1.2 of the genuine library, but is not zlib',
        'error do-nothing-crypto-export: 1 exported zlib function is a stub: callers silently get no data',
      ],
    ],
    [
      'symbols under another version',
      { objects: [object({ exports: ['inflate@@X_1'] })] },
      ['warning foreign-crypto-version: exports 1 zlib symbol under X_1, to which unversioned references still bind'],
    ],
    [
      'an internal symbol',
      { objects: [object({ exports: ['inflate_fast'] })] },
      [
        'warning leaked-openssl-internals: exports 1 internal zlib symbol (1 also exported by libz up to 1.2.2): calls can bind to the wrong library, in either direction',
      ],
    ],
    [
      'internal symbols that the library hides',
      { objects: [object({ exports: ['z_errmsg', '_tr_align', '_tr_init'] })] },
      [
        'warning leaked-openssl-internals: exports 3 internal zlib symbols, which no release of libz exports: a static copy leaks, and another one in the process can bind to it',
        'info bundled-openssl: contains a copy of zlib (version unknown)',
      ],
    ],
    [
      'a program’s exports',
      { objects: [executable({ exports: ['inflate', 'XML_Parse'] })] },
      [
        'warning crypto-export-from-program: the program exports 2 zlib and Expat symbols: all libraries and plugins in its process bind to the program',
      ],
    ],
    [
      'a static archive',
      { archives: [archiveOf(['inflate', 'deflate'])] },
      ['warning crypto-export-from-archive: defines 2 zlib symbols that a library linked with it would export'],
    ],
    [
      'a soname',
      { objects: [object({ soname: 'libz.so.1', path: '/usr/lib64/libz.so.1' })] },
      ['error claimed-openssl-soname: installs libz.so.1 in a public library directory, but its package is not part of zlib'],
    ],
    [
      'sonames that are provided alone',
      {
        provides: [
          { name: 'libz.so.1()(64bit)', flags: 0, version: '' },
          { name: 'libexpat.so.1()(64bit)', flags: 0, version: '' },
        ],
      },
      ['error claimed-openssl-soname: provides libexpat.so.1, libz.so.1 to other packages, but is not part of zlib or Expat'],
    ],
    [
      'the genuine library without versions',
      { name: 'zlib', objects: [object({ soname: 'libz.so.1', exports: ['inflate', 'deflate@@ZLIB_1.2'] })] },
      ['warning unversioned-openssl: exports 1 of its 2 zlib symbols without a version'],
    ],
    [
      'imports without a library',
      { objects: [object({ imports: ['inflate', 'XML_Parse'] })] },
      ['warning unlinked-crypto-import: has no DT_NEEDED entry for a library that provides the 2 symbols it needs from libexpat, libz'],
    ],
    [
      'copies',
      { objects: [object({ traces: [trace('zlib', 'zlib', '1.2.11'), trace('expat', 'Expat', '2.2.0')] })] },
      ['info bundled-openssl: contains a copy of Expat 2.2.0, zlib 1.2.11'],
    ],
  ])('has its own texts for %s', (_, facts, messages) => expect(said(facts)).toEqual(messages))

  test('has its own texts for an interposed reference', () =>
    expect(said({ objects: [object({})] }, [INTERPOSITION])).toEqual([
      'error hijacked-crypto-binding: /usr/bin/mailer would bind 1 zlib symbol to this library instead of /usr/lib64/libz.so.1; ' +
        'load order: /usr/bin/mailer, /usr/lib64/libx.so.1, /usr/lib64/libz.so.1',
    ]))

  test('is a copy only if its code is there: the text of a version is in clients, too', () => {
    const traces = [trace('zlib', 'zlib', '1.2.11')]
    expect(said({ objects: [object({ traces, needed: ['libz.so.1'] })] })).toHaveLength(1)
    expect(said({ objects: [object({ traces: traces.map(each => ({ ...each, isCode: false })) })] })).toEqual([])
  })

  test('has its own fix', () => {
    const [finding] = found({ objects: [object({ exports: ['inflate', 'x_init'] })] })
    expect(finding?.remedy).toContain('Link -lz instead of the copy')
    expect(finding?.remedy).toContain('{ global: x_init; local: *; }')
    const [fromProgram] = found({ objects: [executable({ exports: ['inflate', 'XML_Parse'] })] })
    expect(fromProgram?.remedy).toContain('Link -lz -lexpat instead of the copy')
    expect(fromProgram?.remedy).toContain('{ local: *; };')
    const [unlinked] = found({ objects: [object({ imports: ['XML_Parse'] })] })
    expect(unlinked?.remedy).toMatch(/^Link the libraries that are used: add -lexpat to the link line/)
  })

  test('is named in the data of its findings', () => {
    expect(found({ objects: [executable({ exports: ['inflate', 'XML_Parse'] })] })[0]?.data['families']).toEqual(['zlib', 'expat'])
    expect(found({ objects: [object({ soname: 'libz.so.1' })] })[0]?.data['families']).toEqual(['zlib'])
  })

  test('is proven only by its own symbols', () => {
    const [finding, ...more] = found({ objects: [executable({ exports: ['XML_Parse', 'crc32', 'compress'] })] })
    expect(finding).toMatchObject({ severity: 'warning', symbols: ['XML_Parse'], data: { families: ['expat'] } })
    expect(more).toEqual([])
  })
})

describe('a family whose genuine library has no versions', () => {
  const exporting = (...exports: NonNullable<StatedObject['exports']>) => said({ objects: [object({ exports })] })

  test('is not rejected without versions', () => expect(exporting('XML_Parse', 'XML_ParserCreate')).toEqual([]))
  test('is not rejected with versions', () => expect(exporting('XML_Parse@@X_1')).toEqual([]))
  test('needs no versions in its own package', () =>
    expect(said({ name: 'expat', objects: [object({ soname: 'libexpat.so.1', exports: ['XML_Parse'] })] })).toEqual([]))
  test('may not have stubs', () =>
    expect(exporting(stub('XML_Parse'))).toEqual([
      'error do-nothing-crypto-export: 1 exported Expat function is a stub: callers silently get no parser',
    ]))
  test('does not affect the other family', () =>
    expect(found({ objects: [object({ exports: ['XML_Parse', 'inflate'] })] })).toMatchObject([
      { rule: 'unversioned-crypto-export', symbols: ['inflate'], data: { families: ['zlib'] } },
    ]))
})

describe('sonames of the settings', () => {
  const genuine = { packages: ['acme-xml'], sonames: ['libacmexml.so.*'] }
  const facts = { objects: [object({ soname: 'libacmexml.so.1', exports: ['inflate'] })] }
  const foundBy = (name: string) =>
    OWN_RULES.flatMap(rule => findingsOf(rule, packageOf({ name, ...facts }), { catalogue, genuine })).map(({ rule }) => rule)

  test('belong to every family', () => {
    expect(foundBy('acme-xml')).toEqual(['unversioned-openssl'])
    expect(foundBy('x')).toEqual(['unversioned-crypto-export', 'claimed-openssl-soname'])
  })

  test('belong to a linked library', () => {
    const linked = packageOf({ objects: [object({ imports: ['XML_Parse'], needed: ['libacmexml.so.1'] })] })
    expect(OWN_RULES.flatMap(rule => findingsOf(rule, linked, { catalogue, genuine }))).toEqual([])
  })
})

describe('documentation', () => {
  /** Ids and links keep the name of the first family. */
  const texts = (families: readonly FamilyData[]): string =>
    renderReference(rulesFor(families)).replace(/https:\S+|[a-z-]*(?:crypto|openssl)[a-z-]*/g, '')

  test('mentions the guarded families only', () => {
    expect(texts(FAMILIES)).not.toMatch(OPENSSL)
    expect(texts(FAMILIES)).toContain('A shared library exports unversioned zlib or Expat symbols, which satisfy any reference')
    expect(texts(FAMILIES)).toContain('%global __requires_exclude ^(libz|libexpat)\\.so.*$')
    expect(texts([EXPAT])).toContain('%global __requires_exclude ^libexpat\\.so.*$')
  })

  test('has no unfilled placeholder, nor a gap for an empty text', () => {
    for (const families of [FAMILIES, SHIPPED_FAMILIES, [...SHIPPED_FAMILIES, ...FAMILIES], [EXPAT]]) {
      const text = renderReference(rulesFor(families))
      expect(text).not.toMatch(/(?<![%$])\{\w+\}| {2}|(?<!\w)\(\)| [.,;:](?!\w)/)
    }
  })

  test('has the references of each family', () =>
    expect(rulesFor(FAMILIES).find(({ id }) => id === 'unversioned-openssl')?.references).toContain('https://zlib.net/manual.html'))

  test('of the shipped catalogue mentions OpenSSL, which packagers search for', () => {
    expect(renderRpmlintDescriptions(rules)).toContain('unversioned OpenSSL symbols')
    expect(renderReference(rules)).toContain('Link -lssl -lcrypto instead of the copy')
  })
})

test('no message mentions OpenSSL instead of the family', () => {
  const everything: readonly StatedPackage[] = [
    { objects: [object({ exports: ['inflate', stub('deflate'), 'crc32', 'XML_Parse', 'compress@@X_1', 'zlibVersion@@ZLIB_1.2'] })] },
    {
      objects: [executable({ exports: ['inflate', stub('XML_Parse')], imports: ['deflate'] })],
      archives: [archiveOf(['inflate', 'XML_Parse'])],
    },
    { objects: [object({ exports: [stub('crc32')], traces: [trace('zlib', 'zlib', '1.2.11')] })], archives: [archiveOf(['crc32'])] },
    { objects: [object({ soname: 'libz.so.1', path: '/opt/x/libz.so.1', exports: ['inflate@@ZLIB_1.2'] })] },
    { objects: [object({ soname: 'libz.so.1' })], provides: [{ name: 'libexpat.so.1', flags: 0, version: '' }] },
    { name: 'zlib', objects: [object({ soname: 'libz.so.1', exports: ['inflate'] })] },
  ]
  const interpositions = (['hijacked', 'reversed', 'displaced'] as const).flatMap(kind =>
    (['provider', 'referrer'] as const).flatMap(concerns =>
      [true, false].map(isPlugin => ({ ...INTERPOSITION, kind, concerns, start: { ...INTERPOSITION.start, isPlugin } })),
    ),
  )
  const findings = [
    ...everything.flatMap(facts => found(facts)),
    ...interpositions.flatMap(each => found({ objects: [object({})] }, [each])),
  ]
  expect(new Set(findings.map(({ rule }) => rule)).size).toBe(12)
  for (const { message, remedy, data } of findings) {
    const text = [message, remedy.replace('rpmlint-ts explain crypto-export-from-program', ''), JSON.stringify(data)].join('\n')
    expect(text).not.toMatch(OPENSSL)
    expect(text).not.toMatch(/(?<![%$])\{\w+(:|\})/)
  }
})
