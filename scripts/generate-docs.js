#!/usr/bin/env node
/** Writes docs/rules.md from the rules: `npm run docs`. A test fails if the two differ. */
import { writeFileSync } from 'node:fs'
import { importSource } from './import-source.js'

const { renderReference, rules } = await importSource(
  "export { renderReference } from './lib/report/rule-reference.js'; export { rules } from './rules/index.js'",
)
writeFileSync(new URL('../docs/rules.md', import.meta.url), renderReference(rules))
