/**
 * No list of hostile length is spread into the arguments of a call: `push(...list)` and `Math.max(...list)` put it on the stack, and 120,000 elements
 * overflow that. Where a list is short for another reason, it is here.
 */
import { describe, expect, test } from '@jest/globals'
import { nodesOf, nodesOfFile, sourceFiles } from './support/source-tree.js'

const OF_THE_USER = 'as long as a file of the user'
const CATALOGUE = 'as long as a list of the catalogue'
const OURS = 'as long as a list in our code'

/** By file and function: why the list is short. */
const REASONS: Readonly<Record<string, string>> = {
  'lib/bytes/literal-search.ts min': CATALOGUE,
  'lib/cli/commands.ts max': OURS,
  'lib/elf/dynamic-view.ts min': 'one for each of a few tags',
  'lib/elf/table-ranges.ts min': 'one for each of a few tags',
  'lib/engine/check-packages.ts apply': 'a method of ours',
  'lib/interposition/interpositions.ts max': 'three',
  'lib/io/debug.ts format': OURS,
  'lib/io/package/nested.ts readAr': OURS,
  'lib/io/package/nested.ts readTar': OURS,
  'lib/io/package/nested.ts readZip': OURS,
  'lib/lint/dating.ts max': CATALOGUE,
  'lib/lint/parse-settings.ts push': OF_THE_USER,
  'lib/lint/rpmlint/parse-rpmlintrc.ts push': 'one, or none',
  'lib/lint/suppression/parse-waivers.ts push': OF_THE_USER,
  'lib/report/rule-reference.ts max': OURS,
}

interface Argument {
  readonly spread: object | null
}

interface Callee {
  readonly value?: string
  readonly property?: { readonly value?: string }
}

/** Names of the functions that are called with a list as arguments. */
function spreadCalls(nodes: ReturnType<typeof nodesOf>): string[] {
  const calls = nodes.filter(({ type }) => type === 'CallExpression' || type === 'NewExpression')
  return calls.flatMap(call => {
    const callee = call['callee'] as Callee
    const name = callee.property?.value ?? callee.value ?? '?'
    const isSpread = ((call['arguments'] ?? []) as Argument[]).some(({ spread }) => spread !== null && spread !== undefined)
    return isSpread || name === 'apply' ? [name] : []
  })
}

describe('lists as arguments', () => {
  test('are short for a reason', () => {
    const found = sourceFiles().flatMap(file => spreadCalls(nodesOfFile(file)).map(name => `${file} ${name}`))
    expect([...new Set(found)].sort()).toEqual(Object.keys(REASONS).sort())
  })

  test.each([
    ['Math.max(...list)', ['max']],
    ['all.push(1, ...list)', ['push']],
    ['new Thing(...list)', ['Thing']],
    ['String.fromCharCode.apply(null, list)', ['apply']],
    ['f([...list], { ...table })', []],
  ])('are found in %s', (code, names) => expect(spreadCalls(nodesOf(code))).toEqual(names))
})
