/** Documents that are generated, or that name things, are true. */
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { FORMATS } from '../lib/report/formats.js'
import { renderReference } from '../lib/report/rule-reference.js'
import { rules } from '../rules/index.js'

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

test('docs/formats.md has a section for every format, and README names them all', () => {
  const sections = [...read('docs/formats.md').matchAll(/^## (.*)$/gm)].map(([, name]) => name)
  expect(sections.toSorted()).toEqual(Object.keys(FORMATS).toSorted())
  for (const name of Object.keys(FORMATS)) expect(read('README.md')).toMatch(new RegExp(`^\\|.*\`${name}\`.*\\|$`, 'm'))
})

test('README names every rule’s severity no differently than the rule', () => {
  for (const { id, severity } of rules) expect(read('README.md')).toContain(`| \`${id}\` | ${severity} |`)
})

function isThere(path: string): boolean {
  try {
    readFileSync(new URL(`../${path}`, import.meta.url))
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EISDIR'
  }
}
