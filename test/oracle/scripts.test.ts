/** The shell scripts that we ship, and those of CI, by shellcheck and by the shells that may be /bin/sh. */
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { PACKAGING, programFile } from '../support/rpmbuild.js'
import { describeWithTools } from '../support/tools.js'

const isScript = (file: string): boolean => /^#!.*sh\n/.test(readFileSync(file, 'latin1'))
const scripts = [PACKAGING, fileURLToPath(new URL('../../.ci', import.meta.url))]
  .flatMap(folder => readdirSync(folder, { recursive: true, withFileTypes: true }))
  .filter(entry => entry.isFile())
  .map(entry => join(entry.parentPath, entry.name))
  .filter(isScript)
const forSh = scripts.filter(file => readFileSync(file, 'latin1').startsWith('#!/bin/sh\n'))

test('there are scripts to look at', () => expect(forSh.length).toBeGreaterThan(3))

describeWithTools(['shellcheck'], 'shellcheck', () => {
  test.each(scripts)('has nothing to say of %s', file => {
    const { status, stdout } = spawnSync('shellcheck', ['--severity=style', file], { encoding: 'utf8' })
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' })
  })
})

const SHELLS = ['dash', 'bash', 'busybox'].filter(shell => programFile(shell) !== null)

test.each(SHELLS)('%s can read all that is for /bin/sh', shell => {
  for (const file of forSh) execFileSync(shell, [...(shell === 'busybox' ? ['sh'] : []), '-n', file])
})
