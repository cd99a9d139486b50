import { expect, test } from '@jest/globals'
import { parse } from 'smol-toml'
import { renderRpmlintDescriptions } from '../../lib/report/rpmlint-descriptions.js'
import { rules } from '../../rules/index.js'

const descriptions = parse(renderRpmlintDescriptions(rules))

test('every rule is described for rpmlint: summary, why, fix and references', () => {
  for (const { id, summary, why, remedy, references } of rules) {
    for (const part of [summary, why, remedy, ...references]) expect(descriptions[id]).toContain(part)
  }
})

test('so is a failure of rpmlint-ts itself, and nothing else', () =>
  expect(Object.keys(descriptions).sort()).toEqual([...rules.map(({ id }) => id), 'rpmlint-ts-failed'].sort()))
