/** `check --with` on the sample packages. */
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { command } from '../support/command.js'
import type { Ending } from '../support/program.js'

const SAMPLES = fileURLToPath(new URL('../../sample-rpms/rpms', import.meta.url))

const BROKEN = 'Percona-Server-shared-compat-5.5.20-90.x86_64.rpm'
const FIXED = 'Percona-Server-shared-compat-5.5.20-92.x86_64.rpm'
const MAILER = 'mailer-1.0-1.x86_64.rpm'
const CRYPTO = 'openssl-libs-1.0.1e-1.x86_64.rpm'

async function check(...argv: readonly string[]): Promise<Ending> {
  const { out, ...rest } = await command(['check', '--no-config', ...argv], { cwd: SAMPLES })
  return { ...rest, out: out.replace(/\s+/g, ' ') }
}

describe('check --with', () => {
  test('reports for the client library the affected program, its symbols and the load order', async () => {
    const { status, out } = await check(BROKEN, '--with', MAILER, '--with', CRYPTO)
    expect(status).toBe(1)
    expect(out).toContain(
      '/usr/libexec/mailer/smtp (mailer-1.0-1.x86_64) would bind 4 OpenSSL symbols to this library instead of /usr/lib64/libcrypto.so.10; ' +
        'load order: /usr/libexec/mailer/smtp, /usr/lib64/libmysqlclient.so.16, /usr/lib64/libcrypto.so.10 ' +
        'CRYPTO_add_lock, CRYPTO_lock, CRYPTO_mem_ctrl, EVP_CIPHER_CTX_init',
    )
    expect(out).toContain('1 package,')
  })

  test('reports it for the mailer’s package too', async () => {
    expect((await check(MAILER)).status).toBe(0)
    expect(await check(MAILER, '--with', BROKEN)).toMatchObject({
      status: 1,
      out: expect.stringContaining('/usr/libexec/mailer/smtp hijacked-crypto-binding'),
    })
  })

  test('is silent for the fixed library', async () =>
    expect(await check(FIXED, '--with', MAILER, '--with', CRYPTO)).toMatchObject({ status: 0, out: expect.stringContaining(': clean') }))

  test('accepts a directory as repository', async () => expect((await check(FIXED, '--with', '.')).out).not.toContain('hijacked'))

  test('has the bindings as data', async () => {
    const { out } = await check(BROKEN, '--with', MAILER, '--format', 'json')
    const report = JSON.parse(out) as { packages: { findings: { rule: string; data: { bindings: object[] } }[] }[] }
    const finding = report.packages[0]?.findings.find(({ rule }) => rule === 'hijacked-crypto-binding')
    expect(finding?.data.bindings).toEqual([
      {
        kind: 'hijacked',
        program: '/usr/libexec/mailer/smtp',
        package: 'mailer-1.0-1.x86_64',
        isPlugin: false,
        referrer: '/usr/libexec/mailer/smtp',
        provider: '/usr/lib64/libmysqlclient.so.16',
        meant: 'libcrypto.so.10',
        symbols: ['CRYPTO_add_lock', 'CRYPTO_lock', 'CRYPTO_mem_ctrl', 'EVP_CIPHER_CTX_init'],
        order: ['/usr/libexec/mailer/smtp', '/usr/lib64/libmysqlclient.so.16', 'libcrypto.so.10'],
      },
    ])
  })

  test('reports unreadable other packages, with status 2', async () => {
    const { status, err } = await check(FIXED, '--with', 'libdbclient-cut-1.0-1.x86_64.rpm')
    expect(status).toBe(2)
    expect(err).toContain('libdbclient-cut-1.0-1.x86_64.rpm: not checked (malformed)')
    expect((await check(FIXED, '--with', 'not-there.rpm')).status).toBe(2)
  })
})
