import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { UsageError } from '../../../lib/errors/check-error.js'
import { loadSettings } from '../../../lib/io/config/settings-file.js'
import { DEFAULT_SETTINGS } from '../../../lib/lint/settings.js'
import { scratchFolder } from '../../support/tools.js'

const folder = scratchFolder('settings-file')
mkdirSync(join(folder, 'a/b/c'), { recursive: true })
writeFileSync(join(folder, 'rpmlint-ts.toml'), 'fail-on = "never"\n')
writeFileSync(join(folder, 'a/b/rpmlint-ts.toml'), 'fail-on = "warning"\n')
writeFileSync(join(folder, 'a/other.toml'), 'fail-on = "info"\n')
const failOn = async (path: string | null | undefined, directory: string): Promise<string> =>
  (await loadSettings(path, join(folder, directory), [])).settings.failOn

describe('the settings file', () => {
  test('is rpmlint-ts.toml of the working directory, or the nearest one above it', async () => {
    expect(await Promise.all(['a/b/c', 'a/b', 'a', '.'].map(directory => failOn(null, directory)))).toEqual([
      'warning',
      'warning',
      'never',
      'never',
    ])
  })

  test('is the given one, wherever it is', async () => {
    expect(await failOn(join(folder, 'a/other.toml'), 'a/b')).toBe('info')
    expect(await failOn('../other.toml', 'a/b')).toBe('info')
  })

  test('is absent if none is wanted or found', async () => {
    expect(await loadSettings(undefined, folder, [])).toEqual({ settings: DEFAULT_SETTINGS, rules: [] })
    expect(await loadSettings(null, '/', [])).toEqual({ settings: DEFAULT_SETTINGS, rules: [] })
  })

  test('that is found and is a named pipe is refused, not waited for', async () => {
    mkdirSync(join(folder, 'pipe'))
    execFileSync('mkfifo', [join(folder, 'pipe/rpmlint-ts.toml')])
    await expect(failOn(null, 'pipe')).rejects.toThrow('rpmlint-ts.toml: not a regular file')
  })

  test('must be readable and valid', async () => {
    const none = join(folder, 'none.toml')
    await expect(failOn(none, '.')).rejects.toThrow(new UsageError(`cannot read the settings file ${none}: no such file or directory`))
    writeFileSync(join(folder, 'wrong.toml'), 'fail-on = 7\n')
    await expect(failOn(join(folder, 'wrong.toml'), '.')).rejects.toThrow(UsageError)
  })
})
