/** The targets of a command line: its paths, or a build root. */
import type { TargetInput } from '../engine/target-input.js'
import { UsageError } from '../errors/check-error.js'
import type { Identity } from '../facts/model.js'
import { parseNevra } from '../rpm/parse-nevra.js'
import type { BUILD_ROOT } from './options/build-root-options.js'
import type { ValuesOf } from './options/option-spec.js'

interface Line {
  readonly operands: readonly string[]
  readonly options: ValuesOf<typeof BUILD_ROOT>
}

/** Throws `UsageError` for conflicting options. */
export function targetsOfLine({ operands, options }: Line): readonly TargetInput[] {
  const { root, package: name } = options
  if (root === null) {
    if (name !== null) throw new UsageError('--package needs --root')
    return operands
  }
  // Packages and a build root in one run would share one exit status.
  if (operands.length > 0) throw new UsageError(`--root cannot be combined with paths: ${operands[0]}`)
  return [{ buildRoot: root, identity: name === null ? null : identityFrom(name) }]
}

function identityFrom(name: string): Identity {
  const identity = parseNevra(name)
  if (identity === null) throw new UsageError(`--package ${name}: not of the form NAME-[EPOCH:]VERSION-RELEASE[.ARCH]`)
  return identity
}
