/**
 * Where output goes. Findings and data to standard output or files, everything else to standard error.
 */
import { statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { UsageError } from '../errors/check-error.js'
import { reasonOf } from '../io/os-error.js'
import { replaceFile } from '../io/replace-file.js'
import { didYouMean } from '../lint/did-you-mean.js'
import { coloured, plain, type Style } from '../report/style.js'
import type { Surroundings } from './surroundings.js'

/** One rendering: a format's name, and the file it goes to or `null` for standard output. */
export interface Destination {
  readonly format: string
  readonly file: string | null
}

/**
 * `text`, `json=report.json`; `-` as a file is standard output. What has no file of its own goes to `outputFile`. Throws `UsageError` for a
 * format there is not, for two with one destination, and for a file that has no folder: that is told before the work, not after it.
 */
export function destinationsOf(
  values: readonly string[],
  outputFile: string | null,
  formats: readonly string[],
  cwd: string,
): Destination[] {
  const destinations = (values.length === 0 ? ['text'] : values).map(value => destinationOf(value, outputFile, formats))
  const places = destinations.map(({ file }) => (file === null ? null : resolve(cwd, file))) // r.json and ./r.json are one
  const clash = destinations.find((_, index) => places.indexOf(places[index] ?? null) < index)
  if (clash !== undefined)
    throw new UsageError(`two formats would be written to ${clash.file ?? 'standard output'}; give one of them a file: --format NAME=FILE`)
  for (const { file } of destinations) if (file !== null) requireFolder(file, cwd)
  return destinations
}

/** What a line names, whatever its command. */
interface Inputs {
  readonly operands: readonly string[]
  readonly options: Readonly<Record<string, unknown>>
}

/** Throws `UsageError` where a report would take the place of a file that the line names as input: a package, a baseline, a settings file. */
export function requireApart(destinations: readonly Destination[], { operands, options }: Inputs, cwd: string): void {
  const given = Object.entries(options).filter(([name]) => name !== 'format' && name !== 'output-file')
  const inputs = [...operands, ...given.flatMap(([, value]): readonly unknown[] => (Array.isArray(value) ? value : [value]))].filter(
    value => typeof value === 'string',
  )
  const identities = new Set(inputs.map(path => identityOf(path, cwd)).filter(identity => identity !== null))
  const clash = destinations.find(({ file }) => file !== null && identities.has(identityOf(file, cwd) ?? ''))
  if (clash?.file != null) throw new UsageError(`refusing to overwrite input file ${clash.file}`)
}

/** The same for all names of a regular file; `null` for everything else. */
function identityOf(path: string, cwd: string): string | null {
  try {
    const stats = statSync(resolve(cwd, path), { throwIfNoEntry: false })
    return stats?.isFile() === true ? `${stats.dev}:${stats.ino}` : null
  } catch {
    return null // an option's value that is no path at all
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

function requireFolder(file: string, cwd: string): void {
  const folder = statSync(dirname(resolve(cwd, file)), { throwIfNoEntry: false })
  if (folder?.isDirectory() !== true) throw new UsageError(`cannot write ${file}: no such directory: ${dirname(file)}`)
}

/** Each to its place, whatever becomes of the others. Returns what to complain of, a line for each that could not be written. */
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

/** Throws `UsageError` where the file cannot be written. */
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

/** `choice` is --color; `auto` obeys NO_COLOR (no-color.org), then FORCE_COLOR, then whether a terminal reads. A file gets no colours. */
export function styleFor(choice: string | null, file: string | null, { stdout, env }: Surroundings): Style {
  if (choice === 'always') return coloured
  if (choice === 'never' || file !== null) return plain
  const { NO_COLOR: no, FORCE_COLOR: force } = env
  if (no !== undefined && no !== '') return plain
  if (force !== undefined && force !== '') return force === '0' ? plain : coloured
  return stdout.isTTY === true ? coloured : plain
}

/** Columns to wrap to. */
export function outputWidth(file: string | null, { stdout }: Surroundings): number {
  return file === null && stdout.isTTY === true ? Math.min(stdout.columns ?? 100, 120) : 100
}
