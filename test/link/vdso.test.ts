/** The kernel's library, needed by name. */
import { describe, expect, test } from '@jest/globals'
import { LOADER, app, lib, start, undefinedSymbol } from '../support/process.js'
import type { BuiltObject } from '../support/elf-builder.js'

const VDSO = 'linux-vdso.so.1'

function program(symbol: string, needed: readonly string[], version: string | null = null): BuiltObject {
  const requirements = version === null ? {} : { 2: { file: VDSO, name: version } }
  return app(needed, [], { symbols: [{ ...undefinedSymbol(symbol), versym: version === null ? null : 2 }], calls: [symbol], requirements })
}

describe('the vdso', () => {
  test('is in the scope where an object needs it, without a file', () => {
    const files = { ...LOADER, '/bin/app': app([VDSO, 'a']), '/lib64/a': lib() }
    expect(start(files)).toMatchObject({ scope: ['app', VDSO, 'a'], failures: [], warnings: [] })
    expect(start({ ...files, '/bin/app': app(['a']) }).scope).toEqual(['app', 'a'])
  })

  test('serves unversioned references, and those of its own version', () => {
    const libc = lib([{ name: 'time', versym: 2 }], { nodes: { 1: 'a', 2: 'A_1' } })
    const files = { ...LOADER, '/lib64/a': libc }
    expect(start({ ...files, '/bin/app': program('time', [VDSO, 'a']) }).answers).toEqual([`app call time: ${VDSO}@LINUX_2.6`])
    expect(start({ ...files, '/bin/app': program('__vdso_time', [VDSO], 'LINUX_2.6') })).toMatchObject({
      answers: [`app call __vdso_time@LINUX_2.6: ${VDSO}@LINUX_2.6`],
      failures: [],
    })
    expect(start({ ...files, '/bin/app': program('time', [VDSO], 'LINUX_9') }).failures).toEqual([
      `${VDSO}: version \`LINUX_9' not found (required by /bin/app)`,
    ])
  })

  test('has the name of its machine', () => {
    const host = { machine: 3, elfClass: 32 } as const
    const files = { ...LOADER, '/bin/app': { ...app(['linux-gate.so.1', VDSO]), ...host } }
    expect(start(files)).toMatchObject({ scope: ['app', 'linux-gate.so.1'], failures: [expect.stringContaining('cannot open')] })
  })
})
