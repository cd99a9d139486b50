import { describe, expect, test } from '@jest/globals'
import { matchesWildcard } from '../../lib/bytes/wildcard.js'
import fc from '../support/properties.js'
import type { Client } from '../../lib/interposition/clients.js'
import { conclusive } from '../../lib/lint/evidence.js'
import { versionScriptFor, versionScriptOf } from '../../lib/lint/version-script.js'
import { library, program, type StatedObject } from '../../lib/testing.js'

const scriptFor = (exports: readonly string[], versionNodes: readonly string[] = []) => versionScriptFor(library({ exports, versionNodes }))
const many = (prefix: string, count = 13): string[] => Array.from({ length: count }, (_, index) => `${prefix}${index}`)

describe('few symbols', () => {
  test('are listed, sorted, without OpenSSL’s', () => {
    expect(scriptFor(['mysql_init', 'CRYPTO_lock', 'mysql_close', 'SSL_new'])).toBe('{ global: mysql_close; mysql_init; local: *; };')
  })

  test('are listed once', () => expect(scriptFor(['f@@V_1', 'f@V_0', 'SSL_new'])).toBe('{ global: f; local: *; };'))

  test('are up to twelve', () => {
    expect(scriptFor(many('my_', 12))).toContain('my_0; my_1; my_10;')
    expect(scriptFor(many('my_', 13))).toBe('{ global: my_*; local: *; };')
  })
})

describe('many symbols', () => {
  test('are summarised by prefixes', () => {
    expect(scriptFor([...many('mysql_'), ...many('mariadb_'), '_my_init', 'CRYPTO_lock'])).toBe(
      '{ global: _my_*; mariadb_*; mysql_*; local: *; };',
    )
  })

  test('of C++ have one prefix', () => expect(scriptFor([...many('_ZN2my1f'), 'SSL_new'])).toBe('{ global: _Z*; local: *; };'))

  test('without a prefix are listed', () => expect(scriptFor([...many('my_'), 'run'])).toBe('{ global: my_*; run; local: *; };'))

  test('that share a prefix with an unwanted one are listed', () => {
    expect(scriptFor([...many('my_'), 'SSL_mine', 'SSL_new'])).toBe('{ global: SSL_mine; my_*; local: *; };')
  })

  test('never export an unwanted symbol or hide one of the library’s own', () => {
    const own = fc.stringMatching(/^[A-Za-z_]{1,4}_?[a-z0-9]{0,4}$/)
    const unwanted = fc.constantFrom('CRYPTO_lock', 'SSL_new', 'MD5_Init', 'd2i_X509', 'i2d_X509', 'EVP_CIPHER_CTX_init', 'BIO_new')
    const alike = unwanted.map(name => `${name.slice(0, name.indexOf('_') + 1)}mine`)
    fc.assert(
      fc.property(fc.array(fc.oneof(own, alike), { minLength: 1, maxLength: 40 }), fc.array(unwanted), (names, guarded) => {
        const object = library({ exports: [...names, ...guarded] })
        const patterns = /global: (.*); local: \*;/.exec(versionScriptFor(object) ?? '')?.[1]?.split('; ') ?? []
        const isExported = (name: string): boolean => patterns.some(pattern => matchesWildcard(pattern, name))
        const hidden = conclusive(object.guarded).map(({ name }) => name)
        expect(hidden.filter(isExported)).toEqual([])
        expect(object.exports.filter(({ name }) => !hidden.includes(name) && !isExported(name))).toEqual([])
      }),
    )
  })
})

describe('a symbol that is special in a version script', () => {
  test.each([
    ['a pattern', '*', '"*"'],
    ['an end', 'a;b', '"a;b"'],
    ['a word of the language', 'local', '"local"'],
    ['a line end', 'a\nerror: none', '"a\\x0aerror: none"'],
    ['another alphabet', Buffer.from('größe').toString('latin1'), '"größe"'],
  ])('is quoted: %s', (_, name, written) => {
    expect(scriptFor([name, 'SSL_new'])).toBe(`{ global: ${written}; local: *; };`)
    expect(scriptFor([name, ...many('my_'), 'SSL_new'])).toContain(written)
  })

  test('is not summarised by a prefix', () => expect(scriptFor(many('*_'))).toContain('"*_0"; "*_1"'))
  test('may be a node', () => expect(scriptFor(['f', 'SSL_new'], ['V 1'])).toBe('"V 1" { global: f; local: *; };'))
})

describe('a version node', () => {
  test('of the library is kept', () => expect(scriptFor(['f@@V_1', 'SSL_new'], ['V_1'])).toBe('V_1 { global: f; local: *; };'))
  test('is not invented', () => expect(scriptFor(['f', 'SSL_new'])).toBe('{ global: f; local: *; };'))
})

describe('no symbols to keep', () => {
  test('give no script', () => expect(scriptFor(['SSL_new', 'CRYPTO_lock'])).toBeNull())
  test('also if the link editor added its own symbols', () => {
    expect(scriptFor(['SSL_new', '_init', '_fini', '_edata', '_end', '__bss_start'])).toBeNull()
    expect(scriptFor(['SSL_new', '_init', '_initialise'])).toBe('{ global: _initialise; local: *; };')
    expect(scriptFor(['SSL_new', '_end', 'end'])).toBe('{ global: end; local: *; };')
  })
})

test('one or two generic symbols are the library’s own: they prove no copy', () => {
  expect(scriptFor(['MD5_Init', 'my_f'])).toBe('{ global: MD5_Init; my_f; local: *; };')
  expect(scriptFor(['MD5_Init', 'MD5_Update', 'MD5_Final', 'my_f'])).toBe('{ global: my_f; local: *; };')
})

describe('a static copy', () => {
  const INTERNALS = ['ossl_provider_find', 'ssl3_read_bytes', 'sha1_block_data_order', 'ossl_asn1_time_from_tm']

  test('has internals, which are not the library’s own', () => {
    expect(scriptFor(['nassl_run', 'SSL_new', ...INTERNALS])).toBe('{ global: nassl_run; local: *; };')
  })

  test('has generic internals too, which otherwise are the library’s own', () => {
    expect(scriptFor(['nassl_run', 'SSL_new', 'tls_free', ...INTERNALS])).toBe('{ global: nassl_run; local: *; };')
    expect(scriptFor(['nassl_run', 'SSL_new', 'tls_free'])).toBe('{ global: nassl_run; tls_free; local: *; };')
  })

  test('has assembler, which is nobody’s API', () =>
    expect(scriptFor(['nassl_run', 'SSL_new', 'sha1_block_data_order'])).toBe('{ global: nassl_run; local: *; };'))

  test('may have internals that no list knows: those that share a prefix with many', () => {
    const known = ['new', 'free', 'read', 'write', 'dup', 'peek', 'clear', 'accept'].map(name => `SSL_${name}`)
    expect(scriptFor(['my_f', 'SSL_of_tomorrow', ...known])).toBe('{ global: my_f; local: *; };')
    expect(scriptFor(['my_f', 'SSL_of_mine', ...known.slice(1)])).toBe('{ global: SSL_of_mine; my_f; local: *; };')
  })

  test('may be one of a fork, with symbols of its own', () => {
    const fork = ['CBS_init', 'CBB_flush', 'BORINGSSL_self_test', 'TRUST_TOKEN_new', '_ZN4bssl8ssl_freeEv', '_ZTVN4bssl3FooE']
    const api = ['new', 'free', 'read', 'write', 'dup', 'peek', 'clear', 'accept'].map(name => `SSL_${name}`)
    expect(scriptFor(['my_f', '_ZN2my1fEv', ...fork, ...api])).toBe('{ global: _ZN2my1fEv; my_f; local: *; };')
    expect(scriptFor(['my_f', 'CBS_init', 'SSL_new'])).toBe('{ global: CBS_init; my_f; local: *; };')
  })
})

describe('a plugin', () => {
  const scriptOf = (facts: StatedObject, clients: readonly Client[] = []): string =>
    versionScriptOf(library({ soname: null, ...facts }), clients).text

  test.each([
    ['PyInit__nassl', 'Python'],
    ['get_module', 'PHP'],
    ['napi_register_module_v1', 'Node.js'],
    ['node_register_module_v108', 'Node.js'],
    ['pam_sm_authenticate', 'PAM'],
    ['_nss_x_getpwnam_r', 'NSS'],
    ['Init_openssl', 'Ruby'],
    ['luaopen_ssl', 'Lua'],
    ['boot_Crypt__SSLeay', 'Perl'],
    ['JNI_OnLoad', 'Java'],
    ['Java_org_x_Native_run', 'Java'],
    ['OSSL_provider_init', 'OpenSSL providers'],
    ['ngx_modules', 'nginx'],
    ['gst_plugin_x_get_desc', 'GStreamer'],
  ])('exports %s alone', (name, host) => {
    const object = library({ soname: null, exports: [name, 'helper', 'run', 'SSL_new'] })
    expect(versionScriptOf(object)).toMatchObject({ text: `{ global: ${name}; local: *; };`, exports: 'entry points', hosts: [host] })
  })

  test('exports all its entry points, by patterns if there are many', () => {
    expect(scriptOf({ exports: ['bind_engine', 'v_check', 'helper', 'SSL_new'] })).toBe('{ global: bind_engine; v_check; local: *; };')
    expect(scriptOf({ exports: [...many('Java_org_'), 'JNI_OnLoad', 'helper', 'SSL_new'] })).toBe(
      '{ global: JNI_OnLoad; Java_*; local: *; };',
    )
  })

  test.each([
    ['mod_x_module', 'ap_hook_handler'],
    ['X_Init', 'Tcl_PkgProvide'],
    ['initx', 'Py_InitModule4_64'],
    ['R_init_x', 'R_registerRoutines'],
  ])('with an entry point as common as %s is recognised by an import from its host', (name, reference) => {
    expect(scriptOf({ exports: [name, 'helper', 'SSL_new'], imports: [reference] })).toBe(`{ global: ${name}; local: *; };`)
    expect(scriptOf({ exports: [name, 'helper', 'SSL_new'] })).toContain('helper')
  })

  test('of OpenSSL’s own symbols is none', () => {
    expect(scriptOf({ exports: ['MD5_Init', 'my_f', 'SSL_new'], imports: ['Tcl_Eval'] })).toBe('{ global: my_f; local: *; };')
  })

  test('is recognised by its ending too, and may export nothing', () => {
    expect(scriptOf({ path: '/opt/x/ursa.node', exports: ['helper', 'SSL_new'] })).toBe('{ local: *; };')
  })

  test('is no library with a version, and nothing that others link', () => {
    const exports = ['PyInit_x', 'Py_Initialize', 'SSL_new']
    expect(scriptOf({ soname: 'libpython3.so.1', exports })).toBe('{ global: PyInit_x; Py_Initialize; local: *; };')
    expect(scriptOf({ exports }, [client(['Py_Initialize'])])).toBe('{ global: PyInit_x; Py_Initialize; local: *; };')
  })

  test('of NSS has a version, and is a plugin all the same', () =>
    expect(scriptOf({ soname: 'libnss_x.so.2', exports: ['_nss_x_getpwnam_r', 'helper', 'SSL_new'] })).toBe(
      '{ global: _nss_x_getpwnam_r; local: *; };',
    ))
})

const client = (symbols: readonly string[], facts: Partial<Client> = {}): Client => ({
  object: { path: '/usr/bin/y', package: 'y' },
  isElsewhere: true,
  needsGuarded: false,
  symbols,
  ...facts,
})

describe('given packages', () => {
  const object = library({ exports: [...many('my_'), 'SSL_new'] })

  test('decide what is exported: what they import, and nothing that is OpenSSL’s', () => {
    const clients = [client(['my_2', 'SSL_new']), client(['my_1', 'my_2'])]
    expect(versionScriptOf(object, clients)).toMatchObject({ text: '{ global: my_1; my_2; local: *; };', exports: 'imported symbols' })
  })

  test('do not decide it if they only take OpenSSL’s symbols from it', () =>
    expect(versionScriptOf(object, [client(['SSL_new'])]).text).toBe('{ global: my_*; local: *; };'))

  test('do not decide it if the package alone was given: others may import more', () => {
    expect(versionScriptOf(object, [client(['my_2'], { isElsewhere: false })]).text).toBe('{ global: my_*; local: *; };')
  })

  test('are served by the package’s own imports too', () => {
    const clients = [client(['my_2']), client(['my_3'], { isElsewhere: false })]
    expect(versionScriptOf(object, clients).text).toBe('{ global: my_2; my_3; local: *; };')
  })
})

describe('nodes', () => {
  test('keep their symbols, and one hides the rest', () => {
    expect(scriptFor(['a@@V_1', 'b@@V_2', 'c', 'SSL_new'], ['V_1', 'V_2'])).toBe('V_1 { global: a; c; local: *; }; V_2 { global: b; };')
  })

  test('of both versions of a symbol list it', () =>
    expect(scriptFor(['a@V_1', 'a@@V_2', 'SSL_new'], ['V_1', 'V_2'])).toBe('V_1 { global: a; local: *; }; V_2 { global: a; };'))

  test('stay without symbols, since programs may require them, unless they are OpenSSL’s', () => {
    expect(scriptFor(['a@@V_2', 'SSL_new@@V_1'], ['V_1', 'V_2'])).toBe('V_1 { local: *; }; V_2 { global: a; };')
    expect(scriptFor(['a@@V_2', 'SSL_new@@OPENSSL_3.0.0'], ['OPENSSL_3.0.0', 'V_2'])).toBe('V_2 { global: a; local: *; };')
    expect(scriptFor(['a', 'SSL_new@@OPENSSL_3.0.0'], ['OPENSSL_3.0.0'])).toBe('{ global: a; local: *; };')
  })
})

describe('a program', () => {
  const scriptOf = (exports: readonly string[], clients: readonly Client[] = []): string =>
    versionScriptOf(program({ exports }), clients).text

  test('exports its own symbols, without those of every program', () => {
    expect(scriptOf(['main', '_start', '_IO_stdin_used', 'data_start', '__data_start', '_end', 'SSL_new'])).toBe('{ local: *; };')
    expect(scriptOf(['main', 'host_api', 'SSL_new'])).toBe('{ global: host_api; local: *; };')
  })

  test('exports what plugins import from it', () =>
    expect(scriptOf(['host_api', 'host_b', 'SSL_new'], [client(['host_b'])])).toBe('{ global: host_b; local: *; };'))

  test('does not export copies of a library’s variables', () => {
    const object = program({ exports: ['SSL_new'] })
    const copy = { ...library({ exports: ['stdout@@GLIBC_2.2.5'] }).exports[0]!, isDefault: false }
    expect(versionScriptOf({ ...object, exports: [...object.exports, copy] }).text).toBe('{ local: *; };')
  })
})

describe('a brief script', () => {
  const briefOf = (exports: readonly string[], versionNodes: readonly string[] = []): string =>
    versionScriptOf(library({ exports, versionNodes })).brief

  test('is the whole one if that is short', () => expect(briefOf(['a', 'SSL_new'])).toBe('{ global: a; local: *; };'))

  test('has the first symbols of a long one, and is no valid script', () => {
    const names = many('a', 12).map(name => `${name}_long_symbol`)
    expect(briefOf([...names, 'SSL_new'])).toBe('{ global: a0_long_symbol; a10_long_symbol; a11_long_symbol; ...; local: *; };')
  })

  test('is short whatever the symbols and nodes are', () => {
    const name = fc.stringMatching(/^[a-z]{1,40}$/)
    const nodes = fc.uniqueArray(fc.stringMatching(/^[A-Z]{1,10}$/), { maxLength: 3 })
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 60 }), nodes, (names, versionNodes) => {
        const [node] = versionNodes
        const exports = names.map(each => (node === undefined ? each : `${each}@@${node}`))
        expect(briefOf([...exports, 'SSL_new'], versionNodes).length).toBeLessThanOrEqual(150)
      }),
    )
  })
})
