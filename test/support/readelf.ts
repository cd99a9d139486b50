/** readelf's output about a file's dynamic symbols, in our terms. */
import { execFileSync } from 'node:child_process'

export interface ReadelfSymbol {
  readonly binding: string
  readonly type: string
  readonly visibility: string
  /** `name`, `name@V` or `name@@V`. */
  readonly label: string
  readonly isDefined: boolean
  readonly isAbsolute: boolean
}

export interface ReadelfReport {
  readonly soname: string | null
  readonly needed: readonly string[]
  readonly symbols: readonly ReadelfSymbol[]
  /** Names in the version definition section, including the base one. */
  readonly nodes: ReadonlySet<string>
}

const SYMBOL = /^\s*\d+:\s+[0-9a-f]+\s+\S+\s+(\S+)\s+(\S+)\s+(\S+)\s+(?:\[[^\]]*\]\s+)?(\S+)(?:\s+(.*?))?$/

export function readelf(path: string): ReadelfReport {
  const text = execFileSync('readelf', ['-dVW', '--dyn-syms', path], {
    encoding: 'latin1',
    maxBuffer: 1 << 30,
    env: { ...process.env, LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
    // readelf names the binding only if EI_OSABI is GNU; ld.so does not check that.
    .replaceAll('<OS specific>: 10', 'UNIQUE')
  const definitions = text.split('Version definition section')[1]?.split('Version needs section')[0] ?? ''
  return {
    soname: /\(SONAME\)\s+Library soname: \[(.*)\]$/m.exec(text)?.[1] ?? null,
    needed: [...text.matchAll(/\(NEEDED\)\s+Shared library: \[(.*)\]$/gm)].map(match => match[1] ?? ''),
    symbols: symbolsOf(text),
    nodes: new Set([...definitions.matchAll(/Name: (.*)$/gm)].map(match => match[1] ?? '')),
  }
}

function symbolsOf(text: string): ReadelfSymbol[] {
  const symbols: ReadelfSymbol[] = []
  let isInside = false
  for (const line of text.split('\n')) {
    if (line.startsWith('Symbol table ')) isInside = line.includes("'.dynsym'")
    const match = isInside ? SYMBOL.exec(line) : null
    if (match === null) continue
    const [, type = '', binding = '', visibility = '', section = '', label = ''] = match
    symbols.push({
      type,
      binding,
      visibility,
      label: label.replace(/ \(\d+\)$/, ''),
      isDefined: section !== 'UND',
      isAbsolute: section === 'ABS',
    })
  }
  return symbols
}
