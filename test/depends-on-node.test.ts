/** The list of what CI runs on newer Nodes: a suite that was renamed would otherwise be left out, and nobody would notice. */
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const filesBelow = (folder: string, end: string): string[] =>
  readdirSync(ROOT + folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith(end))
    .map(name => `${folder}/${name}`)

const LINE = /^(test\/\S+) +\S/
const lines = readFileSync(`${ROOT}.ci/depends-on-node`, 'utf8').split('\n')
const listed = lines.flatMap(line => LINE.exec(line)?.[1] ?? [])

/** The same on every Node. */
const LASTING = new Set(['crypto', 'os', 'path', 'url'])

test('every line is prose above the list, or a path and a reason', () => {
  const start = lines.indexOf('') + 1
  expect(lines.slice(start).filter(line => line !== '' && !LINE.test(line))).toEqual([])
  expect(listed.length).toBeGreaterThan(0)
})

test.each(listed)('%s has tests', path => {
  expect(filesBelow('test', '.test.ts').filter(name => name.startsWith(path))).not.toEqual([])
})

test('every floor that asks Node for what may change has tests in the list', () => {
  const floors = filesBelow('lib', '.ts').filter(name =>
    [...readFileSync(ROOT + name, 'utf8').matchAll(/from 'node:([\w/]+)'/g)].some(([, module = '']) => !LASTING.has(module)),
  )
  const unlisted = floors.filter(name => {
    const [, floor = ''] = name.split('/')
    return !listed.some(path => path.startsWith(`test/${floor}`))
  })
  expect(unlisted).toEqual([])
})
