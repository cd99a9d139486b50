/** On a terminal, which Python makes: progress comes there, and a signal ends the program at once, with the cursor at the beginning of that line. */
import { execFileSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { packageWith } from '../support/package.js'
import { PROGRAM } from '../support/program.js'
import { describeWithTools, scratchFolder } from '../support/tools.js'

/** Standard input is a pipe that stays open; standard error is the terminal. */
const DRIVER = `
import json, os, pty, select, signal, subprocess, sys
job = json.load(sys.stdin)
master, slave = pty.openpty()
child = subprocess.Popen(job['argv'], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=slave)
os.close(slave)
child.stdin.write(open(job['input'], 'rb').read())
child.stdin.flush()
seen = b''
while b'checking' not in seen:
    if not select.select([master], [], [], 60)[0]: break
    seen += os.read(master, 4096)
child.send_signal(getattr(signal, job['signal']))
out = child.stdout.read()
status = child.wait()
while True:
    try: more = os.read(master, 4096)
    except OSError: break
    if not more: break
    seen += more
print(json.dumps({'status': status if status >= 0 else 128 - status, 'out': out.decode(), 'seen': seen.decode()}))
`

const folder = scratchFolder('terminal')

describeWithTools(['python3'], 'on a terminal', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])(
    'progress is shown until %s',
    (signal, status) => {
      expect(existsSync(PROGRAM)).toBe(true)
      const input = join(folder, 'unfinished.rpm')
      writeFileSync(input, packageWith({ '/noise': createHash('shake256', { outputLength: 3_000_000 }).digest() }).subarray(0, -100))
      const job = JSON.stringify({ argv: [process.execPath, PROGRAM, 'check', '-'], input, signal })
      const end = JSON.parse(execFileSync('python3', ['-c', DRIVER], { input: job, encoding: 'utf8' })) as {
        status: number
        out: string
        seen: string
      }
      expect({ status: end.status, out: end.out }).toEqual({ status, out: '' })
      expect(end.seen).toContain('checking 1/1 -')
      expect(end.seen.endsWith('\r')).toBe(true)
    },
    120_000,
  )
})
