/**
 * Builds the action for GitHub, which needs nothing but Node, into the folder that declares it; `npm run build` does so after dist/.
 *
 *   rpmlint-ts.cjs  start.cjs   what a runner or pre-commit starts: loads program.mjs where Node is new enough
 *   program.mjs                 all of lib/action and of the program
 *   THIRD-PARTY.txt             name, version and licence of every package in it
 *
 * A runner takes an action from a checkout and installs nothing, so releases are commits that hold these files
 * (.github/workflows/release.yml); elsewhere they are built. liblzma's code is in the bundle as text. That is LGPL: to use another
 * liblzma, install it in node_modules/node-liblzma and rebuild.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundle, root, thirdParty } from './bundling.js'
import { writeLauncher } from './launcher.js'

const LIBLZMA_FILES = `
export { default as createLiblzma } from 'node-liblzma/wasm/liblzma.js'
import code from 'node-liblzma/wasm/liblzma.wasm'
export const readCode = async () => code
`

const HEADER = `// Made from lib/ by npm run build; changes here are lost. THIRD-PARTY.txt lists the packages in it.
`

const outdir = join(root, '.github/actions/check')
const { files, inputs } = await bundle({ program: 'lib/action/main.ts' }, LIBLZMA_FILES, { outdir, loader: { '.wasm': 'binary' } })
writeFileSync(join(outdir, 'program.mjs'), HEADER + files[0].text)
writeFileSync(
  join(outdir, 'THIRD-PARTY.txt'),
  thirdParty(inputs, 'in program.mjs as text; npm run build puts in what node_modules/node-liblzma holds'),
)
await writeLauncher(outdir, './program.mjs')
