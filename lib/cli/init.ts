/** `rpmlint-ts init`: writes a settings template. */
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { UsageError } from '../errors/check-error.js'
import { reasonOf } from '../io/os-error.js'
import { replaceFile } from '../io/replace-file.js'
import { SETTINGS_FILE } from '../io/config/settings-file.js'
import { renderSettingsTemplate } from '../report/settings-template.js'
import { rules } from '../../rules/index.js'
import type { CommandLine } from './command-line.js'
import type { Surroundings } from './surroundings.js'

export function init({ options }: CommandLine<'init'>, { stdout, stderr, cwd }: Surroundings): number {
  const file = options['output-file'] ?? SETTINGS_FILE
  const text = renderSettingsTemplate(rules)
  if (file === '-') {
    stdout.write(text)
    return 0
  }
  writeNew(file, text, options.force, cwd)
  if (!options.quiet) stderr.write(`rpmlint-ts: wrote ${file}\n`)
  return 0
}

/** Does not overwrite settings by accident. */
function writeNew(file: string, text: string, mayReplace: boolean, cwd: string): void {
  try {
    if (mayReplace) replaceFile(resolve(cwd, file), text)
    else writeFileSync(resolve(cwd, file), text, { flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw new UsageError(`${file} already exists; --force overwrites it`)
    throw new UsageError(`cannot write ${file}: ${reasonOf(error)}`)
  }
}
