#!/usr/bin/env node
/** Writes docs/rules.md from the rules: `npm run docs`. A test fails when the two differ. */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const contents = "export { renderReference } from './lib/report/rule-reference.js'; export { rules } from './rules/index.js'"
const { outputFiles } = await build({
  stdin: { contents, resolveDir: root },
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
})
const code = Buffer.from(outputFiles[0].contents).toString('base64')
const { renderReference, rules } = await import(`data:text/javascript;base64,${code}`)
writeFileSync(new URL('../docs/rules.md', import.meta.url), renderReference(rules))
