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
  const fields = [
    `"program": ${line(textOf(program))}`,
    `"scope": ${line(scope.map(pathOf))}`,
    `"error": ${line(errors[0] === undefined ? null : textOf(errors[0]))}`,
    `"errors": ${line(errors.map(textOf))}`,
    `"warnings": ${line(warnings.map(textOf))}`,
    `"reason": ${line(reason)}`,
    `"objects": ${list(scope.map(objectJson))}`,
    `"bindings": ${list(bindings.map(bindingJson))}`,
    `"assumptions": ${line(assumptions)}`,
  ]
  return `${isFirst ? '' : ','}\n{ ${fields.join(',\n  ')} }`
}

function objectJson(map: LinkMap): object {
  return { path: pathOf(map), file: textOf(map.file.realPath), soname: map.dynamic?.soname == null ? null : textOf(map.dynamic.soname) }
}

function bindingJson({ referrer, symbol, version, kind, provider, providerVersion, status, finalProvider }: Binding): object {
  return {
    referrer: pathOf(referrer),
    symbol: textOf(symbol),
    version: version === null ? null : textOf(version),
    kind,
    provider: provider === null ? null : pathOf(provider),
    providerVersion: providerVersion === null ? null : textOf(providerVersion),
    status,
    ...(finalProvider === provider || finalProvider === null ? {} : { finalProvider: pathOf(finalProvider) }),
  }
}

function pathOf({ path }: LinkMap): string {
  return textOf(path)
}

function list(values: readonly object[]): string {
  return values.length === 0 ? '[]' : `[\n    ${values.map(line).join(',\n    ')}\n  ]`
}

function line(value: unknown): string {
  return jsonText(value, 0).trimEnd()
}
