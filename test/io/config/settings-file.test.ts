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
const failOn = (path: string | null | undefined, directory: string): string => loadSettings(path, join(folder, directory), []).failOn

describe('the settings file', () => {
  test('is rpmlint-ts.toml of the working directory, or the nearest one above it', () => {
    expect(['a/b/c', 'a/b', 'a', '.'].map(directory => failOn(null, directory))).toEqual(['warning', 'warning', 'never', 'never'])
  })

  test('is the one that was asked for, wherever that lies', () => {
    expect(failOn(join(folder, 'a/other.toml'), 'a/b')).toBe('info')
  })

  test('is none where none was wanted or found', () => {
    expect(loadSettings(undefined, folder, [])).toBe(DEFAULT_SETTINGS)
    expect(loadSettings(null, '/', [])).toBe(DEFAULT_SETTINGS)
  })

  test('has to be readable and without mistakes', () => {
    const none = join(folder, 'none.toml')
    expect(() => failOn(none, '.')).toThrow(new UsageError(`cannot read the settings file ${none}: no such file or directory`))
    writeFileSync(join(folder, 'wrong.toml'), 'fail-on = 7\n')
    expect(() => failOn(join(folder, 'wrong.toml'), '.')).toThrow(UsageError)
  })
})
