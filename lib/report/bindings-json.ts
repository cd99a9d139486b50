/** Bindings as JSON: schema rpmlint-ts/bindings/1, schemas/bindings-1.json. One binding per line, for line-oriented tools such as grep: a program may have a hundred thousand. */
import { textOf } from '../bytes/names.js'
import { groupsOf, type Binding } from '../link/bindings.js'
import type { LinkMap } from '../link/link-map.js'
import type { LinkedObject } from '../link/linked-file.js'
import { jsonText } from './json-text.js'
import type { ProgramReport } from './program-report.js'

/** Programs are rendered one at a time: all of them may not fit in memory. */
export const BINDINGS_HEAD = '{ "schema": "rpmlint-ts/bindings/1", "programs": ['
/** Between programs. */
export const BINDINGS_COMMA = ','
export const BINDINGS_FOOT = '\n] }\n'

/** Renders programs one at a time. */
export class BindingsJson {
  readonly #blocks = new WeakMap<LinkedObject, Block[]>()

  /** UTF-8, in pieces. */
  render(report: ProgramReport): Buffer[] {
    const { program, reason, errors, warnings, scope, bindings, assumptions } = report
    const paths = new Map(scope.map(map => [map, quoted(map.path)]))
    const pathOf = (map: LinkMap | null): string => (map === null ? 'null' : (paths.get(map) ?? quoted(map.path)))
    const fields = [
      `"program": ${quoted(program)}`,
      `"scope": [${scope.map(pathOf).join(', ')}]`,
      `"error": ${quoted(errors[0] ?? null)}`,
      `"errors": [${errors.map(quoted).join(', ')}]`,
      `"warnings": [${warnings.map(quoted).join(', ')}]`,
      `"reason": ${quoted(reason)}`,
      `"objects": ${list(scope.map(map => objectJson(map, pathOf)))}`,
      '"bindings": [',
    ]
    const parts = [bytesOf(`\n{ ${fields.join(',\n  ')}`)]
    for (const { referrer, start, end } of groupsOf(bindings)) {
      const known = this.#blocksOf(referrer)
      for (let at = start; at < end; at += BLOCK) {
        if (at > 0) parts.push(COMMA)
        parts.push(textOfBlock(known, (at - start) / BLOCK, bindings.slice(at, Math.min(at + BLOCK, end)), pathOf))
      }
    }
    const end = `"assumptions": [${assumptions.map(text => jsonText(text, 0).trimEnd()).join(', ')}] }`
    parts.push(bytesOf(`${bindings.length === 0 ? '' : '\n  '}],\n  ${end}`))
    return parts
  }

  /** The blocks of the same library in the previous program. */
  #blocksOf({ linked, isProgram }: LinkMap): Block[] {
    const known = this.#blocks.get(linked) ?? []
    if (!isProgram) this.#blocks.set(linked, known)
    return known
  }
}

/** Bindings per cached block: small, so that one changed binding invalidates few others. */
const BLOCK = 128

/** Some bindings of a referrer, and their text. */
interface Block {
  readonly bindings: readonly Binding[]
  readonly bytes: Buffer
}

const COMMA = Buffer.from(',')

/** The references of a library mostly bind as they did in the previous program: the rendered text is then reused. */
function textOfBlock(known: Block[], index: number, bindings: readonly Binding[], pathOf: PathOf): Buffer {
  const before = known[index]
  if (before !== undefined && isSame(before.bindings, bindings)) return before.bytes
  const bytes = bytesOf(linesOf(bindings, pathOf))
  known[index] = { bindings, bytes }
  return bytes
}

function isSame(some: readonly Binding[], others: readonly Binding[]): boolean {
  if (some.length !== others.length) return false
  return some.every((binding, at) => {
    const other = others[at]!
    return binding.symbol === other.symbol && binding.referrer.path === other.referrer.path && hasSameAnswer(binding, other)
  })
}

/** latin1 gives the same bytes for ASCII, which nearly all text is, several times faster. */
function bytesOf(text: string): Buffer {
  return Buffer.from(text, /[^\x00-\x7f]/.test(text) ? 'utf8' : 'latin1')
}

type PathOf = (map: LinkMap | null) => string

function objectJson(map: LinkMap, pathOf: PathOf): string {
  return `{ "path": ${pathOf(map)}, "file": ${quoted(map.file.realPath)}, "soname": ${quoted(map.dynamic?.soname ?? null)} }`
}

/** The fields after the symbol. */
function answerJson(binding: Binding, pathOf: PathOf): string {
  const { version, kind, provider, providerVersion, status, finalProvider } = binding
  const origin = finalProvider === provider || finalProvider === null ? '' : `, "finalProvider": ${pathOf(finalProvider)}`
  return `, "version": ${quoted(version)}, "kind": "${kind}", "provider": ${pathOf(provider)}, "providerVersion": ${quoted(providerVersion)}, "status": "${status}"${origin} }`
}

/** Appends to one string, which saves joining a large array. Adjacent bindings mostly have the same provider, whose text is made once. */
function linesOf(bindings: readonly Binding[], pathOf: PathOf): string {
  let text = ''
  let previous: Binding | null = null
  let answer = ''
  for (const binding of bindings) {
    if (previous === null || !hasSameAnswer(binding, previous)) answer = answerJson(binding, pathOf)
    text += `${previous === null ? '' : ','}\n    { "referrer": ${pathOf(binding.referrer)}, "symbol": ${quoted(binding.symbol)}${answer}`
    previous = binding
  }
  return text
}

function hasSameAnswer(a: Binding, b: Binding): boolean {
  const isSameKind = a.version === b.version && a.kind === b.kind && a.status === b.status
  return (
    isSameKind &&
    isSamePlace(a.provider, b.provider) &&
    a.providerVersion === b.providerVersion &&
    isSamePlace(a.finalProvider, b.finalProvider)
  )
}

function isSamePlace(a: LinkMap | null, b: LinkMap | null): boolean {
  return a === b || (a !== null && b !== null && a.path === b.path)
}

function list(values: readonly string[]): string {
  return values.length === 0 ? '[]' : `[\n    ${values.join(',\n    ')}\n  ]`
}

/** A byte string as JSON. Nearly all are plain ASCII and need no decoding. */
function quoted(byteString: string | null): string {
  if (byteString === null) return 'null'
  return /[^ !#-[\]-~]|##/.test(byteString) ? jsonText(textOf(byteString), 0).trimEnd() : `"${byteString}"`
}
