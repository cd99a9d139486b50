/**
 * Bindings as text: the load order, then the binding of each reference. Unless symbols were asked for, only notable references are listed: those
 * with more than one candidate definition, and undefined ones.
 */
import { printable, textOf } from '../bytes/names.js'
import type { Binding } from '../link/bindings.js'
import type { LinkMap } from '../link/link-map.js'
import { otherCandidatesOf } from '../link/other-candidates.js'
import type { ProgramReport } from './program-report.js'
import { withoutRunnerCommands } from './runner-commands.js'
import type { Style } from './style.js'
import { wrap } from './wrap.js'

export interface BindingsTextOptions {
  readonly style: Style
  readonly width: number
  /** Only bindings, errors and warnings. */
  readonly isQuiet: boolean
  /** Lists every reference: symbols were asked for. */
  readonly isEveryAnswered: boolean
}

/** Ends with a newline. */
export function renderProgramText(report: ProgramReport, options: BindingsTextOptions): string {
  const { style, isQuiet } = options
  const lines = [style.bold(shown(report.program))]
  const say = (text: string): void => void lines.push(wrap(printable(text), options.width, '  '))
  for (const error of report.errors) lines.push(`  ${style.red('error')}  ${printable(textOf(error))}`)
  for (const warning of report.warnings) lines.push(`  ${style.yellow('warning')}  ${printable(textOf(warning))}`)
  if (!isQuiet && report.scope.length > 0) say(`load order: ${report.scope.map(({ path }) => textOf(path)).join(', ')}`)
  const answers = report.bindings.flatMap(binding => answerTo(binding, report.scope, options))
  for (const answer of answers) lines.push(answer)
  if (!isQuiet && report.reason === null) lines.push(`  ${style.dim(summary(report.bindings, answers.length))}`)
  if (!isQuiet && report.assumptions.length > 0)
    lines.push(wrap(printable(`assumptions: ${report.assumptions.join('; ')}`), options.width, '  '))
  return `${withoutRunnerCommands(lines.join('\n'))}\n`
}

function answerTo(binding: Binding, scope: readonly LinkMap[], { style, isEveryAnswered }: BindingsTextOptions): string[] {
  const { symbol, version, kind, referrer, status } = binding
  const others = status === 'undefined' ? [] : otherCandidatesOf(binding, scope)
  if (!isEveryAnswered && status !== 'undefined' && (others.length === 0 || status === 'unresolved-weak')) return []
  const asked = `${style.bold(shown(symbol))}${version === null ? '' : `@${shown(version)}`}, ${USE[kind]} ${shown(referrer.path)}`
  return [`  ${asked}: ${definitionOf(binding, others, scope, style)}`]
}

const USE = { call: 'called by', address: 'address taken by', data: 'used by', copy: 'copied into' } as const

function definitionOf(
  { status, provider, providerVersion, finalProvider }: Binding,
  others: readonly LinkMap[],
  scope: readonly LinkMap[],
  style: Style,
): string {
  if (status === 'undefined') return style.red('undefined')
  if (status === 'unresolved-weak' || provider === null) return 'undefined weak reference'
  const place = scope.indexOf(provider)
  const behind = others.filter(other => scope.indexOf(other) > place && other !== finalProvider)
  const before = others.filter(other => scope.indexOf(other) < place)
  return [
    `binds to ${style.bold(shown(provider.path))}${providerVersion === null ? '' : ` (${shown(providerVersion)})`}`,
    ...(finalProvider === provider || finalProvider === null ? [] : [`with the original definition in ${shown(finalProvider.path)}`]),
    ...(behind.length === 0 ? [] : [`ahead of ${listed(behind)} in the load order`]),
    ...(before.length === 0 ? [] : [`although ${listed(before)} is ahead of it`]),
  ].join(', ')
}

function listed(maps: readonly LinkMap[]): string {
  return maps.map(({ path }) => shown(path)).join(' and ')
}

function summary(bindings: readonly Binding[], answered: number): string {
  const count = { bound: 0, 'unresolved-weak': 0, undefined: 0 }
  for (const { status } of bindings) count[status]++
  const parts = [`${count.bound} bound`, `${count['unresolved-weak']} undefined weak`, `${count.undefined} undefined`]
  const rest = bindings.length - answered
  return `${bindings.length} reference${bindings.length === 1 ? '' : 's'}: ${parts.join(', ')}${rest === 0 ? '' : `; ${rest} with a single candidate not shown (--symbols '*' shows all)`}`
}

function shown(byteString: string): string {
  return printable(textOf(byteString))
}
