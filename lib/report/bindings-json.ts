/** Bindings as JSON: schema rpmlint-ts/bindings/1, schemas/bindings-1.json. A line a binding: a program has a hundred thousand, and tools like grep read them as well. */
import { textOf } from '../bytes/names.js'
import type { Binding } from '../link/bindings.js'
import type { LinkMap } from '../link/link-map.js'
import { jsonText } from './json-text.js'
import type { ProgramReport } from './program-report.js'

/** Rendered program by program: all together may be larger than memory. */
export const BINDINGS_HEAD = '{ "schema": "rpmlint-ts/bindings/1", "programs": ['
export const BINDINGS_FOOT = '\n] }\n'

/** `isFirst` of the programs. */
export function renderProgramJson(report: ProgramReport, isFirst: boolean): string {
  const { program, reason, errors, warnings, scope, bindings, assumptions } = report
  // Each path stands in thousands of lines.
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
    `"bindings": ${listOfBindings(bindings, pathOf)}`,
    `"assumptions": [${assumptions.map(text => jsonText(text, 0).trimEnd()).join(', ')}]`,
  ]
  return `${isFirst ? '' : ','}\n{ ${fields.join(',\n  ')} }`
}

type PathOf = (map: LinkMap | null) => string

function objectJson(map: LinkMap, pathOf: PathOf): string {
  return `{ "path": ${pathOf(map)}, "file": ${quoted(map.file.realPath)}, "soname": ${quoted(map.dynamic?.soname ?? null)} }`
}

/** What stands behind the symbol. */
function answerJson(binding: Binding, pathOf: PathOf): string {
  const { version, kind, provider, providerVersion, status, finalProvider } = binding
  const origin = finalProvider === provider || finalProvider === null ? '' : `, "finalProvider": ${pathOf(finalProvider)}`
  return `, "version": ${quoted(version)}, "kind": "${kind}", "provider": ${pathOf(provider)}, "providerVersion": ${quoted(providerVersion)}, "status": "${status}"${origin} }`
}

/** One string that grows: an array of a hundred thousand would be copied once more to be joined. Neighbours mostly have one answer, which is made once. */
function listOfBindings(bindings: readonly Binding[], pathOf: PathOf): string {
  let text = ''
  let previous: Binding | null = null
  let answer = ''
  for (const binding of bindings) {
    if (previous === null || !hasSameAnswer(binding, previous)) answer = answerJson(binding, pathOf)
    text += `${previous === null ? '[' : ','}\n    { "referrer": ${pathOf(binding.referrer)}, "symbol": ${quoted(binding.symbol)}${answer}`
    previous = binding
  }
  return previous === null ? '[]' : `${text}\n  ]`
}

function hasSameAnswer(a: Binding, b: Binding): boolean {
  const isSameKind = a.version === b.version && a.kind === b.kind && a.status === b.status
  return isSameKind && a.provider === b.provider && a.providerVersion === b.providerVersion && a.finalProvider === b.finalProvider
}

function list(values: readonly string[]): string {
  return values.length === 0 ? '[]' : `[\n    ${values.join(',\n    ')}\n  ]`
}

/** A byte string as JSON. Nearly all are plain ASCII, and need no look at what they mean. */
function quoted(byteString: string | null): string {
  if (byteString === null) return 'null'
  return /[^ !#-[\]-~]/.test(byteString) ? jsonText(textOf(byteString), 0).trimEnd() : `"${byteString}"`
}
