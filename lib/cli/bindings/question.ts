/** The question that `bindings` answers, as plain data: threads get a copy. */
import { resolve } from 'node:path'
import { UsageError } from '../../errors/check-error.js'
import { hwcapsHere } from '../../io/loader/hwcaps.js'
import { HWCAP_NAMES } from '../../link/processors.js'
import type { Libc } from '../../link/setup.js'
import { coloured } from '../../report/style.js'
import type { CommandLine } from '../command-line.js'
import { outputWidth, styleFor, type Destination } from '../output.js'
import type { Surroundings } from '../surroundings.js'

/** Names and paths for the loader are byte strings. */
export interface Question {
  /** The directory used as root; `null` for this machine's own file system, or for packages alone. */
  readonly root: string | null
  readonly packages: readonly string[]
  readonly libc: Libc | null
  readonly libraryPath: string | null
  readonly preload: string
  /** What the processor has beyond the baseline. */
  readonly hwcaps: readonly string[]
  readonly workingDirectory: string
  readonly bindsNow: boolean
  readonly prefersStrong: boolean
  /** Patterns; none for all symbols. */
  readonly symbols: readonly string[]
  readonly renderings: readonly Rendering[]
}

export interface Rendering {
  readonly format: 'text' | 'json'
  readonly isColoured: boolean
  readonly width: number
  readonly isQuiet: boolean
}

/** This machine's own file system, not a root or packages. */
export function isLocalSystem({ root, packages }: Pick<Question, 'root' | 'packages'>): boolean {
  return root === null && packages.length === 0
}

type Options = CommandLine<'bindings'>['options']

/** Throws `UsageError`. */
export function questionOf(
  options: Options,
  packages: readonly string[],
  destinations: readonly Destination[],
  surroundings: Surroundings,
): Question {
  const root = options.root === null ? null : resolve(surroundings.cwd, options.root)
  const isLocal = isLocalSystem({ root, packages })
  const libraryPath = options['library-path']
  return {
    root,
    packages,
    libc: options.libc,
    libraryPath: libraryPath === null || libraryPath === '' ? null : byteString(libraryPath),
    preload: byteString(options.preload ?? ''),
    hwcaps: hwcapsOf(options.hwcaps ?? (isLocal ? 'auto' : 'none')),
    workingDirectory: isLocal ? byteString(surroundings.cwd) : '',
    bindsNow: options['bind-now'],
    prefersStrong: options['dynamic-weak'],
    symbols: options.symbols,
    renderings: destinations.map(destination => renderingOf(destination, options, surroundings)),
  }
}

function hwcapsOf(text: string): readonly string[] {
  if (text === 'auto') return hwcapsHere()
  if (text === 'none') return []
  const names = text.split(/[:,]/).filter(name => name !== '')
  const unknown = names.find(name => !HWCAP_NAMES.includes(name))
  if (unknown !== undefined) throw new UsageError(`--hwcaps: unknown name ${unknown}; known: ${HWCAP_NAMES.join(', ')}`)
  return names
}

function renderingOf({ format, file }: Destination, options: Options, surroundings: Surroundings): Rendering {
  return {
    format: format === 'json' ? 'json' : 'text',
    isColoured: styleFor(options.color, file, surroundings) === coloured,
    width: outputWidth(file, surroundings),
    isQuiet: options.quiet,
  }
}

export function byteString(text: string): string {
  return Buffer.from(text).toString('latin1')
}
