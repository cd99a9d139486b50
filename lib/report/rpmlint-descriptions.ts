/**
 * The rules as rpmlint describes its own checks, for `rpmlint -e` and `-v`: TOML with a key for each rule. rpmlint rewraps the text.
 *
 * Source: rpmlint 2.x, rpmlint/descriptions/*.toml and Filter.get_description.
 */
import { stringify } from 'smol-toml'
import type { AnyRule } from '../lint/rule.js'

/** The check in packaging/rpmlint reports it if it has no result. */
const FAILED = {
  'rpmlint-ts-failed':
    'rpmlint-ts could not be started, was interrupted or could not read the package: the package was not checked and may not be clean. ' +
    'Run rpmlint-ts check on the package to see why.',
}

export function renderRpmlintDescriptions(rules: readonly AnyRule[]): string {
  const descriptions = rules.map(({ id, summary, why, remedy, references }) => [id, [`${summary}.`, why, remedy, ...references].join('\n')])
  return `${stringify({ ...Object.fromEntries(descriptions), ...FAILED })}\n`
}
