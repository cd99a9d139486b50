/** The option for third-party rules. */
import type { Options } from './option-spec.js'

export const RULES_FROM = {
  'rules-from': {
    kind: 'list',
    of: 'path',
    placeholder: 'MODULE',
    description: 'Module with further rules, made with defineRule of rpmlint-ts/plugin-api; may be repeated',
  },
} as const satisfies Options
