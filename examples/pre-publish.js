#!/usr/bin/env node
/**
 * A hook to run before packages are published. It checks a directory of packages as they would be installed beside those that are
 * published already, prints Markdown for a build's page, and exits with 0 to publish, 1 for findings, 2 where something could not be
 * checked. Settings are those of the nearest rpmlint-ts.toml.
 *
 *     node examples/pre-publish.js NEW_PACKAGES [PUBLISHED_PACKAGES…]
 */
import { availableParallelism } from 'node:os'
import { createEngine, loadSettings, rules as ownRules } from 'rpmlint-ts'

const [packages, ...published] = process.argv.slice(2)

try {
  if (packages === undefined) throw new Error('usage: pre-publish.js NEW_PACKAGES [PUBLISHED_PACKAGES…]')
  const { settings, rules } = await loadSettings(null, process.cwd(), ownRules)
  const engine = createEngine({ settings, rules, jobs: availableParallelism() })
  const { report } = await engine.check([packages], { with: published })
  process.stdout.write(engine.render(report, 'markdown'))
  process.exitCode = engine.exitStatus(report)
} catch (error) {
  // Without this, Node would exit with 1, which stands for findings.
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
}
