import { describe, expect, test } from '@jest/globals'
import { COMMANDS } from '../../../lib/cli/commands.js'
import { renderManualPage } from '../../../lib/cli/generated-text/manual-page.js'
import { FORMATS } from '../../../lib/report/formats.js'
import { rules } from '../../../rules/index.js'

const page = renderManualPage('1.2.3', rules)

/** As displayed: without roff's escapes and fonts. */
const seen = page
  .replace(/\\f[BIR]/g, '')
  .replace(/\\-/g, '-')
  .replace(/\\&/g, '')
  .replace(/\\e/g, '\\')

const section = (command: string): string => seen.split(/^\.S[SH] /m).find(part => part.startsWith(`${command}\n`)) ?? ''

describe('the manual page', () => {
  test.each(COMMANDS.map(({ name, options }) => [name, options] as const))('has every option of %s', (name, options) => {
    for (const [option, spec] of Object.entries(options)) {
      const { alias, description } = spec
      const [line = ''] = section(name).match(new RegExp(`^.*--${option}(?![\\w-]).*$`, 'm')) ?? []
      expect(line).toContain(`${alias === undefined ? '' : `-${alias}, `}--${option}`)
      for (const choice of spec.kind === 'choice' ? spec.choices : []) expect(line).toContain(choice)
      expect(section(name)).toContain(`${description}.`)
    }
  })

  test('has every format, rule and example', () => {
    for (const name of Object.keys(FORMATS)) expect(section('FORMATS')).toContain(`\n${name}\n`)
    for (const { id, severity, summary } of rules) expect(section('RULES')).toContain(`\n${id} (${severity})\n${summary}.\n`)
    for (const [line, meaning] of COMMANDS.flatMap(({ examples }) => examples))
      expect(section('EXAMPLES')).toContain(`${line.replace('$0', 'rpmlint-ts')}\n${meaning}`)
  })

  test('has every exit status, with a meaning', () => {
    const statuses = section('EXIT STATUS')
      .split('\n.TP\n')
      .slice(1)
      .map(entry => entry.trim().split('\n'))
    expect(statuses.map(([status]) => status)).toEqual(['0', '1', '2', '64, 65, 66', '129, 130, 143', '141'])
    for (const [, meaning] of statuses) expect(meaning).toMatch(/^[A-Za-z].+\.$/)
  })

  test.each([
    ['--fail-on', 'error|warning|info|never'],
    ['--format', 'FORMAT[=FILE]'],
    ['--config', 'FILE'],
    ['--root', 'DIRECTORY'],
    ['--package', 'NEVRA'],
    ['--max-warnings', 'NUMBER'],
    ['--today', 'DAY'],
  ])('names the value of %s', (option, value) => expect(section('check')).toContain(`${option} ${value}\n`))

  test('has operands in the synopsis, optional ones in brackets', () => {
    expect(section('SYNOPSIS')).toContain('rpmlint-ts check\n[OPTION...] PATH...\n')
    expect(section('SYNOPSIS')).toContain('rpmlint-ts rules\n[OPTION...]\n')
    expect(section('SYNOPSIS')).toContain('rpmlint-ts completion\n[OPTION...] [SHELL]\n')
  })

  test('has the version, but no date', () => expect(page.split('\n')[0]).toBe('.TH RPMLINT\\-TS 1 "" "rpmlint\\-ts 1.2.3" "User Commands"'))

  test('is ASCII, and no text is read as a request', () => {
    expect(page).toMatch(/^[\n\x20-\x7e]*$/)
    const requests = page.split('\n').filter(line => /^[.']/.test(line))
    expect(requests.filter(line => !/^\.(TH|SH|SS|TP|PP|BR|br|B)\b/.test(line))).toEqual([])
  })

  test('escapes control characters of roff', () => {
    const [rule] = rules
    if (rule === undefined) throw new Error('no rules')
    const hostile = renderManualPage('1', [{ ...rule, summary: '.so /etc/passwd\\n “quoted”' }])
    expect(hostile).toContain('\n\\&.so /etc/passwd\\en \\[u201C]quoted\\[u201D].\n')
  })
})
