import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { loadRpmlintFiles } from '../../../lib/io/config/rpmlint-files.js'
import { scratchFolder } from '../../support/tools.js'

test('only TOML files of a directory are read, in sorted order', () => {
  const folder = join(scratchFolder('rpmlint-files'), 'configs')
  mkdirSync(folder)
  for (const name of ['b', 'a']) writeFileSync(join(folder, `${name}.toml`), `Filters = ["${name}"]\n`)
  writeFileSync(join(folder, 'c.txt'), 'no TOML')
  expect(loadRpmlintFiles([folder], []).filters.map(({ source }) => source)).toEqual(['a', 'b'])
})
