/**
 * Shapes of public incidents, rebuilt: what ld.so binds in a system with these packages, what `bindings` answers, and what `check --with` reports. Expected
 * values are ld.so's, and those that a packager has to be told.
 */
import { describe, expect, test } from '@jest/globals'
import { basename } from 'node:path'
import { createEngine } from '../../../lib/engine/engine.js'
import type { Finding } from '../../../lib/lint/finding.js'
import { command } from '../../support/command.js'
import { describeWithTools, isX86Linux, scratchFolder } from '../../support/tools.js'
import { buildIncident, type BuiltIncident } from './build-incident.js'
import { definesOf, type Incident, type StartPlan } from './incident.js'
import { startInRoot } from './loader-in-root.js'
import { PRIVATE_COPIES } from './private-copies.js'
import { STATIC_COPIES } from './static-copies.js'

const isRoot = process.getuid?.() === 0
const TOOLS = isX86Linux ? ['gcc', 'ldconfig', 'chroot', ...(isRoot ? [] : ['rights of root'])] : ['x86-64 Linux']

describeWithTools(TOOLS, 'an incident', () => {
  describe.each([...PRIVATE_COPIES, ...STATIC_COPIES])('$title ($reports)', incident => {
    let built: BuiltIncident | undefined
    const once = (): BuiltIncident => (built ??= buildIncident(incident, scratchFolder('incident')))

    test.each(incident.starts)('$program binds as ld.so binds it', async start => {
      const { root, packages, glibc } = once()
      const ours = symbolsOf(incident)
      const { binds, message } = startInRoot(root, start, symbol => ours.has(symbol))
      const expected = [...start.binds, ...(start.bindsLater ?? [])].sort()
      // A process that does not start has bound some of them.
      expect(binds).toEqual(start.error === undefined ? expected : expected.filter(line => binds.includes(line)))
      expect(message).toContain(start.error ?? '')
      expect(await simulated([...packages, glibc], start, ours)).toEqual({ binds: start.binds, error: start.error })
    })

    const isCompared = incident.pending === undefined
    const compared = isCompared ? test : test.skip
    compared(`is reported${isCompared ? '' : `: ${incident.pending}`}`, async () => {
      expect(await findingsAbout(once())).toEqual(incident.findings)
    })
  })
})

function symbolsOf({ packages, buildTime = [] }: Incident): Set<string> {
  return new Set([...buildTime, ...packages.flatMap(({ objects = [] }) => objects)].flatMap(definesOf))
}

interface Answer {
  readonly programs: readonly {
    readonly error: string | null
    readonly bindings: readonly {
      readonly referrer: string
      readonly symbol: string
      readonly version: string | null
      readonly provider: string | null
    }[]
  }[]
}

async function simulated(packages: readonly string[], start: StartPlan, ours: ReadonlySet<string>): Promise<object> {
  const options = [
    '--format',
    'json',
    '--bind-now',
    '--symbols',
    '*',
    `--library-path=${start.libraryPath ?? ''}`,
    ...packages.flatMap(file => ['--rpm', file]),
  ]
  const { out, err } = await command(['bindings', ...options, start.program], { cwd: '/' })
  if (out === '') throw new Error(err)
  const [answer] = (JSON.parse(out) as Answer).programs
  const mine = (answer?.bindings ?? []).filter(({ symbol, provider }) => ours.has(symbol) && provider !== null)
  const binds = mine.map(({ referrer, symbol, provider }) => `${referrer} ${symbol} ${provider}`)
  const error = answer?.error ?? undefined
  const isSame = start.error !== undefined && error?.includes(start.error) === true
  return { binds: [...new Set(binds)].sort(), error: isSame ? start.error : error }
}

async function findingsAbout({ packages }: BuiltIncident): Promise<string[]> {
  const { report } = await createEngine({ directory: '/' }).check(packages, { with: [] })
  return report.packages
    .flatMap(entry => {
      if (entry.outcome !== 'checked') throw new Error(JSON.stringify(entry))
      return entry.findings.map(finding => describeFinding(basename(entry.path, '.rpm'), finding))
    })
    .sort()
}

interface InterposedBinding {
  readonly referrer: string
  readonly symbols: readonly string[]
  readonly provider: string
}

function describeFinding(owner: string, { file, severity, rule, symbols, data }: Finding): string {
  const head = `${owner} ${file ?? 'package'}: ${severity} ${rule}${symbols.map(symbol => ` ${symbol}`).join('')}`
  const bindings = (data['bindings'] ?? []) as unknown as readonly InterposedBinding[]
  const lines = bindings.flatMap(each => each.symbols.map(symbol => `  ${each.referrer} ${symbol} ${each.provider}`))
  return [head, ...new Set(lines)].join('\n')
}
