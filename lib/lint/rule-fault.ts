/** Validates a rule at run time: types do not cover dynamically loaded modules. */
import { MOST_SEVERE_FIRST } from './finding.js'
import { optionError, type OptionDeclaration } from './options.js'

const SCOPES: readonly unknown[] = ['package', 'object', 'archive']
const OPTION_KINDS = new Set<OptionDeclaration['kind']>(['names', 'count', 'flag'])
const ID = /^[a-z][a-z0-9-]*$/

/** Why it is not a valid rule, as a sentence, or `null`. */
export function ruleFault(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return `${String(value)} is not a rule`
  const rule = value as Readonly<Record<string, unknown>>
  const { id } = rule
  if (typeof id !== 'string' || !ID.test(id)) return `${JSON.stringify(id)} is not a valid rule id (lower-case words joined by hyphens)`
  if (!SCOPES.includes(rule['scope'])) return `${id}: scope must be one of ${SCOPES.join(', ')}`
  if (!MOST_SEVERE_FIRST.some(severity => severity === rule['severity']))
    return `${id}: severity must be one of ${MOST_SEVERE_FIRST.join(', ')}`
  const missing = ['summary', 'why', 'remedy'].find(key => typeof rule[key] !== 'string')
  if (missing !== undefined) return `${id}: ${missing} must be a string`
  if (!Array.isArray(rule['references'])) return `${id}: references must be a list`
  const table = ['messages', 'options'].find(key => typeof rule[key] !== 'object' || rule[key] === null)
  if (table !== undefined) return `${id}: ${table} must be an object`
  const fault = partFault(rule as unknown as Parts)
  if (fault !== null) return `${id}: ${fault}`
  return typeof rule['check'] === 'function' ? null : `${id}: check must be a function`
}

interface Parts {
  readonly references: readonly unknown[]
  readonly messages: Readonly<Record<string, unknown>>
  readonly formerIds?: unknown
  readonly options: Readonly<Record<string, unknown>>
}

function partFault({ references, messages, formerIds = [], options }: Parts): string | null {
  if (!references.every(isText)) return 'references must be strings'
  if (!Object.values(messages).every(isText)) return 'messages must be strings'
  if (!Array.isArray(formerIds) || !formerIds.every(isText)) return 'formerIds must be a list of strings'
  const wrong = Object.entries(options).find(([, option]) => !isOption(option))
  return wrong === undefined ? null : `option ${wrong[0]} has no valid kind and default`
}

function isText(value: unknown): boolean {
  return typeof value === 'string'
}

function isOption(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const option = value as OptionDeclaration
  return OPTION_KINDS.has(option.kind) && optionError(option, option.default) === null
}
