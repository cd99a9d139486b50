/** The launcher of a bundle: the file that users start, and the one that it loads if Node is new enough. */
import { transform } from 'esbuild'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './bundling.js'

export const LAUNCHER = 'rpmlint-ts.cjs'

const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/**
 * Writes both into `outdir`, next to the bundle that they load: `program` is its path relative to them.
 * @param {string} outdir
 * @param {string} program
 */
export async function writeLauncher(outdir, program) {
  const define = { NODE_FLOOR: JSON.stringify(engines.node.replace('>=', '')), PROGRAM: JSON.stringify(program) }
  const { code } = await transform(sourceOf('launcher.cjs'), { define, target: 'es5', banner: '#!/usr/bin/env node' })
  writeFileSync(join(outdir, LAUNCHER), code)
  chmodSync(join(outdir, LAUNCHER), 0o755)
  writeFileSync(join(outdir, 'start.cjs'), sourceOf('start.cjs'))
}

/** @param {string} name */
function sourceOf(name) {
  return readFileSync(join(root, 'lib/cli', name), 'utf8')
}
