/** One program, by the real loader and by the simulator: started for real, for it is one of ours. */
import { dirname, relative, resolve } from 'node:path'
import { realPaths, simulate, type SimulatedProgram } from './bindings-command.js'
import { readelf } from '../readelf.js'
import { bindingCount, differences, type Identify } from './compare.js'
import type { LoaderBinding, LoaderReport } from './ld-debug.js'
import { contradictions, parseProbes, untoldWeak, type Probe } from './probes.js'
import { INTERPRETER, runProgram, traceOwnProgram, type LoaderRun } from './run-loader.js'

export interface Circumstances {
  readonly LD_PRELOAD?: string
  readonly LD_LIBRARY_PATH?: string
}

/** Files of a graph: what the names in probes are relative to, and which files are copies, that say of themselves what the original says. */
export interface Files {
  readonly top: string
  readonly copies: ReadonlyMap<string, string>
}

export interface Agreement {
  /** Where the two differ; none is agreement. */
  readonly differences: readonly string[]
  readonly refusals: readonly string[]
  /** Compared references. */
  readonly bindings: number
  readonly undefinedSymbols: number
}

/** All of it happens in the folder of the program. */
export function agreementOn(program: string, circumstances: Circumstances = {}, files?: Files): Agreement {
  const { top, copies } = files ?? { top: dirname(program), copies: new Map<string, string>() }
  const realPath = realPaths()
  const identify: Identify = path => realPath(resolve(top, path))
  const identifyContent: Identify = path => identify(copies.get(relative(top, identify(path))) ?? path)
  const run = runProgram(program, { ...circumstances })
  if (run.status === null && run.scope.some(path => hasLostVersion(identify(path))))
    return { differences: [], refusals: ['a version that there is none of'], bindings: 0, undefinedSymbols: 0 }
  const simulated = simulateIn(program, circumstances)
  const probes = parseProbes(run.stdout)
  const faults = [
    ...(run.status === null ? ['the loader died'] : []),
    ...contradictions(probes, run.bindings, program, identifyContent).map(line => `of the loader itself: ${line}`),
    ...refusalDifferences(run, simulated),
    ...probeDifferences(probes, simulated, identifyContent),
  ]
  const trace = traceOwnProgram(program, { ...circumstances })
  if (isUnbound(run, trace)) return { differences: faults, refusals: run.refusals, bindings: 0, undefinedSymbols: 0 }

  const isLoader = ({ referrer }: { readonly referrer: string }): boolean => identify(referrer) === identify(INTERPRETER)
  const truth = run.status === 0 ? withoutOwnUse(run, trace, isLoader) : { ...trace, scope: run.scope }
  const ours = run.status === 0 ? simulated : { ...simulated, bindings: simulated.bindings.filter(row => !isLoader(row)) }
  return {
    differences: [...faults, ...differences(truth, ours, identify)],
    refusals: run.refusals,
    bindings: bindingCount(truth),
    undefinedSymbols: truth.undefinedSymbols.length,
  }
}

/** Now and then the link editor gives a definition the index of no version. ld.so reads what lies beyond its table then, which it may not survive. */
function hasLostVersion(path: string): boolean {
  return readelf(path).symbols.some(({ label }) => label.endsWith('@<corrupt>'))
}

function simulateIn(program: string, { LD_PRELOAD, LD_LIBRARY_PATH }: Circumstances): SimulatedProgram {
  const preload = LD_PRELOAD === undefined ? [] : ['--preload', LD_PRELOAD]
  const libraryPath = LD_LIBRARY_PATH === undefined ? [] : ['--library-path', LD_LIBRARY_PATH]
  const [simulated] = simulate([program], [...preload, ...libraryPath], dirname(program))
  if (simulated === undefined) throw new Error(`no answer about ${program}`)
  return simulated
}

const ALLOCATION: ReadonlySet<string> = new Set(['malloc', 'calloc', 'realloc', 'free'])

/** The loader looks up what it allocates with in the program's name: no reference of any file, and the trace does not do it. */
function withoutOwnUse(run: LoaderReport, trace: LoaderReport, isLoader: (row: LoaderBinding) => boolean): LoaderReport {
  const traced = new Set(trace.bindings.map(({ referrer, symbol }) => `${referrer}: ${symbol}`))
  const isReference = (row: LoaderBinding): boolean =>
    !ALLOCATION.has(row.symbol) || isLoader(row) || traced.has(`${row.referrer}: ${row.symbol}`)
  return { ...run, bindings: run.bindings.filter(isReference) }
}

function refusalDifferences({ refusals }: LoaderReport, { error }: SimulatedProgram): string[] {
  const [first] = refusals
  if ((first === undefined) !== (error === null))
    return [`refusal: ld.so says ${refusals.join('; ') || 'nothing'}, we say ${error ?? 'nothing'}`]
  const [right, ours] = [keyOf(first ?? ''), keyOf(error ?? '')]
  return right === null || right === ours ? [] : [`first error: ${right} to ld.so, ${ours} to us (${error})`]
}

/** Which file lacks what, without directories: the part of the messages that is the same. `null` for other errors. */
function keyOf(message: string): string | null {
  const symbol = /([^/\s:]+): undefined symbol: ([^\s,]+)(?:, version (\S+))?/.exec(message)
  if (symbol !== null) return symbol.slice(1).join(' ')
  const version = /([^/\s:]+): version `(.+)' not found \(required by (?:.*\/)?(.+)\)/.exec(message)
  if (version !== null) return version.slice(1).join(' ')
  const file = /([^/\s:]+): cannot open shared object file/.exec(message)
  return file === null ? null : `no ${file[1]}`
}

function probeDifferences(probes: readonly Probe[], { program, bindings }: SimulatedProgram, identify: Identify): string[] {
  return [...contradictions(probes, bindings, program, identify), ...untoldWeak(probes, bindings, program, identify)]
}

/**
 * Where a file or version is missing, nothing is bound. A symbol that nobody has is found later: the run ends there, and the trace goes on; but
 * where the trace lacks an auxiliary library, it puts an empty one in its place and loses versions.
 */
function isUnbound({ status, refusals }: LoaderRun, { notFound }: LoaderReport): boolean {
  return refusals.some(line => !line.includes('symbol lookup error')) || (status !== 0 && notFound.length > 0)
}
