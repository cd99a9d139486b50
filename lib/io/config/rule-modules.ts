/**
 * Third-party rules: modules named in the settings or on the command line, never anything from a package.
 *
 * A module is a file, relative to where it was named, or a package that is installed there. It exports rules, made with `defineRule`, as `rules` or as its
 * default export: one, or a list.
 */
import { createRequire } from 'node:module'
import { isAbsolute, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { UsageError } from '../../errors/check-error.js'
import type { AnyRule } from '../../lint/rule.js'
import { ruleFault } from '../../lint/rule-fault.js'
import { isNamedPipe } from '../named-pipe-output.js'
import { reasonOf } from '../os-error.js'

/** `known` and the rules of the modules. `directory` is absolute. Throws `UsageError` for a module that cannot be loaded, a value that is not a rule, and a duplicate id. */
export async function loadRules(modules: readonly string[], directory: string, known: readonly AnyRule[]): Promise<readonly AnyRule[]> {
  const rules = [...known]
  for (const specifier of modules) {
    for (const rule of await rulesOf(specifier, directory)) {
      const clash = rules.find(({ id, formerIds = [] }) => [id, ...formerIds].includes(rule.id))
      if (clash !== undefined) throw new UsageError(`rules from ${specifier}: rule ${rule.id} is already defined`)
      rules.push(rule)
    }
  }
  return rules
}

async function rulesOf(specifier: string, directory: string): Promise<readonly AnyRule[]> {
  const exported = await importModule(specifier, directory)
  const rules = [exported['rules'] ?? exported['default'] ?? []].flat() as readonly unknown[]
  if (rules.length === 0)
    throw new UsageError(`rules from ${specifier}: no rules exported; export them as \`rules\` or as the default export`)
  for (const rule of rules) {
    const fault = ruleFault(rule)
    if (fault !== null) throw new UsageError(`rules from ${specifier}: ${fault}`)
  }
  return (rules as readonly AnyRule[]).map(rule => loaded(rule, specifier))
}

/** A plain object with the module in it: a rule may be an instance of a class, whose fields a spread would lose. */
function loaded(rule: AnyRule, module: string): AnyRule {
  const { id, formerIds, scope, severity, summary, why, remedy, doesNotHelp, references, messages, options } = rule
  return {
    id,
    scope,
    severity,
    summary,
    why,
    remedy,
    references,
    messages,
    options,
    module,
    ...(formerIds === undefined ? {} : { formerIds }),
    ...(doesNotHelp === undefined ? {} : { doesNotHelp }),
    check: (subject, given) => rule.check(subject, given),
  }
}

async function importModule(specifier: string, directory: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    const place = placeOf(specifier, directory)
    // Node.js would wait for the writer in a call that no signal ends.
    if (isNamedPipe(place)) throw new Error('is a named pipe')
    return (await import(pathToFileURL(place).href)) as Readonly<Record<string, unknown>>
  } catch (error) {
    throw new UsageError(`cannot load rules from ${specifier}: ${reasonOf(error).split('\n')[0] ?? ''}`, null, null, { cause: error })
  }
}

/** `./acme.js`, `rules/acme.js` and `/srv/acme.js` are files; everything else is a package. */
function placeOf(specifier: string, directory: string): string {
  const isFile = specifier.startsWith('.') || isAbsolute(specifier) || /\.[cm]?js$/.test(specifier)
  return isFile ? resolve(directory, specifier) : createRequire(join(directory, 'settings')).resolve(specifier)
}
