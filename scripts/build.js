/**
 * Builds dist/: the program and the two libraries, with all npm packages bundled, and liblzma beside them as files of its own.
 *
 *   dist/cli.js  dist/index.js  dist/plugin-api.js   entries; what they import lazily is in dist/chunks/
 *   dist/liblzma/                                    loader, WebAssembly code and licence, replaceable
 *   dist/THIRD-PARTY.txt                             name, version and licence of every package in the bundle
 *   dist/man/  dist/completions/  dist/rpmlint/      manual page, completion for bash and zsh, descriptions for rpmlint
 */
import { build } from 'esbuild'
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { importSource } from './import-source.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')
const liblzma = join(root, 'node_modules/node-liblzma')

const ENTRIES = { cli: 'lib/cli/main.ts', index: 'lib/index.ts', 'plugin-api': 'lib/plugin-api.ts' }

/** What the bundle has in the place of lib/io/decompress/liblzma-files.ts; the paths are seen from dist/chunks. */
const LIBLZMA_FILES = `
export { default as createLiblzma } from '../liblzma/liblzma.js'
export const wasmFile = new URL('../liblzma/liblzma.wasm', import.meta.url)
`

const SHEBANG = '#!/usr/bin/env node\n'

/** CommonJS packages call require for Node's own modules; esbuild's stand-in for it uses a real one where it finds one. */
const REQUIRE = "import { createRequire as createNodeRequire } from 'node:module'\nconst require = createNodeRequire(import.meta.url)\n"
const STAND_IN = 'Dynamic require of' // of its error message

rmSync(dist, { recursive: true, force: true })
/** The program is bundled apart from the libraries: what they would share with it, it would have to load from more files. */
const results = []
for (const entries of [['cli'], ['index', 'plugin-api']]) results.push(await bundle(entries))
const outputFiles = results.flatMap(result => result.outputFiles)
const outputs = results.flatMap(result => Object.values(result.metafile.outputs))
for (const file of outputFiles) writeOutput(file)
copyLiblzma()
writeFileSync(join(dist, 'THIRD-PARTY.txt'), thirdParty())
await writeWords()

function bundle(entries) {
  return build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(entries.map(name => [name, ENTRIES[name]])),
    outdir: dist,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    chunkNames: 'chunks/[name]-[hash]',
    legalComments: 'none', // the licences are in THIRD-PARTY.txt
    plugins: [
      { name: 'liblzma-files', setup: replaceLiblzmaFiles },
      { name: 'json-as-text', setup: keepJsonAsText },
    ],
    metafile: true,
    write: false,
  })
}

function replaceLiblzmaFiles(bundler) {
  bundler.onLoad({ filter: /liblzma-files\.ts$/ }, () => ({ contents: LIBLZMA_FILES, loader: 'js' }))
  bundler.onResolve({ filter: /^\.\.\/liblzma\/liblzma\.js$/ }, ({ path }) => ({ path, external: true }))
}

/** The catalogue as a string that JSON.parse reads: several times faster at start-up than the same data as an object literal. */
function keepJsonAsText(bundler) {
  bundler.onLoad({ filter: /catalogue\/data\/.*\.json$/ }, ({ path }) => {
    const text = JSON.stringify(JSON.parse(readFileSync(path, 'utf8')))
    return { contents: `export default JSON.parse(${JSON.stringify(text)})`, loader: 'js' }
  })
}

function writeOutput({ path, text }) {
  const isProgram = path === join(dist, 'cli.js')
  if (text.includes('../liblzma/') && dirname(path) !== join(dist, 'chunks')) throw new Error(`${path} would not find dist/liblzma`)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, (isProgram ? SHEBANG : '') + (text.includes(STAND_IN) ? REQUIRE : '') + text)
  if (isProgram) chmodSync(path, 0o755)
}

function copyLiblzma() {
  const target = join(dist, 'liblzma')
  mkdirSync(target)
  writeFileSync(join(target, 'package.json'), '{ "type": "module" }\n') // whoever takes the folder elsewhere can still load it
  for (const file of ['lib/wasm/liblzma.js', 'lib/wasm/liblzma.wasm', 'LICENSE']) {
    copyFileSync(join(liblzma, file), join(target, file.slice(file.lastIndexOf('/') + 1)))
    chmodSync(join(target, file.slice(file.lastIndexOf('/') + 1)), 0o644)
  }
}

/** What is said about the program in files of their own, from the table of commands and the rules. */
async function writeWords() {
  const { rules, table, version, ...render } = await importSource(`
    import { TOOL } from './lib/cli/tool.js'
    import { completionTable } from './lib/cli/words/completion-table.js'
    import { rules } from './rules/index.js'
    export { renderBashCompletion } from './lib/cli/words/bash-completion.js'
    export { renderManualPage } from './lib/cli/words/manual-page.js'
    export { renderRpmlintDescriptions } from './lib/report/rpmlint-descriptions.js'
    export { renderZshCompletion } from './lib/cli/words/zsh-completion.js'
    export { rules }
    export const { version } = TOOL
    export const table = completionTable(rules)
  `)
  const files = {
    'man/rpmlint-ts.1': render.renderManualPage(version, rules),
    'completions/rpmlint-ts.bash': render.renderBashCompletion(table),
    'completions/_rpmlint-ts': render.renderZshCompletion(table),
    'rpmlint/RpmlintTsCheck.toml': render.renderRpmlintDescriptions(rules),
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(dist, dirname(name)), { recursive: true })
    writeFileSync(join(dist, name), text)
  }
}

function thirdParty() {
  const bundled = outputs.flatMap(({ inputs }) => Object.keys(inputs).map(packageOf))
  const folders = new Set([...bundled.filter(folder => folder !== null), liblzma])
  const notices = new Set([...folders].map(noticeOf)) // a package can lie in several folders
  return [...notices].sort((a, b) => (a < b ? -1 : 1)).join(`\n${'-'.repeat(80)}\n\n`)
}

/** The folder of the package that a source file belongs to, or null for our own. */
function packageOf(input) {
  const [, folder] = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input) ?? []
  return folder === undefined ? null : join(root, folder)
}

function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const where = folder === liblzma ? ' (liblzma as WebAssembly: files of its own in liblzma/)' : ''
  const file = readdirSync(folder).find(entry => /^(licen[cs]e|copying)/i.test(entry))
  if (file === undefined && license === undefined) throw new Error(`${name} comes without a licence`)
  const text = file === undefined ? 'The package holds no text of its licence.' : readFileSync(join(folder, file), 'utf8').trim()
  return `${name} ${version}${where}\nLicence: ${license}\n\n${text}\n`
}
