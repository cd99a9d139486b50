/**
 * Destinations of output: findings and data go to standard output or files, everything else to standard error.
 */
import { statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { UsageError } from '../errors/check-error.js'
import { reasonOf } from '../io/os-error.js'
import { replaceFile } from '../io/replace-file.js'
import { didYouMean } from '../lint/did-you-mean.js'
import { coloured, plain, type Style } from '../report/style.js'
import { columnsOf, type Surroundings } from './surroundings.js'

/** A format, and the file to write it to or `null` for standard output. */
export interface Destination {
  readonly format: string
  readonly file: string | null
}

/**
 * `text`, `json=report.json`; `-` as a file is standard output. Formats without a file go to `outputFile`. Throws `UsageError` for an unknown
 * format, for two with the same destination, and for a file in a missing directory, before any work is done.
 */
export function destinationsOf(
  values: readonly string[],
  outputFile: string | null,
  formats: readonly string[],
  cwd: string,
): Destination[] {
  const destinations = (values.length === 0 ? ['text'] : values).map(value => destinationOf(value, outputFile, formats))
  const resolved = destinations.map(({ file }) => (file === null ? null : resolve(cwd, file))) // r.json and ./r.json are the same
  const clash = destinations.find((_, index) => resolved.indexOf(resolved[index] ?? null) < index)
  if (clash !== undefined)
    throw new UsageError(
      `two formats would be written to ${clash.file ?? 'standard output'}; give one of them a file: --format FORMAT=FILE`,
    )
  for (const { file } of destinations) if (file !== null) requireDirectory(file, cwd)
  return destinations
}

/** The paths of a command line. */
interface Inputs {
  readonly operands: readonly string[]
  readonly options: Readonly<Record<string, unknown>>
}

/** Throws `UsageError` if a report would overwrite an input: a package, a baseline, a settings file. */
export function requireNoOverwrite(destinations: readonly Destination[], { operands, options }: Inputs, cwd: string): void {
  const given = Object.entries(options).filter(([name]) => name !== 'format' && name !== 'output-file')
  const inputs = [...operands, ...given.flatMap(([, value]): readonly unknown[] => (Array.isArray(value) ? value : [value]))].filter(
    value => typeof value === 'string',
  )
  const identities = new Set(inputs.map(path => identityOf(path, cwd)).filter(identity => identity !== null))
  const { baseline } = options // may be a file that the run creates
  const newBaseline = typeof baseline === 'string' ? resolve(cwd, baseline) : null
  const clash = destinations.find(
    ({ file }) => file !== null && (identities.has(identityOf(file, cwd) ?? '') || resolve(cwd, file) === newBaseline),
  )
  if (clash?.file != null) throw new UsageError(`refusing to overwrite input file ${clash.file}`)
}

/** The same for all paths of a regular file; `null` for everything else. */
function identityOf(path: string, cwd: string): string | null {
  try {
    const stats = statSync(resolve(cwd, path), { throwIfNoEntry: false })
    return stats?.isFile() === true ? `${stats.dev}:${stats.ino}` : null
  } catch {
    return null // the value of an option that is not a path
  }
}

function destinationOf(value: string, outputFile: string | null, formats: readonly string[]): Destination {
  const [format = '', ...parts] = value.split('=')
  const file = parts.join('=')
  if (!formats.includes(format))
    throw new UsageError(`--format ${format}: unknown format${didYouMean(format, formats)}; use one of ${formats.join(', ')}`)
  if (parts.length > 0 && file === '') throw new UsageError(`--format ${value}: needs a file name after =`)
  const place = parts.length > 0 ? file : outputFile
  return { format, file: place === '-' ? null : place }
}

function requireDirectory(file: string, cwd: string): void {
  const directory = statSync(dirname(resolve(cwd, file)), { throwIfNoEntry: false })
  if (directory?.isDirectory() !== true) throw new UsageError(`cannot write ${file}: no such directory: ${dirname(file)}`)
}

/** Writes each output, even if others fail. Returns an error message for each that could not be written. */
export function writeAll(
  outputs: readonly { readonly text: string; readonly file: string | null }[],
  surroundings: Surroundings,
): string[] {
  const writeErrors: string[] = []
  for (const { text, file } of outputs) {
    try {
      write(text, file, surroundings)
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      writeErrors.push(error.message)
    }
  }
  return writeErrors
}

/** Throws `UsageError` if the file cannot be written. */
export function write(text: string, file: string | null, { stdout, cwd }: Surroundings): void {
  if (file === null) {
    stdout.write(text)
    return
  }
  try {
    replaceFile(resolve(cwd, file), text)
  } catch (error) {
    throw new UsageError(`cannot write ${file}: ${reasonOf(error)}`)
  }
}

/** `choice` is --color; `auto` obeys NO_COLOR (no-color.org), then FORCE_COLOR, then whether standard output is a terminal. Files have no colours. */
export function styleFor(choice: string | null, file: string | null, { stdout, env }: Surroundings): Style {
  if (choice === 'always') return coloured
  if (choice === 'never' || file !== null) return plain
  const { NO_COLOR: no, FORCE_COLOR: force } = env
  if (no !== undefined && no !== '') return plain
  if (force !== undefined && force !== '') return force === '0' ? plain : coloured
  return stdout.isTTY === true ? coloured : plain
}

/** Width of output, in columns. */
export function outputWidth(file: string | null, { stdout }: Surroundings): number {
  return file === null && stdout.isTTY === true ? Math.min(columnsOf(stdout, 100), 120) : 100
}
