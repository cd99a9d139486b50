/**
 * A private copy that keeps libcrypto's soname: which library the system's libldap gets in the vendor's process, by ld.so and by `check --with`, before and
 * after the fix that private-openssl-soname suggests.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { createEngine } from '../../lib/engine/engine.js'
import type { Finding } from '../../lib/lint/finding.js'
import { packageWith } from '../support/package.js'
import { string } from '../support/rpm-builder.js'
import { describeWithTools, scratchFolder } from '../support/tools.js'

const SYSTEM = '/usr/lib64'
const VENDOR = '/opt/acme/lib'
const CRYPTO = 'int EVP_sha1(void) { return 1; }'
const NODE = 'OPENSSL_3.0.0'
const RPMTAG_NAME = 1000

function build(root: string, soname: string, node: string): void {
  const compile = (path: string, source: string, ...words: readonly string[]): void => {
    mkdirSync(dirname(root + path), { recursive: true })
    writeFileSync(join(root, 'x.c'), source)
    execFileSync('gcc', ['-O1', '-fPIC', '-fno-builtin', join(root, 'x.c'), '-o', root + path, '-Wl,--no-as-needed', ...words])
  }
  const library = (path: string, source: string, name: string, ...words: readonly string[]): void =>
    compile(path, source, '-shared', `-Wl,-soname,${name}`, ...words)
  mkdirSync(root, { recursive: true })
  const versioned = (name: string): string => {
    writeFileSync(join(root, 'v.map'), `${name} { global: *; };\n`)
    return `-Wl,--version-script=${join(root, 'v.map')}`
  }
  library(`${SYSTEM}/libcrypto.so.3`, CRYPTO, 'libcrypto.so.3', versioned(NODE))
  library(`${VENDOR}/${soname}`, CRYPTO, soname, versioned(node))
  const ldap = 'int EVP_sha1(void); int ldap_open(void) { return EVP_sha1(); }'
  library(`${SYSTEM}/libldap.so.2`, ldap, 'libldap.so.2', `${root}${SYSTEM}/libcrypto.so.3`, '-Wl,-rpath,$ORIGIN')
  const daemon = 'int EVP_sha1(void); int ldap_open(void); int main(void) { return EVP_sha1() + ldap_open(); }'
  const places = `-Wl,-rpath,$ORIGIN/../lib:$ORIGIN/../../..${SYSTEM}`
  compile('/opt/acme/bin/acmed', daemon, `${root}${VENDOR}/${soname}`, `${root}${SYSTEM}/libldap.so.2`, places)
}

/** The file that libldap's reference binds to, without the root. */
function providerByLoader(root: string): string {
  const { stderr } = spawnSync(`${root}/opt/acme/bin/acmed`, { env: { LD_DEBUG: 'bindings', LD_BIND_NOW: '1' }, encoding: 'utf8' })
  const [, path = ''] = /libldap\.so\.2 \[0\] to (\S+) \[0\]: normal symbol `EVP_sha1'/.exec(stderr) ?? []
  return execFileSync('realpath', [path], { encoding: 'utf8' }).trim().slice(root.length)
}

const RULE = 'private-openssl-soname'

async function rulesFor(root: string, soname: string): Promise<string[]> {
  return (await findings(root, soname)).map(({ rule }) => rule)
}

async function findings(root: string, soname: string): Promise<readonly Finding[]> {
  const packageOf = (name: string, ...paths: readonly string[]) => ({
    name: `${name}.rpm`,
    bytes: packageWith(Object.fromEntries(paths.map(path => [path, readFileSync(root + path)])), { tags: { [RPMTAG_NAME]: string(name) } }),
  })
  const acme = packageOf('acme', `${VENDOR}/${soname}`, '/opt/acme/bin/acmed')
  const others = [packageOf('openssl-libs', `${SYSTEM}/libcrypto.so.3`), packageOf('openldap', `${SYSTEM}/libldap.so.2`)]
  const { report } = await createEngine().check([acme], { with: others })
  return report.packages.flatMap(entry => (entry.outcome === 'checked' ? entry.findings : []))
}

describeWithTools(['gcc', '/lib64/ld-linux-x86-64.so.2'], 'the soname of a private copy', () => {
  test('decides for every library of the process', async () => {
    const root = join(scratchFolder('soname'), 'kept')
    build(root, 'libcrypto.so.3', NODE)
    expect(providerByLoader(root)).toBe(`${VENDOR}/libcrypto.so.3`)
    const found = await findings(root, 'libcrypto.so.3')
    expect(found.filter(({ rule }) => rule === RULE)).toMatchObject([
      {
        severity: 'error',
        file: `${VENDOR}/libcrypto.so.3`,
        message: expect.stringContaining(`${SYSTEM}/libldap.so.2 in /opt/acme/bin/acmed`),
      },
    ])
  })

  test('is changed by the suggested fix: with nodes of its own too, each gets its own library', async () => {
    const root = join(scratchFolder('soname'), 'changed')
    build(root, 'libacme-crypto.so.3', 'ACME_3.0.0')
    expect(providerByLoader(root)).toBe(`${SYSTEM}/libcrypto.so.3`)
    expect(await rulesFor(root, 'libacme-crypto.so.3')).not.toContain('private-openssl-soname')
    expect(await rulesFor(root, 'libacme-crypto.so.3')).not.toContain('hijacked-crypto-binding')
  })

  test('alone is not enough: the node serves every library too', async () => {
    const root = join(scratchFolder('soname'), 'half')
    build(root, 'libacme-crypto.so.3', NODE)
    expect(providerByLoader(root)).toBe(`${VENDOR}/libacme-crypto.so.3`)
    expect(await rulesFor(root, 'libacme-crypto.so.3')).toContain('hijacked-crypto-binding')
  })
})
