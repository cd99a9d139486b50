/**
 * Nothing in lib/ or rules/ uses `slice` of bytes. Of a Uint8Array it is a copy, of a Buffer a view, and a Buffer may stand wherever a Uint8Array is
 * asked for: what was kept then changes as soon as the buffer is used again. `subarray` is always a view, `Uint8Array.from` always a copy.
 *
 * The types are TypeScript's, by an interface that it calls unstable; package.json pins its version.
 */
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Node } from 'typescript/unstable/ast'
import { isPropertyAccessExpression } from 'typescript/unstable/ast/is'
import { API, type Checker, type Project, type Type } from 'typescript/unstable/sync'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** A line of code each, and whether it uses `slice` of bytes. */
const PLANTED: readonly (readonly [title: string, code: string, areBytes: boolean])[] = [
  ['bytes', '(it: Uint8Array) => it.slice(0, 64)', true],
  ['a buffer', '(it: Buffer) => it.slice(0, 64)', true],
  ['bytes that may be missing', '(it?: Uint8Array) => it?.slice(0, 64)', true],
  ['bytes or text', '(it: Uint8Array | string) => it.slice(0, 64)', true],
  ['whatever is bytes', '<Bytes extends Uint8Array>(it: Bytes) => it.slice(0, 64)', true],
  ['a field of bytes', '({ all }: { readonly all: Uint8Array }) => all.slice(0, 64)', true],
  ['bytes that a call returns', '() => Buffer.from("text").slice(0, 64)', true],
  ['bytes, without a call', '(it: Uint8Array) => it.slice', true],
  ['text', '(it: string) => it.slice(0, 64)', false],
  ['a list', '(it: readonly number[]) => it.slice(0, 64)', false],
  ['a list of bytes', '(it: readonly Uint8Array[]) => it.slice(0, 64)', false],
  ['nothing but a comment', '(it: Uint8Array) => it.length // it.slice(0, 64)', false],
]
const PLANTED_FILE = `${ROOT}lib/planted.ts`
const CONFIG_FILE = `${ROOT}tsconfig.planted.json`
/** Files that are not on disk. */
const FILES: Readonly<Record<string, string>> = {
  [PLANTED_FILE]: PLANTED.map(([, code], index) => `export const planted${index} = ${code}`).join('\n'),
  [CONFIG_FILE]: JSON.stringify({ extends: './tsconfig.json', include: ['lib', 'rules'], files: ['lib/planted.ts'] }),
}

/** Line numbers, from 1. */
function byteSlices(file: string, { program, checker }: Project): number[] {
  const source = program.getSourceFile(file)
  if (source === undefined) throw new Error(`${file} is not in the project`)
  if (!source.text.includes('slice')) return []
  return [...nodesIn(source)]
    .filter(isPropertyAccessExpression)
    .filter(({ name, expression }) => name.text === 'slice' && areBytes(checker.getTypeAtLocation(expression), checker))
    .map(({ name }) => source.text.slice(0, name.end).split('\n').length)
}

function* nodesIn(node: Node): Generator<Node> {
  const children: Node[] = []
  node.forEachChild(child => void children.push(child))
  for (const child of children) {
    yield child
    yield* nodesIn(child)
  }
}

/** Where it is a type parameter: what that extends. */
function areBytes(type: Type | undefined, checker: Checker): boolean {
  const apparent = type === undefined ? undefined : (checker.getApparentType(type) ?? type)
  if (apparent?.isUnionType() === true || apparent?.isIntersectionType() === true)
    return apparent.getTypes().some(part => areBytes(part, checker))
  return ['Uint8Array', 'Buffer'].includes(apparent?.getSymbol()?.name ?? '')
}

describe('slice of bytes', () => {
  let api: API
  let project: Project
  let files: readonly string[]
  beforeAll(() => {
    api = new API({ cwd: ROOT, fs: { readFile: name => FILES[name], fileExists: name => (name in FILES ? true : undefined) } })
    const opened = api.updateSnapshot({ openProjects: [CONFIG_FILE] }).getProject(CONFIG_FILE)
    if (opened === undefined) throw new Error('TypeScript does not open the project')
    project = opened
    files = project.program.getSourceFileNames().filter(name => name.startsWith(`${ROOT}lib/`) || name.startsWith(`${ROOT}rules/`))
  })
  afterAll(() => api.close())

  test('is used nowhere', () => {
    expect(files.length).toBeGreaterThan(100)
    const found = files
      .filter(name => name !== PLANTED_FILE)
      .flatMap(name => byteSlices(name, project).map(line => `${name.slice(ROOT.length)}:${line}`))
    expect(found).toEqual([])
  })

  test.each(PLANTED.map((row, index) => [row[0], index + 1, row[2]] as const))('is recognised: %s', (_, line, isFound) => {
    expect(byteSlices(PLANTED_FILE, project).includes(line)).toBe(isFound)
  })
})
