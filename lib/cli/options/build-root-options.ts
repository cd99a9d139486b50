/** The options for a build root. */
import type { Options } from './option-spec.js'

export const BUILD_ROOT = {
  root: {
    kind: 'directory',
    isOnce: true,
    isNeverEmpty: true,
    description: 'Examine a build root (%{buildroot}) instead of packages',
  },
  package: {
    kind: 'text',
    placeholder: 'NEVRA',
    isOnce: true,
    description: 'Package that the build root belongs to: NAME-[EPOCH:]VERSION-RELEASE[.ARCH]',
  },
} as const satisfies Options
