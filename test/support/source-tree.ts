/** The syntax trees of lib and rules. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from '@swc/core'

/** A node of swc's tree, as far as it is looked at. */
export type SyntaxNode = Readonly<Record<string, unknown>> & { readonly type: string }

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Paths below the root, as they are imported. */
export function sourceFiles(): string[] {
  const inFolder = (folder: string): string[] =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map(name => `${folder}/${name}`)
  return ['lib', 'rules'].flatMap(inFolder).filter(name => name.endsWith('.ts'))
}

export function nodesOfFile(file: string): SyntaxNode[] {
  return nodesOf(readFileSync(join(ROOT, file), 'utf8'))
}

export function nodesOf(code: string): SyntaxNode[] {
  const nodes: SyntaxNode[] = []
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    if (!Array.isArray(value) && 'type' in value && typeof value.type === 'string') nodes.push(value as SyntaxNode)
    for (const child of Object.values(value)) visit(child)
  }
  visit(parseSync(code, { syntax: 'typescript', target: 'es2022' }).body)
  return nodes
}
