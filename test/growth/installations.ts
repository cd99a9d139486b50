/** Packages that are installed together, by how many libraries they have. Each library has its own definitions, so that all are loaded. */
import { Catalogue } from '../../lib/catalogue/catalogue.js'
import { clientsAmong } from '../../lib/interposition/clients.js'
import { interpositionsAmong } from '../../lib/interposition/installable-sets.js'
import { DEFAULT_SETTINGS } from '../../lib/lint/settings.js'
import { packageOf } from '../../lib/testing.js'
import type { PackageFacts } from '../../lib/facts/model.js'
import { at, program } from '../support/mail-packages.js'
import type { Make } from './growth.js'

const catalogue = new Catalogue()

function many<Value>(count: number, value: (index: number) => Value): Value[] {
  return Array.from({ length: count }, (_, index) => value(index))
}

const named = (index: number): string => `lib${index}.so`

function together(objects: PackageFacts['objects']): () => unknown {
  const checked = [{ id: 'p', facts: packageOf({ objects }) }]
  return () => [
    interpositionsAmong(checked, [], catalogue, DEFAULT_SETTINGS.genuine),
    clientsAmong(checked, [], catalogue, DEFAULT_SETTINGS.genuine),
  ]
}

const libraries = (size: number, needed: (index: number) => readonly string[]) =>
  many(size, index =>
    at(`/usr/lib64/${named(index)}`, { soname: named(index), needed: needed(index), defines: [`own_${index}`], calls: ['CRYPTO_lock'] }),
  )

export const INSTALLATIONS: Readonly<Record<string, Make>> = {
  'libraries of a program': size => {
    const main = program('/usr/bin/x', { needed: many(size, named), calls: ['CRYPTO_lock'] })
    return together([main, ...libraries(size, () => [])])
  },
  'libraries, each of which needs the next': size => together(libraries(size, index => (index + 1 < size ? [named(index + 1)] : []))),
  'libraries, each of which needs the one before': size => together(libraries(size, index => (index > 0 ? [named(index - 1)] : []))),
  'libraries that need each other': size => together(libraries(size, index => many(10, other => named((index + other + 1) % size)))),
  'directories, each in the one before': size => {
    const paths = many(size, index => `/usr/lib64${'/d'.repeat(index % 50)}/d${index}/${named(index)}`)
    return together(paths.map(path => at(path, { defines: ['own'] })))
  },
}
