/**
 * JUnit's XML by what Jenkins and GitLab read: the elements and attributes of junit-10.xsd, and besides that counts are right and no two tests have
 * one name, since GitLab keeps one of them. test/oracle/junit.xsd says the structure once more, for xmllint.
 */
import { nodesOf, xmlTree, type XmlNode } from './xml-tree.js'

interface Shape {
  readonly required: readonly string[]
  readonly optional: readonly string[]
  readonly children: readonly string[]
}

const RESULT: Shape = { required: ['type', 'message'], optional: [], children: [] }
const SHAPES: Readonly<Record<string, Shape>> = {
  testsuites: { required: [], optional: ['name', 'tests', 'failures', 'errors'], children: ['testsuite'] },
  testsuite: { required: ['name', 'tests', 'failures', 'errors'], optional: ['skipped', 'file'], children: ['testcase'] },
  testcase: { required: ['name', 'classname'], optional: [], children: ['failure', 'error', 'skipped', 'system-out'] },
  failure: RESULT,
  error: RESULT,
  skipped: RESULT,
  'system-out': { required: [], optional: [], children: [] },
}
const COUNTED = { failures: 'failure', errors: 'error', skipped: 'skipped', tests: 'testcase' } as const

export function junitFaults(text: string): string[] {
  const root = xmlTree(text)
  const names = [...nodesOf(root)]
    .filter(({ name }) => name === 'testcase')
    .map(({ attributes }) => `${attributes['classname']} ${attributes['name']}`)
  return [
    ...(root.name === 'testsuites' ? [] : [`root ${root.name}`]),
    ...[...nodesOf(root)].flatMap(shapeFaults),
    ...[root, ...root.children].flatMap(countFaults),
    ...(new Set(names).size === names.length ? [] : ['two tests have one name']),
  ]
}

function shapeFaults({ name, attributes, children, text }: XmlNode): string[] {
  const shape = SHAPES[name]
  if (shape === undefined) return [`an element ${name}`]
  const given = Object.keys(attributes)
  return [
    ...shape.required.filter(key => !given.includes(key)).map(key => `${name} without ${key}`),
    ...given.filter(key => ![...shape.required, ...shape.optional].includes(key)).map(key => `${name} with ${key}`),
    ...children.filter(child => !shape.children.includes(child.name)).map(child => `${child.name} in ${name}`),
    ...(shape.children.length > 0 && text.trim() !== '' ? [`text in ${name}`] : []),
    ...(shape === RESULT && text.trim() === '' ? [`${name} without the text that GitLab shows`] : []),
  ]
}

function countFaults(node: XmlNode): string[] {
  const below = [...nodesOf(node)]
  return Object.entries(COUNTED).flatMap(([attribute, element]) => {
    const stated = node.attributes[attribute]
    const count = below.filter(({ name }) => name === element).length
    return stated === undefined || stated === String(count) ? [] : [`${attribute} is ${stated}, there are ${count}`]
  })
}
