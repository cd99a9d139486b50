/**
 * Builds dist/: the program and the libraries, with all npm packages bundled, and liblzma as separate files next to them.
 *
 *   dist/rpmlint-ts.cjs  dist/start.cjs              what users start: loads dist/cli.js where Node is new enough
 *   dist/cli.js  dist/index.js  dist/plugin-api.js  dist/testing.js   program and libraries; what they import lazily is in dist/chunks/
 *   dist/program-search.js  dist/facts-worker.js     threads of the program and of the engine
 *   dist/liblzma/                                    loader, WebAssembly code and licence, replaceable
 *   dist/THIRD-PARTY.txt                             name, version and licence of every package in the bundle
 *   dist/man/  dist/completions/  dist/rpmlint/      manual page, completions for shells, descriptions for rpmlint
 */
import { chmodSync, copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { bundle, liblzma, root, thirdParty } from './bundling.js'
import { importSource } from './import-source.js'
import { writeLauncher } from './launcher.js'

const dist = join(root, 'dist')

/** @type {Readonly<Record<string, string>>} */
const ENTRIES = {
  cli: 'lib/cli/program.ts',
  'program-search': 'lib/io/loader/program-search-thread.ts',
  'facts-worker': 'lib/engine/facts-worker.ts',
  index: 'lib/index.ts',
  'plugin-api': 'lib/plugin-api.ts',
  testing: 'lib/testing.ts',
}

/** The paths are relative to dist/chunks. */
const LIBLZMA_FILES = `
import { readFile } from 'node:fs/promises'
export { default as createLiblzma } from '../liblzma/liblzma.js'
export const readCode = () => readFile(new URL('../liblzma/liblzma.wasm', import.meta.url))
`

rmSync(dist, { recursive: true, force: true })
/** The program is bundled separately from the libraries: with shared chunks it would have to load more files. */
const bundles = []
for (const entries of [['cli'], ['program-search'], ['facts-worker'], ['index', 'plugin-api', 'testing']])
  bundles.push(await bundleOf(entries))
for (const file of bundles.flatMap(({ files }) => files)) writeOutput(file)
await writeLauncher(dist, './cli.js')
copyLiblzma()
const inputs = bundles.flatMap(bundled => bundled.inputs)
writeFileSync(join(dist, 'THIRD-PARTY.txt'), thirdParty(inputs, 'files of its own in liblzma/'))
await writeWords()

/** @param {readonly string[]} entries */
function bundleOf(entries) {
  const entryPoints = Object.fromEntries(entries.map(name => [name, ENTRIES[name]]))
  return bundle(entryPoints, LIBLZMA_FILES, { outdir: dist, splitting: true, chunkNames: 'chunks/[name]-[hash]' })
}

/** @param {{ readonly path: string, readonly text: string }} file */
function writeOutput({ path, text }) {
  const startsThread = /new URL\(['"]facts-worker\.js/.test(text)
  if (startsThread && dirname(path) !== dist) throw new Error(`${path} would not find dist/facts-worker.js`)
  if (text.includes('../liblzma/') && dirname(path) !== join(dist, 'chunks')) throw new Error(`${path} would not find dist/liblzma`)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

function copyLiblzma() {
  const target = join(dist, 'liblzma')
  mkdirSync(target)
  writeFileSync(join(target, 'package.json'), '{ "type": "module" }\n') // a copy of the folder elsewhere still loads
  for (const file of ['lib/wasm/liblzma.js', 'lib/wasm/liblzma.wasm', 'LICENSE']) {
    copyFileSync(join(liblzma, file), join(target, file.slice(file.lastIndexOf('/') + 1)))
    chmodSync(join(target, file.slice(file.lastIndexOf('/') + 1)), 0o644)
  }
}

/** Writes the files that describe the program, from the table of commands and the rules. */
async function writeWords() {
  const { COMPLETIONS, rules, table, version, ...render } = await importSource(`
    import { TOOL } from './lib/engine/tool.js'
    import { completionTable } from './lib/cli/generated-text/completion-table.js'
    import { rules } from './rules/index.js'
    export { COMPLETIONS } from './lib/cli/generated-text/completions.js'
    export { renderManualPage } from './lib/cli/generated-text/manual-page.js'
    export { renderRpmlintDescriptions } from './lib/report/rpmlint-descriptions.js'
    export { rules }
    export const { version } = TOOL
    export const table = completionTable(rules)
  `)
  const files = {
    'man/rpmlint-ts.1': render.renderManualPage(version, rules),
    ...Object.fromEntries(Object.values(COMPLETIONS).map(shell => [`completions/${shell.file}`, shell.render(table)])),
    'rpmlint/RpmlintTsCheck.toml': render.renderRpmlintDescriptions(rules),
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(dist, dirname(name)), { recursive: true })
    writeFileSync(join(dist, name), text)
  }
}
