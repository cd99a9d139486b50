/** Documents that are generated, or that name things, are true. */
import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { globSync } from 'tinyglobby'
import { COMMANDS } from '../lib/cli/commands.js'
import { FORMATS } from '../lib/report/formats.js'
import { renderReference, renderRuleTable } from '../lib/report/rule-reference.js'
import { rules } from '../rules/index.js'
import { command } from './support/command.js'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')

test('docs/rules.md is what the rules say (npm run docs)', () => expect(read('docs/rules.md')).toBe(renderReference(rules)))

test('every file and folder that ARCHITECTURE.md and CONTRIBUTING.md name is there', () => {
  for (const document of ['ARCHITECTURE.md', 'CONTRIBUTING.md']) {
    const named = [...read(document).matchAll(/`((?:lib|rules|test|docs|scripts|bench|sample-rpms)\/[\w./-]*)`/g)].map(
      match => match[1] ?? '',
    )
    expect(named.length).toBeGreaterThan(3)
    for (const path of named) expect({ document, path, isThere: isThere(path) }).toEqual({ document, path, isThere: true })
  }
})

test('docs/formats.md has a section for every format, and README lists them all', () => {
  const sections = [...read('docs/formats.md').matchAll(/^## (.*)$/gm)].map(([, name = '']) => name)
  expect(sections.toSorted()).toEqual(Object.keys(FORMATS).toSorted())
  for (const name of Object.keys(FORMATS)) expect(read('README.md')).toContain(`\`${name}\``)
})

test('README has the table of the rules (npm run docs)', () =>
  expect(read('README.md')).toContain(`\n${renderRuleTable(rules, 'docs/rules.md')}\n`))

test('README shows every command', () => {
  for (const { name } of COMMANDS) expect(read('README.md')).toMatch(new RegExp(`^rpmlint-ts ${name}\\b`, 'm'))
})

test('README is short enough to be read', () => expect(read('README.md').split('\n').length).toBeLessThanOrEqual(150))

test('README shows what check prints; … stands for lines that are left out', async () => {
  const [, folder = '', words = '', shown = ''] = /^\$ cd (.*)\n\$ npx rpmlint-ts (.*)\n([^]*?)\n```$/m.exec(read('README.md')) ?? []
  const { status, out } = await command(words.split(' '), { cwd: join(ROOT, folder) })
  const pieces = shown.split('\n…\n').map(piece => `${piece}\n`)
  const places = pieces.map(piece => `\n${out}`.indexOf(`\n${piece}`))
  expect({ status, pieces: pieces.length }).toEqual({ status: 1, pieces: 4 })
  expect(places).not.toContain(-1)
  expect(places).toEqual(places.toSorted((a, b) => a - b))
})

describe('links between documents', () => {
  const documents = globSync('**/*.md', {
    cwd: ROOT,
    dot: true,
    ignore: ['**/node_modules', 'dist', 'coverage', 'test/report/golden'],
  }).toSorted()

  test('are looked for in all of them', () =>
    expect(documents).toEqual(expect.arrayContaining(['README.md', 'ARCHITECTURE.md', 'docs/rules.md', 'docs/pipelines/README.md'])))

  test.each(documents)('of %s lead somewhere', document => expect(brokenLinks(document)).toEqual([]))

  test('lead to every page there is', () => {
    const reached = new Set(documents.flatMap(document => linksOf(document).map(({ path }) => path)))
    expect(documents.filter(document => document !== 'README.md' && !reached.has(document))).toEqual([])
  })
})

interface Link {
  /** From the root of the checkout. */
  readonly path: string
  readonly heading: string | null
}

/** To files, not to the network. */
function linksOf(document: string): Link[] {
  const targets = [...read(document).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target)
  return targets.filter(target => !target.includes(':')).map(target => linkTo(target, document))
}

function linkTo(target: string, document: string): Link {
  const [file = '', heading = null] = target.split('#')
  return { path: file === '' ? document : posix.join(posix.dirname(document), file), heading }
}

function brokenLinks(document: string): Link[] {
  return linksOf(document).filter(
    ({ path, heading }) => !existsSync(join(ROOT, path)) || (heading !== null && !headingsOf(path).includes(heading)),
  )
}

/** As GitHub makes anchors of them. */
function headingsOf(document: string): string[] {
  return [...read(document).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

function isThere(path: string): boolean {
  try {
    readFileSync(new URL(`../${path}`, import.meta.url))
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EISDIR'
  }
}
