#!/usr/bin/env node
/** Writes docs/rules.md and the table of rules in README.md from the rules: `npm run docs`. A test fails if they differ. */
import { readFileSync, writeFileSync } from 'node:fs'
import { importSource } from './import-source.js'

const { renderReference, renderRuleTable, rules } = await importSource(
  "export { renderReference, renderRuleTable } from './lib/report/rule-reference.js'; export { rules } from './rules/index.js'",
)
const reference = new URL('../docs/rules.md', import.meta.url)
const readme = new URL('../README.md', import.meta.url)

writeFileSync(reference, renderReference(rules))
const table = renderRuleTable(rules, 'docs/rules.md')
const text = readFileSync(readme, 'utf8')
writeFileSync(
  readme,
  text.replace(/(<!-- rules, by npm run docs -->\n)[^]*?(?=<!-- end -->)/, (_, marker) => `${marker}${table}\n`),
)
