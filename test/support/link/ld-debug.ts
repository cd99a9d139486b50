/**
 * What glibc's ld.so says of its own work, in data: the output of LD_DEBUG=bindings,scopes and of LD_TRACE_LOADED_OBJECTS.
 *
 * Source: glibc 2.36, elf/dl-lookup.c (_dl_debug_bindings), elf/rtld.c (_dl_show_scope, print_unresolved, the trace mode of dl_main).
 */

export interface LoaderBinding {
  readonly referrer: string
  readonly symbol: string
  readonly version: string | null
  readonly provider: string
}

export interface LoaderUndefined {
  readonly referrer: string
  readonly symbol: string
  readonly version: string | null
}

export interface LoaderReport {
  /** Files in lookup order, as LD_DEBUG=scopes or the trace has them. The trace does not name the program itself, and leaves out the vdso. */
  readonly scope: readonly string[]
  /** Names that the trace could not find a file for. */
  readonly notFound: readonly string[]
  readonly bindings: readonly LoaderBinding[]
  readonly undefinedSymbols: readonly LoaderUndefined[]
  /** Why the program does not start, in the loader's words. */
  readonly refusals: readonly string[]
}

const VDSO = /^linux-(?:vdso|gate)(?:32|64)?\.so\.1$/ // the kernel's object: in the trace even where nothing needs it
const DEBUG_LINE = /^\s*\d+:\t/
const BINDING = /^binding file (.+) \[\d+\] to (.+) \[\d+\]: (?:normal|protected) symbol `(.*?)'(?: \[(.*)\])?$/
const UNDEFINED = /^undefined symbol: (.+?)(?:, version (.+?))?\t\((.*)\)$/
const REFUSAL = /error while loading shared libraries|version `.*' not found|: symbol lookup error: |Inconsistency detected by ld\.so/
const TRACED = /^\t(?:(.+) => )?(.+?)(?: \(0x[0-9a-f]+\))?$/

export function parseLoaderOutput(stdout: string, stderr: string): LoaderReport {
  const lines = stderr.split('\n')
  const debugged = lines.filter(line => DEBUG_LINE.test(line)).map(line => line.replace(DEBUG_LINE, ''))
  const said = lines.filter(line => !DEBUG_LINE.test(line))
  const traced = stdout.split('\n').flatMap(tracedObject)
  const scope = scopeOf(debugged)
  return {
    scope: scope.length > 0 ? scope : traced.flatMap(({ path }) => path ?? []),
    notFound: traced.flatMap(({ name, path }) => (path === null ? name : [])),
    bindings: debugged.flatMap(bindingIn),
    undefinedSymbols: said.flatMap(undefinedIn),
    refusals: said.filter(line => REFUSAL.test(line)),
  }
}

function bindingIn(line: string): LoaderBinding[] {
  const [, referrer = '', provider = '', symbol = '', version = null] = BINDING.exec(line) ?? []
  return referrer === '' || VDSO.test(referrer) ? [] : [{ referrer, symbol, version, provider }]
}

/** The first scope is the program's: the list that every object at start-up looks in. */
function scopeOf(lines: readonly string[]): string[] {
  const first = lines.find(line => line.startsWith(' scope 0: ')) ?? ''
  return first
    .slice(' scope 0: '.length)
    .split(' ')
    .filter(file => file !== '')
}

function undefinedIn(line: string): LoaderUndefined[] {
  const [, symbol = '', version = null, referrer = ''] = UNDEFINED.exec(line) ?? []
  return symbol === '' ? [] : [{ referrer, symbol, version }]
}

function tracedObject(line: string): { readonly name: string; readonly path: string | null }[] {
  const match = TRACED.exec(line)
  if (match === null || line.includes('statically linked')) return []
  const [, name, found = ''] = match
  if (VDSO.test(name ?? found)) return []
  return [{ name: name ?? found, path: found === 'not found' ? null : found }]
}
