/** XML as a tree, by saxes, which refuses what is not well-formed. */
import { SaxesParser } from 'saxes'

export interface XmlNode {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlNode[]
  /** Its own, not its children's. */
  readonly text: string
}

type Growing = { name: string; attributes: Record<string, string>; children: Growing[]; text: string }

/** Throws where it is not well-formed. */
export function xmlTree(text: string): XmlNode {
  const root: Growing = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  const parser = new SaxesParser()
  parser.on('error', error => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    const node = { name, attributes, children: [], text: '' }
    open.at(-1)?.children.push(node)
    open.push(node)
  })
  parser.on('closetag', () => void open.pop())
  parser.on('text', piece => void ((open.at(-1) ?? root).text += piece))
  parser.write(text).close()
  const [only] = root.children
  if (only === undefined) throw new Error('no root element')
  return only
}

/** The node and all below it. */
export function* nodesOf(node: XmlNode): Generator<XmlNode> {
  yield node
  for (const child of node.children) yield* nodesOf(child)
}

/** Texts and the values of attributes. */
export function xmlTexts(text: string): string {
  return [...nodesOf(xmlTree(text))].flatMap(node => [node.text, ...Object.values(node.attributes)]).join('\n')
}
