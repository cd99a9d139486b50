import { describe, expect, test } from '@jest/globals'
import { argumentsFor } from '../../lib/action/arguments.js'
import { readInputs } from '../../lib/action/inputs.js'
import { UsageError } from '../../lib/errors/check-error.js'

const line = (env: Readonly<Record<string, string>>): string[] => argumentsFor(readInputs(env))

describe('inputs', () => {
  test('have defaults if empty', () => {
    expect(readInputs({ INPUT_PATHS: 'a.rpm', 'INPUT_FAIL-ON': '', INPUT_SUMMARY: '' })).toEqual({
      paths: ['a.rpm'],
      config: '',
      failOn: '',
      sarifFile: '',
      reportPath: '',
      reports: [],
      wantsAnnotations: true,
      wantsSummary: true,
      args: [],
    })
  })

  test.each(['true', 'True', 'TRUE'])('accept %s as true', text => {
    expect(readInputs({ INPUT_PATHS: 'a', INPUT_SUMMARY: text }).wantsSummary).toBe(true)
  })
  test.each(['false', 'False', 'FALSE'])('accept %s as false', text => {
    expect(readInputs({ INPUT_PATHS: 'a', INPUT_SUMMARY: text }).wantsSummary).toBe(false)
  })
  test.each(['yes', 'no', '0', 'tRUE'])('reject %s', text => {
    expect(() => readInputs({ INPUT_PATHS: 'a', INPUT_ANNOTATIONS: text })).toThrow(UsageError)
  })

  test('keep spaces inside a line, and trim those around it', () => {
    expect(readInputs({ INPUT_PATHS: ' my build/*.rpm \r\n\n\tb.rpm\n' }).paths).toEqual(['my build/*.rpm', 'b.rpm'])
  })

  test.each([
    ['INPUT_PATH', 'path (did you mean paths?)'],
    ['INPUT_SARIF_FILE', 'sarif_file (did you mean sarif-file?)'],
    ['INPUT_REPORT', 'report (did you mean reports?)'],
  ])('are checked for typos: %s', (name, words) => {
    expect(() => readInputs({ INPUT_PATHS: 'a', [name]: 'x' })).toThrow(`unknown input ${words}`)
  })

  test('ignore other variables', () => {
    expect(readInputs({ INPUT_PATHS: 'a', INPUT_DIRECTORY: 'x', PATHS: 'y', SUMMARY: 'no' }).paths).toEqual(['a'])
  })
})

describe('the command line', () => {
  test('has only the options of the inputs', () => {
    expect(line({ INPUT_PATHS: 'a.rpm', INPUT_SUMMARY: 'false', INPUT_ANNOTATIONS: 'false' })).toEqual(['check', '--format=text', 'a.rpm'])
  })

  test('has all of them, with arguments last and paths as paths', () => {
    const env = {
      INPUT_PATHS: '-a.rpm\nb',
      INPUT_CONFIG: 'c.toml',
      'INPUT_FAIL-ON': 'info',
      'INPUT_SARIF-FILE': 'd.sarif',
      'INPUT_REPORT-PATH': 'g.spec',
      INPUT_REPORTS: 'junit=e.xml\ntap=f',
      INPUT_ARGS: '--quiet\n--exit-zero',
    }
    expect(line(env)).toEqual([
      'check',
      '--format=text',
      '--format=sarif=d.sarif',
      '--format=junit=e.xml',
      '--format=tap=f',
      '--config=c.toml',
      '--fail-on=info',
      '--report-path=g.spec',
      '--quiet',
      '--exit-zero',
      './-a.rpm',
      'b',
    ])
  })
})
