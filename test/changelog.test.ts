/** CHANGELOG.md has the form of Keep a Changelog, and a place for the next change. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')

interface Section {
  readonly title: string
  readonly body: string
}

const KINDS = new Set(['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'])

function sectionsOf(changelog: string): Section[] {
  const [, ...sections] = changelog.split(/^## /m)
  return sections.map(section => {
    const end = section.indexOf('\n')
    return { title: section.slice(0, end), body: section.slice(end + 1) }
  })
}

function faultsOf(changelog: string, version: string): string[] {
  const sections = sectionsOf(changelog)
  const titles = sections.map(({ title }) => title)
  const isKnown = titles.some(title => title === version || title.startsWith(`${version} - `))
  return [
    ...(titles[0] === 'Unreleased' ? [] : ['Unreleased does not come first']),
    ...(isKnown ? [] : [`no section for ${version}`]),
    ...titles.slice(1).filter(title => !/^\d+\.\d+\.\d+( - \d{4}-\d\d-\d\d)?$/.test(title)),
    ...sections.flatMap(({ body }) => [...body.matchAll(/^### (.*)$/gm)].map(([, kind = '']) => kind)).filter(kind => !KINDS.has(kind)),
    ...sections.filter(({ body }) => /^- /m.test(body.split(/^### /m)[0] ?? '')).map(({ title }) => `${title}: a change of no kind`),
  ]
}

describe('CHANGELOG.md', () => {
  const { version } = JSON.parse(read('package.json')) as { readonly version: string }
  const sound = `# Changelog\n\n## Unreleased\n\n## 1.2.0 - 2026-12-01\n### Added\n- one\n\n## 1.1.0\n`

  test('has a section for the next release, and one for this', () => expect(faultsOf(read('CHANGELOG.md'), version)).toEqual([]))

  test('may have dates', () => expect(faultsOf(sound, '1.2.0')).toEqual([]))

  test.each([
    ['without Unreleased', sound.replace('## Unreleased', ''), ['Unreleased does not come first']],
    ['without this version', sound.replace('1.2.0', '1.2.1'), ['no section for 1.2.0']],
    ['with a title that is no version', sound.replace('1.1.0', 'Before'), ['Before']],
    ['with a date of another form', sound.replace('2026-12-01', '1.12.2026'), ['1.2.0 - 1.12.2026']],
    ['with a kind of its own', sound.replace('### Added', '### New'), ['New']],
    ['with a change of no kind', sound.replace('### Added\n', ''), ['1.2.0 - 2026-12-01: a change of no kind']],
  ])('is refused %s', (_, text, faults) => expect(faultsOf(text, '1.2.0')).toEqual(faults))
})
