/** Reads rpmlint's own files: those that are named, and none by itself, so that a run says on its command line what it hides. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../../errors/check-error.js'
import { extended, type RpmlintConfiguration } from '../../lint/rpmlint/configuration.js'
import { parseRpmlintToml, type ConfigurationFile } from '../../lint/rpmlint/parse-rpmlint-toml.js'
import { parseRpmlintrc } from '../../lint/rpmlint/parse-rpmlintrc.js'
import { attempt, type Explain } from '../os-error.js'

/** `configs` are TOML files or directories of them; rpmlintrc files come after them. Throws `UsageError`. */
export function loadRpmlintFiles(configs: readonly string[], rcs: readonly string[]): RpmlintConfiguration {
  const configuration = parseRpmlintToml(configs.flatMap(tomlFilesAt).map(fileAt))
  return rcs.map(fileAt).reduce((before, { text, file }) => extended(before, parseRpmlintrc(text, file)), configuration)
}

function tomlFilesAt(path: string): string[] {
  return attempt(() => {
    if (!statSync(path).isDirectory()) return [path]
    const names = readdirSync(path).filter(name => name.endsWith('.toml'))
    return names.sort().map(name => join(path, name))
  }, unusable(path))
}

function fileAt(file: string): ConfigurationFile {
  return { file, text: attempt(() => readFileSync(file, 'utf8'), unusable(file)) }
}

function unusable(path: string): Explain {
  return reason => new UsageError(`cannot read ${path}: ${reason}`)
}
