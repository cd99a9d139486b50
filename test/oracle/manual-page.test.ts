/** The manual page of dist/, as man shows it. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { COMMANDS } from '../../lib/cli/commands.js'
import { describeWithTools } from '../support/tools.js'

const PAGE = fileURLToPath(new URL('../../dist/man/rpmlint-ts.1', import.meta.url))

describeWithTools(['man'], 'the manual page', () => {
  test('is shown without a warning, and with every option', () => {
    const env = { ...process.env, MANWIDTH: '200', MANROFFSEQ: '', LC_ALL: 'C.UTF-8' }
    const { status, stdout, stderr } = spawnSync('man', ['--warnings=w', '-P', 'cat', '-l', PAGE], { encoding: 'utf8', env })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const shown = stdout.replace(/.\x08/gu, '')
    for (const { options } of COMMANDS) for (const option of Object.keys(options)) expect(shown).toContain(`--${option}`)
    expect(shown).toContain('rpmlint-ts check --root "$RPM_BUILD_ROOT"')
  })
})
