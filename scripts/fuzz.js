#!/usr/bin/env node
/** `npm run fuzz`: bundles test/fuzz/ and runs it, for Node 20 does not run TypeScript. The bundle lies where its packages are found. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { root } from './bundling.js'

const outfile = join(root, 'node_modules/.cache/rpmlint-ts', `fuzz-${process.pid}.mjs`)
await build({
  absWorkingDir: root,
  entryPoints: ['test/fuzz/fuzz.ts'],
  outfile,
  bundle: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  logLevel: 'error',
})
process.argv[1] = outfile // it starts itself as worker
process.on('exit', () => rmSync(outfile, { force: true }))
await import(pathToFileURL(outfile).href)
