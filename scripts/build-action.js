/**
 * Builds the action for GitHub, one file that needs nothing but Node: `npm run build:action`. With --check it writes nothing, and fails
 * where what is committed is not what the sources make.
 *
 * A runner takes an action from a checkout and installs nothing, so the file is committed, and liblzma's code is in it as text. That is
 * LGPL: whoever wants another liblzma puts it into node_modules/node-liblzma and builds again.
 */
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bundle, root, thirdParty } from './bundling.js'

const LIBLZMA_FILES = `
export { default as createLiblzma } from 'node-liblzma/wasm/liblzma.js'
import code from 'node-liblzma/wasm/liblzma.wasm'
export const readCode = async () => code
`

const HEADER = `#!/usr/bin/env node
// Made from lib/ by npm run build:action; changes here are lost. What others wrote of it is listed in THIRD-PARTY.txt beside it.
`

const { values } = parseArgs({ options: { check: { type: 'boolean' }, outdir: { type: 'string' } } })
const outdir = values.outdir ?? join(root, '.github/actions/check')
const { files, inputs } = await bundle({ 'rpmlint-ts': 'lib/action/main.ts' }, LIBLZMA_FILES, { outdir, loader: { '.wasm': 'binary' } })
/** @type {Readonly<Record<string, string>>} */
const made = {
  'rpmlint-ts.mjs': HEADER + files[0].text,
  'THIRD-PARTY.txt': thirdParty(inputs, 'in rpmlint-ts.mjs as text; npm run build:action puts in what node_modules/node-liblzma holds'),
}

if (values.check) check()
else write()

function check() {
  const stale = Object.keys(made).filter(name => !existsSync(join(outdir, name)) || readFileSync(join(outdir, name), 'utf8') !== made[name])
  for (const name of stale) console.error(`${join(outdir, name)} is not what the sources make: npm run build:action`)
  process.exitCode = stale.length > 0 ? 1 : 0
}

function write() {
  for (const [name, text] of Object.entries(made)) writeFileSync(join(outdir, name), text)
  chmodSync(join(outdir, 'rpmlint-ts.mjs'), 0o755)
}
