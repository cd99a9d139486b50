/** A template for the settings file, generated from the rules: every rule and option with its default. */
import type { AnyRule } from '../lint/rule.js'
import { DEFAULT_SETTINGS } from '../lint/settings.js'
import { wrap } from './wrap.js'

const WIDTH = 100

const HEAD = `# Settings of rpmlint-ts. This file is read from the working directory or the nearest parent directory that has one.
# All values here are the defaults: keep what you change. rpmlint-ts explain RULE documents a rule.

# Exit 1 on findings of at least this severity: error, warning, info or never.
fail-on = ${JSON.stringify(DEFAULT_SETTINGS.failOn)}
`

const TAIL = `# Further packages that may ship the guarded libraries, and further sonames of these libraries, as patterns such as acme-openssl*.
[genuine]
packages = []
sonames = []

[waiving]
# Rules that no waiver, baseline entry or rpmlint filter may suppress.
blocked = []
# Treat unused waivers, baseline entries and filters as errors?
strict = false

# An accepted finding, with a reason and an expiry date. Copy rule, file and symbols from the report; package and file may be patterns.
# [[waivers]]
# rule = "unversioned-crypto-export"
# package = "libfoo"
# file = "/usr/lib64/libfoo.so.*"
# symbols = ["CRYPTO_lock"]         # exact; a finding with any other symbol counts
# reason = "fixed by the vendor in 2.1, ticket 4711"
# owner = "packager@example.org"
# expires = 2027-06-30              # the last day on which it holds, in UTC
`

export function renderSettingsTemplate(rules: readonly AnyRule[]): string {
  return [HEAD, ...rules.map(ruleTable), TAIL].join('\n')
}

function ruleTable({ id, severity, summary, options }: AnyRule): string {
  const settings = Object.entries(options).map(
    ([name, { default: value, description }]) => `${comment(description)}\n${name} = ${JSON.stringify(value)}`,
  )
  return [
    comment(`${summary}.`),
    `[rules.${id}]`,
    `severity = ${JSON.stringify(severity)} # or error, warning, info, off`,
    ...settings,
    '',
  ].join('\n')
}

function comment(text: string): string {
  return wrap(text, WIDTH, '# ')
}
