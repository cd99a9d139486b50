/** What the builds share: bundling sources and npm packages into one file that runs alone, and the list of its packages. */
import { build } from 'esbuild'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
export const liblzma = join(root, 'node_modules/node-liblzma')

/** CommonJS packages call require for Node's own modules; esbuild's replacement uses a real one if it finds one. */
const REQUIRE = "import { createRequire as createNodeRequire } from 'node:module'\nconst require = createNodeRequire(import.meta.url)\n"
const STAND_IN = 'Dynamic require of' // of its error message

/**
 * `liblzmaFiles` replaces lib/io/decompress/liblzma-files.ts in the bundle. Nothing is written. esbuild imports its helpers into each file, even into
 * one that uses none of them: such an import is removed, since every start would load the file.
 * @param {Record<string, string>} entryPoints
 * @param {string} liblzmaFiles
 * @param {Pick<import('esbuild').BuildOptions, 'outdir' | 'splitting' | 'chunkNames' | 'loader'>} options
 */
export async function bundle(entryPoints, liblzmaFiles, options) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    legalComments: 'none', // the licences are in THIRD-PARTY.txt
    preserveSymlinks: true, // the same bytes, wherever node_modules really is
    plugins: [
      { name: 'liblzma-files', setup: bundler => replaceLiblzmaFiles(bundler, liblzmaFiles) },
      { name: 'json-as-text', setup: keepJsonAsText },
      { name: 'manifest', setup: keepNameAndVersion },
    ],
    metafile: true,
    write: false,
    ...options,
  })
  const helpers = Object.entries(metafile.outputs).filter(([, { inputs }]) => Object.keys(inputs).length === 0)
  const unused = helpers.map(([path]) => `import "./chunks/${basename(path)}";\n`)
  const withoutUnused = (/** @type {string} */ text) => unused.reduce((rest, line) => rest.replace(line, ''), text)
  return {
    files: outputFiles.map(({ path, text }) => ({ path, text: (text.includes(STAND_IN) ? REQUIRE : '') + withoutUnused(text) })),
    inputs: Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs)),
  }
}

/**
 * @param {import('esbuild').PluginBuild} bundler
 * @param {string} contents
 */
function replaceLiblzmaFiles(bundler, contents) {
  bundler.onLoad({ filter: /liblzma-files\.ts$/ }, ({ path }) => ({ contents, loader: 'js', resolveDir: join(path, '..') }))
  bundler.onResolve({ filter: /^\.\.\/liblzma\/liblzma\.js$/ }, ({ path }) => ({ path, external: true }))
}

/**
 * The catalogue as a string for JSON.parse: several times faster at start-up than the same data as an object literal.
 * @param {import('esbuild').PluginBuild} bundler
 */
function keepJsonAsText(bundler) {
  bundler.onLoad({ filter: /catalogue\/data\/.*\.json$/ }, ({ path }) => {
    const text = JSON.stringify(JSON.parse(readFileSync(path, 'utf8')))
    return { contents: `export default JSON.parse(${JSON.stringify(text)})`, loader: 'js' }
  })
}

/**
 * Only these fields of package.json: the rest changes with every development tool, and the bundles would change too.
 * @param {import('esbuild').PluginBuild} bundler
 */
function keepNameAndVersion(bundler) {
  bundler.onLoad({ filter: /package\.json$/ }, ({ path }) => {
    if (path !== join(root, 'package.json')) return null
    const { name, version } = JSON.parse(readFileSync(path, 'utf8'))
    return { contents: JSON.stringify({ name, version }), loader: 'json' }
  })
}

/**
 * Name, version and licence of every package that `inputs` come from, and of liblzma, whose location `whereLiblzma` describes.
 * @param {readonly string[]} inputs
 * @param {string} whereLiblzma
 */
export function thirdParty(inputs, whereLiblzma) {
  const folders = new Set([...inputs.map(packageOf).filter(folder => folder !== null), liblzma])
  const notices = new Set([...folders].map(folder => noticeOf(folder, whereLiblzma))) // a package can lie in several folders
  return [...notices].sort((a, b) => (a < b ? -1 : 1)).join(`\n${'-'.repeat(80)}\n\n`)
}

/**
 * The directory of the package that a source file belongs to, or `null` for our own.
 * @param {string} input
 */
function packageOf(input) {
  const [, folder] = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input) ?? []
  return folder === undefined ? null : join(root, folder)
}

/**
 * @param {string} folder
 * @param {string} whereLiblzma
 */
function noticeOf(folder, whereLiblzma) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const where = folder === liblzma ? ` (liblzma as WebAssembly: ${whereLiblzma})` : ''
  const file = readdirSync(folder).find(entry => /^(licen[cs]e|copying)/i.test(entry))
  if (file === undefined && license === undefined) throw new Error(`${name} comes without a licence`)
  const text = file === undefined ? 'The package holds no text of its licence.' : readFileSync(join(folder, file), 'utf8').trim()
  return `${name} ${version}${where}\nLicence: ${license}\n\n${text}\n`
}
