/** Destinations of reports. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parseCommandLine } from '../../lib/cli/command-line.js'
import { destinationsOf, requireNoOverwrite } from '../../lib/cli/output.js'
import { scratchFolder } from '../support/tools.js'

const folder = scratchFolder('output')
const at = (name: string): string => join(folder, name)
for (const name of ['a.rpm', 'report.json', 'baseline.json', 'settings.toml', 'filters']) writeFileSync(at(name), '')
symlinkSync('a.rpm', at('link.rpm'))
mkdirSync(at('folder'))

/** As `check` does before it reads packages. */
function checkOutputs(...words: readonly string[]): void {
  const line = parseCommandLine(['check', at('a.rpm'), ...words])
  if (line.command !== 'check') throw new Error(`read as ${line.command}`)
  requireNoOverwrite(destinationsOf(line.options.format, line.options['output-file'], ['text', 'json'], folder), line, folder)
}

describe('a report', () => {
  test.each([
    [['-o', at('report.json')]],
    [['--output-file', at('report.json'), '--format', 'json', '--format', `text=${at('new.txt')}`]],
    [['--format', `json=${at('report.json')}`]],
    [['--format', 'json=-']],
    [[]],
  ])('replaces one of an earlier run, or is created: %j', words => expect(() => checkOutputs(...words)).not.toThrow())

  test.each([
    [['-o', at('a.rpm')], at('a.rpm')],
    [['-o', at('link.rpm')], at('link.rpm')],
    [['-o', at('folder/../a.rpm')], at('folder/../a.rpm')],
    [['-o', at('baseline.json'), '--baseline', at('baseline.json')], at('baseline.json')],
    [['-o', at('new.json'), '--baseline', at('folder/../new.json'), '--update-baseline'], at('new.json')],
    [['--format', `json=${at('settings.toml')}`, '-c', at('settings.toml')], at('settings.toml')],
    [['--format', `json=${at('filters')}`, '--rpmlintrc', at('baseline.json'), '--rpmlintrc', at('filters')], at('filters')],
  ])('does not overwrite an input: %j', (words, file) =>
    expect(() => checkOutputs(...words)).toThrow(`refusing to overwrite input file ${file}`),
  )

  test.each([
    [['--format', 'text', '--format', 'json'], 'two formats would be written to standard output'],
    [['-f', `json=${at('x')}`, '-f', `text=${at('folder/../x')}`], 'two formats would be written to '],
    [['-f', 'jsn'], 'did you mean json?'],
    [['-f', 'json='], '--format json='],
    [['-o', at('none/x')], `cannot write ${at('none/x')}: `],
  ])('has its own destination: %j', (words, message) => expect(() => checkOutputs(...words)).toThrow(message))
})
