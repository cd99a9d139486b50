/** Runs TypeScript of the project from a script: bundled in memory, imported from there. */
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * The exports of `contents`, a module whose imports are relative to the project's root.
 * @param {string} contents
 * @returns {Promise<any>}
 */
export async function importSource(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
  })
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`)
}
