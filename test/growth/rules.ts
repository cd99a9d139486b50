/** Facts for all rules at once, by what they have many of; together they make every rule report something. */
import type { Interposition } from '../../lib/plugin-api.js'
import { archive, library, packageOf, program, type FindingsOptions } from '../../lib/testing.js'
import type { PackageFacts } from '../../lib/facts/model.js'

export interface FactsRow {
  readonly dimension: string
  readonly from: number
  readonly make: (size: number) => { readonly facts: PackageFacts; readonly options?: FindingsOptions }
}

function many<Value>(count: number, value: (index: number) => Value): Value[] {
  return Array.from({ length: count }, (_, index) => value(index))
}

/** A stub that a loader finds, under no version. */
const STUB = { name: 'CRYPTO_lock', stub: 'returns zero', type: 'FUNC' } as const
const INTERNALS = ['bn_mul_mont', 'bn_sqr8x_internal', 'aesni_encrypt', 'sha1_block_data_order', 'ossl_asn1_item_digest_ex']

function interposition(index: number, kind: Interposition['kind']): Interposition {
  const reference = (path: string) => ({ path, package: 'x-1-1.x86_64' })
  return {
    kind,
    start: {
      root: reference(`/usr/bin/p${index}`),
      isPlugin: false,
      processor: null,
      order: ['/usr/lib64/libx.so.1', '/usr/lib64/libcrypto.so.3'],
    },
    referrer: reference(`/usr/bin/p${index}`),
    provider: reference('/usr/lib64/libx.so.1'),
    intended: reference('/usr/lib64/libcrypto.so.3'),
    concerns: 'provider',
    symbols: ['CRYPTO_lock', `SSL_${index % 7}`],
  }
}

const WEB = 20

export const FACTS: readonly FactsRow[] = [
  {
    dimension: 'guarded exports of one name',
    from: 300,
    make: size => ({ facts: packageOf({ objects: [library({ exports: many(size, () => STUB) })] }) }),
  },
  {
    dimension: 'guarded exports, each under its own version',
    from: 300,
    make: size => {
      const versions = many(size, index => `NODE_${index}`)
      const own = library({ exports: versions.map(version => `CRYPTO_lock@@${version}`), versionNodes: versions })
      const forged = library({ path: '/f', exports: versions.map(() => 'CRYPTO_lock@@OPENSSL_1.0.0') })
      return { facts: packageOf({ objects: [own, forged] }) }
    },
  },
  {
    dimension: 'exports of its own beside guarded ones',
    from: 300,
    make: size => ({
      facts: packageOf({ objects: [library({ exports: ['CRYPTO_lock', ...many(size, index => `own_${index}_symbol`)] })] }),
    }),
  },
  {
    dimension: 'internal exports',
    from: 300,
    make: size => ({
      facts: packageOf({ objects: [library({ exports: many(size, index => INTERNALS[index % INTERNALS.length] ?? '') })] }),
    }),
  },
  {
    dimension: 'imports and DT_NEEDED entries',
    from: 300,
    make: size => ({
      facts: packageOf({
        objects: [library({ needed: many(size, index => `lib${index}.so`), imports: many(size, () => 'CRYPTO_lock') })],
      }),
    }),
  },
  {
    dimension: 'libraries that need each other',
    from: 100,
    make: size => ({
      facts: packageOf({
        objects: many(size, index =>
          library({
            path: `/usr/lib64/lib${index}.so`,
            soname: `lib${index}.so`,
            needed: many(WEB, other => `lib${(index + other + 1) % size}.so`),
            imports: ['CRYPTO_lock'],
            exports: ['x'],
          }),
        ),
      }),
    }),
  },
  {
    dimension: 'programs that export guarded symbols',
    from: 100,
    make: size => ({
      facts: packageOf({ objects: many(size, index => program({ path: `/usr/bin/p${index}`, exports: ['CRYPTO_lock'] })) }),
    }),
  },
  {
    dimension: 'files of a sonames of the guarded library, and provides',
    from: 100,
    make: size => ({
      facts: packageOf({
        objects: many(size, index =>
          library({ path: `/usr/lib64/d${index}/libcrypto.so.3`, soname: 'libcrypto.so.3', traces: many(3, trace) }),
        ),
        provides: many(size, index => ({ name: `libcrypto.so.3(V_${index})(64bit)`, flags: 0, version: '' })),
        symlinks: many(size, index => ({ path: `/usr/lib64/libssl.so.${index}`, target: 'x' })),
      }),
    }),
  },
  {
    dimension: 'objects of the own package, unversioned',
    from: 100,
    make: size => ({
      facts: packageOf({
        name: 'openssl-libs',
        objects: many(size, index => library({ path: `/usr/lib64/v${index}`, soname: 'libcrypto.so.3', exports: ['CRYPTO_lock'] })),
      }),
    }),
  },
  {
    dimension: 'archives',
    from: 100,
    make: size => ({ facts: packageOf({ archives: many(size, index => archive(['CRYPTO_lock'], { path: `/usr/lib64/lib${index}.a` })) }) }),
  },
  {
    dimension: 'symbols of an archive',
    from: 300,
    make: size => ({ facts: packageOf({ archives: [archive(many(size, () => 'CRYPTO_lock'))] }) }),
  },
  {
    dimension: 'broken objects',
    from: 100,
    make: size => ({
      facts: packageOf({
        objects: many(size, index => library({ path: `/b${index}`, fault: { structure: 'dynsym', offset: 0, message: 'broken' } })),
      }),
    }),
  },
  {
    dimension: 'oddities, and sources that are missing',
    from: 300,
    make: size => {
      const facts = packageOf({
        notes: many(size, index => ({ id: 'odd', message: `odd ${index}`, path: null, structure: null, offset: null, isOdd: true })),
      })
      const missingSources = many(size, index => `source${index}`)
      return { facts: { ...facts, provenance: { ...facts.provenance, isNosrcDerived: true, missingSources } } }
    },
  },
  ...(['hijacked', 'displaced'] as const).map(kind => ({
    dimension: `interpositions of the kind ${kind}`,
    from: 200,
    make: (size: number) => ({
      facts: packageOf({ objects: [library({ exports: ['CRYPTO_lock'] })] }),
      options: { interpositions: new Map([['/usr/lib64/libx.so.1', many(size, index => interposition(index, kind))]]) },
    }),
  })),
  {
    dimension: 'packages inside it',
    from: 100,
    make: size => ({
      facts: packageOf({
        inner: many(size, index => ({ path: `/p${index}.rpm`, facts: packageOf({ objects: [library({ exports: ['CRYPTO_lock'] })] }) })),
      }),
    }),
  },
]

function trace(index: number) {
  return { family: 'openssl', implementation: 'OpenSSL', version: `3.0.${index}`, isSourcePath: false, isCode: true, isShared: false }
}
