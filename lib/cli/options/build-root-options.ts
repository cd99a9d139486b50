/** The options that give a build root. */
import type { Options } from './option-spec.js'

export const BUILD_ROOT = {
  root: {
    kind: 'directory',
    isOnce: true,
    isNeverEmpty: true,
    description: 'A build root in the place of packages: the directory that %install filled',
  },
  package: { kind: 'text', isOnce: true, description: 'The package that the build root is for: NAME-[EPOCH:]VERSION-RELEASE[.ARCH]' },
} as const satisfies Options
