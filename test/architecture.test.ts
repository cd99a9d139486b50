/** Imports point down, and what touches the world stays on the upper floors. Checks source text, so that nothing has to run. */
import { readFileSync, readdirSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'

/** Floor of each folder or file; the longest prefix counts. */
const FLOORS: Readonly<Record<string, number>> = {
  'lib/bytes/': 0,
  'lib/errors/': 0,
  'lib/limits/': 0,
  'lib/rpm/': 1,
  'lib/cpio/': 1,
  'lib/archive/': 1,
  'lib/elf/': 1,
  'lib/link/': 2,
  'lib/catalogue/': 2,
  'lib/facts/': 3,
  'lib/interposition/': 3.5,
  'lib/lint/': 4,
  'lib/plugin-api.ts': 5,
  'lib/testing.ts': 5,
  'rules/': 6,
  'lib/report/': 6,
  'lib/io/': 7,
  'lib/engine/': 8,
  'lib/index.ts': 9,
  'lib/cli/': 9,
  'lib/action/': 10,
  'package.json': 0, // name and version
}

/** The floor from which on the world may be touched: files, streams, processes, clocks, chance. */
const WORLD = 7
const CLI = 9

/** Where a module of Node or of npm may be imported, by the lowest floor; what is not here may be nowhere. */
const OUTSIDE: Readonly<Record<string, number>> = {
  'node:crypto': 4,
  'node:util': WORLD,
  'node:os': CLI,
  'node:worker_threads': WORLD,
  'node:fs': WORLD,
  'node:fs/promises': WORLD,
  'node:path': WORLD,
  'node:stream': WORLD,
  'node:zlib': WORLD,
  'node:module': WORLD,
  'node:url': WORLD,
  'node:diagnostics_channel': WORLD,
  'node:vm': WORLD, // a search that can be stopped
  'node-liblzma/wasm/liblzma.js': WORLD,
  fzstd: WORLD,
  yauzl: WORLD,
  tinyglobby: WORLD,
  'smol-toml': 4,
  sarif: 6, // types alone
  yargs: CLI,
}

/** Imports of one file alone. */
const OUTSIDE_OF: Readonly<Record<string, string>> = {
  'node:net': 'lib/io/named-pipe.ts', // no file connects to anything
}

interface Import {
  readonly target: string
  readonly isTypeOnly: boolean
  /** `import()`: found when it runs, so it makes no cycle of loading. */
  readonly isDynamic: boolean
}

type Sources = ReadonlyMap<string, string>

const ROOT = fileURLToPath(new URL('..', import.meta.url))

function projectSources(): Sources {
  const files = ['lib', 'rules'].flatMap(folder =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map(name => `${folder}/${name}`),
  )
  return new Map(files.filter(name => name.endsWith('.ts')).map(name => [name, readFileSync(join(ROOT, name), 'utf8')]))
}

function importsOf(file: string, text: string): Import[] {
  const code = withoutComments(text)
  const resolve = (target: string): string =>
    target.startsWith('.') ? posix.join(posix.dirname(file), target).replace(/\.js$/, '.ts') : target
  const named = [...code.matchAll(/^(?:import|export)\s+(type\s)?[^;'"()]*?from\s+['"]([^'"]+)['"]/gm)]
  const bare = [...code.matchAll(/^import\s+['"]([^'"]+)['"]/gm)]
  const dynamic = [...code.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)]
  return [
    ...named.map(([, type, target = '']) => ({ target: resolve(target), isTypeOnly: type !== undefined, isDynamic: false })),
    ...bare.map(([, target = '']) => ({ target: resolve(target), isTypeOnly: false, isDynamic: false })),
    ...dynamic.map(([, target = '']) => ({ target: resolve(target), isTypeOnly: false, isDynamic: true })),
  ]
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')
}

function placeOf(file: string): string | null {
  const places = Object.keys(FLOORS).filter(place => file.startsWith(place))
  return places.sort((a, b) => b.length - a.length)[0] ?? null
}

function floorOf(file: string): number {
  return FLOORS[placeOf(file) ?? ''] ?? Number.NaN
}

/** Folders of one floor that may see each other, or what lies above them, with the reason. */
function isExcepted(file: string, target: string): boolean {
  const from = placeOf(file)
  const to = placeOf(target)
  const areBothGround = floorOf(file) === 0 && floorOf(target) === 0 // small, and used by all
  const isFromTheTop = to === 'rules/' && ['lib/cli/', 'lib/engine/', 'lib/index.ts'].includes(from ?? '')
  return from === to || areBothGround || isFromTheTop
}

function directionFaults(sources: Sources): string[] {
  const faults: string[] = []
  for (const [file, text] of sources) {
    if (placeOf(file) === null) faults.push(`${file}: on no floor`)
    for (const { target } of importsOf(file, text)) {
      const fault =
        target.startsWith('lib/') || target.startsWith('rules/') || target.endsWith('.json') ? inside(file, target) : outside(file, target)
      if (fault !== null) faults.push(`${file}: imports ${target}, ${fault}`)
    }
  }
  return faults
}

function inside(file: string, target: string): string | null {
  if (isExcepted(file, target)) return null
  if (placeOf(target) === null) return 'which is on no floor'
  if (placeOf(target) === 'rules/') return 'and only engine, cli and index know rules'
  if (placeOf(file) === 'rules/' && file !== 'rules/index.ts' && target !== 'lib/plugin-api.ts') return 'and a rule knows plugin-api alone'
  if (floorOf(target) === floorOf(file)) return 'a sibling'
  return floorOf(target) < floorOf(file) ? null : 'which is above it'
}

function outside(file: string, target: string): string | null {
  if (OUTSIDE_OF[target] === file) return null
  const lowest = OUTSIDE[target]
  if (lowest === undefined) return 'which nothing may'
  return floorOf(file) >= lowest ? null : `which begins on floor ${lowest}`
}

/** A module-level binding that changes: state that outlives a run. */
function stateFaults(sources: Sources): string[] {
  return [...sources]
    .filter(([, text]) => /^(?:export )?(?:let|var)\s/m.test(withoutComments(text)))
    .map(([file]) => `${file}: module-level let`)
}

const WORLDLY = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.now\(|\bprocess\b(?!\w)|\bglobalThis\b/

function worldFaults(sources: Sources): string[] {
  return [...sources]
    .filter(([file, text]) => floorOf(file) < WORLD && WORLDLY.test(withoutStrings(withoutComments(text))))
    .map(([file]) => `${file}: knows clock, chance or process`)
}

function withoutStrings(code: string): string {
  return code.replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\$]|\\.|\$(?!\{))*`/g, "''")
}

/** Each cycle of imports, by its files; those of types too. `import()` makes none: it is found when it runs. */
function cycles(sources: Sources): string[] {
  const done = new Set<string>()
  const found: string[] = []
  const visit = (file: string, trail: readonly string[]): void => {
    if (trail.includes(file)) found.push([...trail.slice(trail.indexOf(file)), file].join(' > '))
    if (trail.includes(file) || done.has(file)) return
    const text = sources.get(file)
    const loaded = text === undefined ? [] : importsOf(file, text).filter(({ isDynamic }) => !isDynamic)
    for (const { target } of loaded) visit(target, [...trail, file])
    done.add(file)
  }
  for (const file of sources.keys()) visit(file, [])
  return found
}

const sources = projectSources()

describe('the source tree', () => {
  test('is read completely', () => {
    expect(sources.size).toBeGreaterThan(100)
    const count = [...sources].reduce((sum, [file, text]) => sum + importsOf(file, text).length, 0)
    const words = [...sources.values()].join('\n').match(/^(import|export)\b.* from '|^\} from '|\bimport\('/gm)?.length
    expect(count).toBe(words)
  })
  test('has imports that point down', () => expect(directionFaults(sources)).toEqual([]))
  test('has no module-level let', () => expect(stateFaults(sources)).toEqual([]))
  test('keeps clock, chance and environment on the upper floors', () => expect(worldFaults(sources)).toEqual([]))
  test('has no import cycles', () => expect(cycles(sources)).toEqual([]))
})

describe('the check', () => {
  const planted = (file: string, ...lines: readonly string[]): Sources => new Map([[file, lines.join('\n')]])

  test.each([
    ['a floor above', 'lib/elf/x.ts', "import { a } from '../facts/model.js'"],
    ['a floor above, types only', 'lib/elf/x.ts', "import type { A } from '../facts/model.js'"],
    ['a floor above, passed on', 'lib/elf/x.ts', "export { a } from '../facts/model.js'"],
    ['a floor above, over several lines', 'lib/elf/x.ts', "import {\n  a,\n  b,\n} from '../facts/model.js'"],
    ['a floor above, when it runs', 'lib/elf/x.ts', "const a = await import('../facts/model.js')"],
    ['a floor above, for its effect', 'lib/elf/x.ts', "import '../facts/model.js'"],
    ['a sibling', 'lib/rpm/x.ts', "import { a } from '../cpio/entry.js'"],
    ['more than plugin-api from a rule', 'rules/x.ts', "import { a } from '../lib/lint/rule.js'"],
    ['a rule from a report', 'lib/report/x.ts', "import { a } from '../../rules/index.js'"],
    ['a rule from plugin-api', 'lib/plugin-api.ts', "import { a } from '../rules/index.js'"],
    ['files below io', 'lib/lint/x.ts', "import { readFileSync } from 'node:fs'"],
    ['a decompressor below io', 'lib/facts/x.ts', "import { inflate } from 'fzstd'"],
    ['yargs below cli', 'lib/io/x.ts', "import yargs from 'yargs'"],
    ['the action from the program', 'lib/cli/x.ts', "import { a } from '../action/action.js'"],
    ['processes anywhere', 'lib/cli/x.ts', "import { spawn } from 'node:child_process'"],
    ['test code', 'lib/io/x.ts', "import { a } from '../../test/support/scan.js'"],
  ])('sees %s', (_, file, text) => expect(directionFaults(planted(file, text))).toHaveLength(1))

  test.each([
    ['a floor below', 'lib/facts/x.ts', "import { a } from '../elf/image.js'"],
    ['the same folder', 'lib/elf/x.ts', "import { a } from './image.js'"],
    ['plugin-api from a rule', 'rules/x.ts', "import { a } from '../lib/plugin-api.js'"],
    ['the catalogue from the list of rules', 'rules/index.ts', "import { a } from '../lib/catalogue/catalogue.js'"],
    ['another rule’s file', 'rules/x.ts', "import { a } from './y.js'"],
    ['rules from cli', 'lib/cli/x.ts', "import { rules } from '../../rules/index.js'"],
    ['an import in a comment', 'lib/elf/x.ts', "// import { a } from '../facts/model.js'"],
  ])('accepts %s', (_, file, text) => expect(directionFaults(planted(file, text))).toEqual([]))

  test('sees a folder that is on no floor', () =>
    expect(directionFaults(planted('lib/utils/x.ts'))).toEqual(['lib/utils/x.ts: on no floor']))

  test('sees module-level let, and not a function’s', () => {
    expect(stateFaults(planted('lib/io/x.ts', 'export let count = 0'))).toHaveLength(1)
    expect(stateFaults(planted('lib/io/x.ts', 'function f() {', '  let count = 0', '}'))).toEqual([])
  })

  test('sees the clock, chance and the environment, and not the words for them', () => {
    for (const code of ['Date.now()', 'Math.random()', 'process.env.HOME', 'new Date()'])
      expect(worldFaults(planted('lib/lint/x.ts', `export const a = ${code}`))).toHaveLength(1)
    for (const code of ["'the process ends'", 'processed', '1 // process.env'])
      expect(worldFaults(planted('lib/lint/x.ts', `export const a = ${code}`))).toEqual([])
    expect(worldFaults(planted('lib/io/x.ts', 'export const a = process.env'))).toEqual([])
  })

  test('sees a cycle, also one of types alone', () => {
    const pair = (kind: string): Sources =>
      new Map([
        ['lib/io/a.ts', "import { b } from './b.js'"],
        ['lib/io/b.ts', `import ${kind}{ a } from './a.js'`],
      ])
    expect(cycles(pair(''))).toEqual(['lib/io/a.ts > lib/io/b.ts > lib/io/a.ts'])
    expect(cycles(pair('type '))).toHaveLength(1)
  })
})
