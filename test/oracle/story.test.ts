/** The story of 2012, in the sample packages: unpacked into a root and started by ld.so, and checked together. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { Catalogue } from '../../lib/catalogue/catalogue.js'
import { DEFAULT_SETTINGS } from '../../lib/lint/settings.js'
import { interpositionsAmong } from '../../lib/interposition/installable-sets.js'
import { factsWithLinks } from '../support/engine.js'
import { listed, withIds } from '../support/installed.js'
import { samplePath } from '../support/sample.js'
import { describeWithTools, scratchFolder } from '../support/tools.js'

const CRYPTO = 'openssl-libs-1.0.1e-1.x86_64.rpm'
const BROKEN = 'Percona-Server-shared-compat-5.5.20-90.x86_64.rpm'
const FIXED = 'Percona-Server-shared-compat-5.5.20-92.x86_64.rpm'
const folder = scratchFolder('story')

describeWithTools(['rpm', 'cpio', '/lib64/ld-linux-x86-64.so.2'], 'the mailer of 2012', () => {
  test.each([
    ['mailer-1.0-1.x86_64.rpm', BROKEN, 1],
    ['mailer-1.0-1.x86_64.rpm', FIXED, 0],
    ['mailer-crypto-first-1.0-1.x86_64.rpm', BROKEN, 0],
  ])('%s beside %s ends with %i, and is reported to bind as it does', async (mailer, client, status) => {
    const root = rootOf(mailer, client)
    expect(run(root, {}).status).toBe(status)
    expect(await hijackedNames(mailer, client)).toEqual(boundToClient(root))
  })
})

function rootOf(mailer: string, client: string): string {
  const root = join(folder, `${mailer}-${client}`)
  mkdirSync(root)
  for (const name of [CRYPTO, mailer, client]) {
    const archive = execFileSync('rpm2cpio', [samplePath(name)])
    execFileSync('cpio', ['-id', '--quiet'], { cwd: root, input: archive })
  }
  return root
}

function run(root: string, env: Readonly<Record<string, string>>): { status: number | null; err: string } {
  const { status, stderr } = spawnSync('/lib64/ld-linux-x86-64.so.2', ['--library-path', 'usr/lib64', 'usr/libexec/mailer/smtp'], {
    cwd: root,
    env,
    encoding: 'utf8',
  })
  return { status, err: stderr }
}

/** Names of OpenSSL that ld.so says it binds to the client library. */
function boundToClient(root: string): string[] {
  const { err } = run(root, { LD_BIND_NOW: '1', LD_DEBUG: 'bindings' })
  const names = [...err.matchAll(/ to usr\/lib64\/libmysqlclient\S* \[0\]: normal symbol `((?:CRYPTO|EVP)_\w+)'/g)].map(
    ([, name = '']) => name,
  )
  return [...new Set(names)].sort()
}

async function hijackedNames(mailer: string, client: string): Promise<string[]> {
  const facts = await Promise.all([client, mailer, CRYPTO].map(name => factsWithLinks(samplePath(name))))
  const [checked, ...context] = withIds(facts)
  const catalogue = new Catalogue()
  return listed(interpositionsAmong([checked!], context, catalogue, DEFAULT_SETTINGS.genuine))
    .flatMap(({ interposition }) => interposition.symbols)
    .sort()
}
