/** What `bindings` was asked, as plain data: threads get a copy of it. */
import { hwcapsHere } from '../../io/loader/hwcaps.js'
import type { Libc } from '../../link/setup.js'
import { coloured } from '../../report/style.js'
import type { CommandLine } from '../command-line.js'
import { outputWidth, styleFor, type Destination } from '../output.js'

/** Names and paths that a loader sees are byte strings. */
export interface Question {
  /** A folder that is taken for the root; `null` for this machine's own disk, or for packages that stand alone. */
  readonly root: string | null
  readonly packages: readonly string[]
  readonly libc: Libc | null
  readonly libraryPath: string | null
  readonly preload: string
  /** Subdirectories of glibc-hwcaps, best first. */
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

/** This machine's own disk, rather than a root or packages. */
export function isHere({ root, packages }: Pick<Question, 'root' | 'packages'>): boolean {
  return root === null && packages.length === 0
}

export function questionOf(options: CommandLine['options'], packages: readonly string[], destinations: readonly Destination[]): Question {
  const root = textOrNull(options['root'])
  const isOnThisDisk = isHere({ root, packages })
  const libraryPath = textOrNull(options['library-path'])
  const hwcaps = textOrNull(options['hwcaps']) ?? (isOnThisDisk ? 'auto' : 'none')
  return {
    root,
    packages,
    libc: textOrNull(options['libc']) as Libc | null,
    libraryPath: libraryPath === null || libraryPath === '' ? null : byteString(libraryPath),
    preload: byteString(textOrNull(options['preload']) ?? ''),
    hwcaps: hwcaps === 'auto' ? hwcapsHere() : hwcaps === 'none' ? [] : hwcaps.split(/[:,]/).filter(name => name !== ''),
    workingDirectory: isOnThisDisk ? byteString(process.cwd()) : '',
    bindsNow: options['bind-now'] === true,
    prefersStrong: options['dynamic-weak'] === true,
    symbols: manyOf(options['symbols']),
    renderings: destinations.map(destination => renderingOf(destination, options)),
  }
}

function renderingOf({ format, file }: Destination, options: CommandLine['options']): Rendering {
  return {
    format: format === 'json' ? 'json' : 'text',
    isColoured: styleFor(textOrNull(options['color']) ?? undefined, file) === coloured,
    width: outputWidth(file),
    isQuiet: options['quiet'] === true,
  }
}

export function manyOf(value: CommandLine['options'][string]): readonly string[] {
  return Array.isArray(value) ? (value as readonly string[]) : []
}

export function textOrNull(value: CommandLine['options'][string]): string | null {
  return typeof value === 'string' ? value : null
}

export function byteString(text: string): string {
  return Buffer.from(text).toString('latin1')
}
