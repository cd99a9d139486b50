/** What a run shows while it reads. */
import { describe, expect, jest, test } from '@jest/globals'
import { checkInCompany, checkTargets, type CheckOptions } from '../../lib/cli/check-targets.js'
import { parseCommandLine } from '../../lib/cli/command-line.js'
import { Progress } from '../../lib/cli/progress.js'
import { Waiving } from '../../lib/cli/waiving.js'
import { targetsOf } from '../../lib/io/targets.js'
import { DEFAULT_SETTINGS } from '../../lib/lint/settings.js'
import { samplePath } from '../support/sample.js'

const MAILER = samplePath('mailer-1.0-1.x86_64.rpm')
const OFFENDER = samplePath('Percona-Server-shared-compat-5.5.20-90.x86_64.rpm')

const NOWHERE = { directory: '/', stdin: null }

function checking(): CheckOptions {
  const line = parseCommandLine(['check', MAILER])
  if (line.command !== 'check') throw new Error(`read as ${line.command}`)
  return { settings: DEFAULT_SETTINGS, ledger: new Waiving(line.options, DEFAULT_SETTINGS).ledger, isQuiet: true }
}

describe('progress', () => {
  test('names the package that is being read, the first one before it is', async () => {
    const tell = jest.spyOn(Progress.prototype, 'tell')
    const reports = await checkTargets(await targetsOf([MAILER, OFFENDER], NOWHERE), checking())
    expect(reports.map(({ path }) => path)).toEqual([MAILER, OFFENDER])
    expect(tell.mock.calls).toEqual([
      [0, MAILER],
      [1, OFFENDER],
      [2, ''],
    ])
    tell.mockRestore()
  })

  test('goes over other packages too, but not over one that is checked', async () => {
    const tell = jest.spyOn(Progress.prototype, 'tell')
    const reports = await checkInCompany(await targetsOf([OFFENDER], NOWHERE), await targetsOf([OFFENDER, MAILER], NOWHERE), checking())
    expect(reports.map(({ path }) => path)).toEqual([OFFENDER])
    expect(tell.mock.calls).toEqual([
      [0, OFFENDER],
      [1, ''],
      [0, MAILER],
      [1, ''],
    ])
    tell.mockRestore()
  })
})
