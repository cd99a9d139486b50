/** Inputs of the engine: paths, bytes, streams and build roots. */
import { resolve } from 'node:path'
import type { Identity } from '../facts/model.js'
import { targetsOf, type Target, type TargetContext } from '../io/targets.js'

export type TargetInput =
  /** A file, a directory (searched for packages), a pattern, or `-` for standard input if the engine was given one. */
  | string
  /** An RPM package or ELF file in memory or from a stream. `name` is its path in reports. */
  | { readonly name: string; readonly bytes: Uint8Array | AsyncIterable<Uint8Array> }
  /** A build root (%{buildroot}), and the identity of its package. */
  | { readonly buildRoot: string; readonly identity?: Identity | null }

/** In order; a path is listed once. */
export async function targetsFrom(inputs: readonly TargetInput[], context: TargetContext): Promise<Target[]> {
  const targets = new Map<string, Target>()
  for (const input of inputs) {
    for (const target of await targetsOfInput(input, context)) if (!targets.has(target.path)) targets.set(target.path, target)
  }
  return [...targets.values()]
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
