/** XML 1.0 as text. The output is always well-formed: forbidden characters are escaped as for a terminal. */
import { xmlWithoutRunnerCommands } from './runner-commands.js'
import { safeText, safeLines } from './safe-text.js'

type Attributes = Readonly<Record<string, string | number>>

export function xmlDocument(root: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`
}

/** An element with child elements. */
export function element(name: string, attributes: Attributes, children: readonly string[] = []): string {
  const tag = name + Object.entries(attributes).map(attribute).join('')
  return children.length === 0 ? `<${tag}/>` : `<${tag}>\n${children.join('\n')}\n</${name}>`
}

/** An element with text, which may have several lines. */
export function textElement(name: string, attributes: Attributes, text: string): string {
  return `<${name}${Object.entries(attributes).map(attribute).join('')}>${escaped(safeLines(text))}</${name}>`
}

function attribute([name, value]: readonly [string, string | number]): string {
  return ` ${name}="${escaped(safeText(String(value)))}"`
}

function escaped(text: string): string {
  const entities = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
  return xmlWithoutRunnerCommands(entities)
}
