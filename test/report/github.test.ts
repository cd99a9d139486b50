/** Properties of workflow commands beyond those of all formats. */
import { describe, expect, test } from '@jest/globals'
import type { Finding } from '../../lib/lint/finding.js'
import type { Report } from '../../lib/lint/report.js'
import { renderGithub } from '../../lib/report/github.js'
import { CHECKED, CONTEXT, FINDING, FULL_REPORT } from '../support/full-report.js'
import { commandsOf } from '../support/validators/github.js'

const report = (...findings: readonly Partial<Finding>[]): Report => ({
  ...FULL_REPORT,
  packages: [{ ...CHECKED, findings: findings.map(finding => ({ ...FINDING, ...finding })) }],
  notices: [],
})

const titles = (given: Report): string[] =>
  commandsOf(renderGithub(given, CONTEXT)).map(({ command, properties }) => `${command} ${properties['title']}`)

test('the most severe come first, across packages', () => {
  const rules = [
    { rule: 'i', severity: 'info' },
    { rule: 'w', severity: 'warning' },
    { rule: 'e', severity: 'error' },
  ] as const
  expect(titles(report(...rules))).toEqual(['error e', 'warning w', 'notice i'])
})

test('clean packages and waived findings have no annotations', () => {
  const waived = { by: 'waiver', reason: 'r', owner: null, expires: null } as const
  expect(renderGithub(report({ waived }), CONTEXT)).toBe('')
})

describe('more annotations than GitHub shows', () => {
  const rules = (count: number): Partial<Finding>[] => Array.from({ length: count }, (_, index) => ({ rule: `r${index}` }))

  test('are not mentioned with ten of a level', () => expect(titles(report(...rules(10)))).not.toContain('error rpmlint-ts'))

  test('are counted in the tenth, and all are in the log', () => {
    const commands = commandsOf(renderGithub(report(...rules(12), { rule: 'w', severity: 'warning' }), CONTEXT))
    expect(commands.map(({ properties }) => properties['title'])).toEqual(
      [0, 1, 2, 3, 4, 5, 6, 7, 8].map(index => `r${index}`).concat('rpmlint-ts', 'r9', 'r10', 'r11', 'w'),
    )
    expect(commands[9]?.message).toBe('3 more of severity error than GitHub shows here; see the log of this step')
  })
})

test.each([4095, 4096, 4097, 4098])('a message of %i characters is truncated to 4,096, between characters', length => {
  const prefix = '/usr/lib64/libdemo.so.1: '
  const ending = '\nFix: r'
  const message = 'x'.repeat(length - prefix.length - ending.length - 3) + '\u{1f600}y'
  const [command] = commandsOf(renderGithub(report({ message, symbols: [], remedy: 'r' }), CONTEXT))
  const whole = `${prefix}${message}${ending}`
  expect(command?.message.length).toBeLessThanOrEqual(4096)
  expect(command?.message).toBe(length <= 4096 ? whole : `${whole.slice(0, 4095)}…`)
})

test('truncation does not leave half a character', () => {
  const prefix = '/usr/lib64/libdemo.so.1: '
  const message = 'x'.repeat(4094 - prefix.length) + '\u{1f600}'.repeat(3)
  const [command] = commandsOf(renderGithub(report({ message, symbols: [] }), CONTEXT))
  expect(command?.message).toBe(`${prefix}${'x'.repeat(4094 - prefix.length)}…`)
})

test('with a spec file instead of the package, the message names the package', () => {
  const [command] = commandsOf(renderGithub(report({}), { ...CONTEXT, reportPath: 'a,b:c.spec' }))
  expect(command?.properties['file']).toBe('a,b:c.spec')
  expect(command?.message).toMatch('dist/libdemo-1.0-1.x86_64.rpm!/usr/lib64/libdemo.so.1: exports')
})
