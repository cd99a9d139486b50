/** Checkstyle's XML, which has no schema: what its readers take from it. */
import { xmlTree } from './xml-tree.js'

const SEVERITIES = new Set(['ignore', 'info', 'warning', 'error'])

export function checkstyleFaults(text: string): string[] {
  const root = xmlTree(text)
  const names = root.children.map(({ attributes }) => attributes['name'] ?? '')
  const errors = root.children.flatMap(({ children }) => children)
  return [
    ...(root.name === 'checkstyle' && root.attributes['version'] === '4.3' ? [] : ['no checkstyle 4.3']),
    ...root.children.filter(({ name }) => name !== 'file').map(({ name }) => `an element ${name}`),
    ...(names.includes('') ? ['a file without a name'] : []),
    ...(new Set(names).size === names.length ? [] : ['a file twice']),
    ...errors.filter(({ name, children }) => name !== 'error' || children.length > 0).map(({ name }) => `an element ${name} in a file`),
    ...errors.filter(({ attributes }) => !/^[1-9]\d*$/.test(attributes['line'] ?? '')).map(() => 'a line that is no number'),
    ...errors.filter(({ attributes }) => !SEVERITIES.has(attributes['severity'] ?? '')).map(() => 'an unknown severity'),
    ...errors
      .filter(({ attributes }) => (attributes['message'] ?? '') === '' || (attributes['source'] ?? '') === '')
      .map(() => 'nothing said'),
  ]
}
