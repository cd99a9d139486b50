/** Reads rpmlint's own configuration files: only those given explicitly, so that the command line shows everything that a run suppresses. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { UsageError } from '../../errors/check-error.js'
import { extended, type RpmlintConfiguration } from '../../lint/rpmlint/configuration.js'
import { parseRpmlintToml, type ConfigurationFile } from '../../lint/rpmlint/parse-rpmlint-toml.js'
import { parseRpmlintrc } from '../../lint/rpmlint/parse-rpmlintrc.js'
import { isNamedPipe } from '../named-pipe-output.js'
import { attempt, type Explain } from '../os-error.js'
import { NO_PIPES, type PipedTexts } from './piped-texts.js'

/** `configs` are TOML files or directories of them; rpmlintrc files come after them. Paths are relative to `directory`; `piped` are texts that were read before. Throws `UsageError`. */
export function loadRpmlintFiles(
  configs: readonly string[],
  rcs: readonly string[],
  directory = process.cwd(),
  piped = NO_PIPES,
): RpmlintConfiguration {
  const read = (file: string): ConfigurationFile => fileAt(file, directory, piped)
  const configuration = parseRpmlintToml(configs.flatMap(path => tomlFilesAt(path, directory)).map(read))
  return rcs.map(read).reduce((before, { text, file }) => extended(before, parseRpmlintrc(text, file)), configuration)
}

function tomlFilesAt(path: string, directory: string): string[] {
  return attempt(() => {
    const place = resolve(directory, path)
    if (!statSync(place).isDirectory()) return [path]
    const names = readdirSync(place).filter(name => name.endsWith('.toml'))
    // Nobody named the files, so none may be a pipe whose writer would be waited for.
    const pipe = names.find(name => isNamedPipe(join(place, name)))
    if (pipe !== undefined) throw new Error(`${pipe} is a named pipe`)
    return names.sort().map(name => join(path, name))
  }, unusable(path))
}

function fileAt(file: string, directory: string, piped: PipedTexts): ConfigurationFile {
  const place = resolve(directory, file)
  return { file, text: piped.get(place) ?? attempt(() => readFileSync(place, 'utf8'), unusable(file)) }
}

function unusable(path: string): Explain {
  return reason => new UsageError(`cannot read ${path}: ${reason}`)
}
