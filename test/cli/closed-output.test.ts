/** A closed pipe, and a full disk. */
import { spawn } from 'node:child_process'
import { existsSync, openSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { folderOfPackages } from '../support/folder-of-packages.js'
import { PROGRAM } from '../support/program.js'
import { CHAIN, samplePath } from '../support/sample.js'

const { folder } = folderOfPackages()

describe('lost output', () => {
  test('in a closed pipe ends the program with the status of SIGPIPE, without a stack trace', async () => {
    const child = spawn(process.execPath, [PROGRAM, 'inspect', '-f', 'json', ...CHAIN.map(samplePath)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout.destroy()
    const err: Buffer[] = []
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
    const code = await new Promise(resolve => child.on('close', resolve))
    expect({ code, err: Buffer.concat(err).toString() }).toEqual({ code: 141, err: '' })
  })

  /** The status of a run that cannot write to `stream`. */
  const statusWithout = async (stream: 'stdout' | 'stderr', ...argv: readonly string[]): Promise<number | null> => {
    const full = openSync('/dev/full', 'w')
    const stdio: ('ignore' | number)[] = ['ignore', stream === 'stdout' ? full : 'ignore', stream === 'stderr' ? full : 'ignore']
    const child = spawn(process.execPath, [PROGRAM, ...argv], { cwd: folder, stdio })
    return new Promise(resolve => child.on('close', resolve))
  }

  // Elsewhere no device refuses every write.
  const testOnLinux = existsSync('/dev/full') ? test : test.skip
  testOnLinux('of standard error leaves the status unchanged', async () => {
    expect(await statusWithout('stderr', 'check', 'text.rpm', 'good.rpm')).toBe(2)
    expect(await statusWithout('stderr', 'check', 'good.rpm')).toBe(0)
  })
  testOnLinux('of findings is not mistaken for a finding', async () => {
    expect(await statusWithout('stdout', 'check', 'good.rpm')).toBe(2)
  })
})
