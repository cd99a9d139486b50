/** Inputs of the engine: paths, bytes, streams and build roots. */
import { resolve } from 'node:path'
import { UsageError } from '../errors/check-error.js'
import type { Identity } from '../facts/model.js'
import { targetsOf, type Target, type TargetContext } from '../io/targets.js'

export type TargetInput =
  /** A file, a directory (searched for packages), a pattern, or `-` for standard input if the engine was given one. */
  | string
  /** An RPM package or ELF file in memory or from a stream. `name` is its path in reports, and must be unique. */
  | { readonly name: string; readonly bytes: Uint8Array | AsyncIterable<Uint8Array> }
  /** A build root (%{buildroot}), and the identity of its package. */
  | { readonly buildRoot: string; readonly identity?: Identity | null }

/** In order; a path is listed once, and not at all if it is one of `known`. Throws `UsageError` for different inputs of one name, which would replace each other. */
export async function targetsFrom(
  inputs: readonly TargetInput[],
  context: TargetContext,
  known: readonly Target[] = [],
): Promise<Target[]> {
  // A string is a list of its characters, and / would be searched for packages.
  if (typeof (inputs as unknown) === 'string') throw new UsageError('inputs must be a list of paths, not a path')
  const targets = new Map(known.map(target => [target.path, target]))
  for (const input of inputs) for (const target of await targetsOfInput(input, context)) add(target, targets)
  return [...targets.values()].slice(known.length)
}

function add(target: Target, targets: Map<string, Target>): void {
  const known = targets.get(target.path)
  if (known === undefined) targets.set(target.path, target)
  else if (contentOf(known) !== contentOf(target)) throw new UsageError(`two inputs are named ${target.path}`)
}

/** What a target brings along; files are read from their path. */
function contentOf(target: Target): unknown {
  if (target.kind === 'bytes') return target.bytes
  return target.kind === 'stream' ? target.stream : null
}

async function targetsOfInput(input: TargetInput, context: TargetContext): Promise<Target[]> {
  if (typeof input === 'string') return targetsOf([input], context)
  if ('buildRoot' in input) return [buildRoot(input.buildRoot, input.identity ?? null, context)]
  const { name: path, bytes } = input
  return [bytes instanceof Uint8Array ? { kind: 'bytes', path, bytes } : { kind: 'stream', path, stream: bytes }]
}

function buildRoot(path: string, identity: Identity | null, { directory }: TargetContext): Target {
  return { kind: 'build-root', path, directory: resolve(directory, path), identity }
}
