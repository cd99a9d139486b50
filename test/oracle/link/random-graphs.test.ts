/**
 * Random graphs of libraries, built by the assembler and the link editor of the machine and run by its ld.so, against `bindings`.
 *
 * `LINK_SEED=1 LINK_GRAPHS=500` runs more or others, `LINK_KEEP=DIR` leaves what was built for a closer look.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { agreementOn, type Circumstances } from '../../support/link/agreement.js'
import { buildGraph, buildParts, type Parts } from '../../support/link/build-graph.js'
import type { GraphPlan } from '../../support/link/graph-plan.js'
import { planGraph } from '../../support/link/plan-graph.js'
import { describeWithTools, isX86Linux, scratchFolder } from '../../support/tools.js'

const ENOUGH = 2000 // bindings

const first = Number(process.env.LINK_SEED ?? 1)
const seeds = Array.from({ length: Number(process.env.LINK_GRAPHS ?? 12) }, (_, index) => first + index)
const folder = process.env.LINK_KEEP ?? scratchFolder('graphs')

function environmentOf({ preload, libraryPath }: GraphPlan, graph: string): Circumstances {
  const list = (files: readonly string[]): string => files.map(file => join(graph, file)).join(':')
  return {
    ...(preload.length > 0 ? { LD_PRELOAD: list(preload) } : {}),
    ...(libraryPath.length > 0 ? { LD_LIBRARY_PATH: list(libraryPath) } : {}),
  }
}

function copiesIn({ decoys }: GraphPlan): Map<string, string> {
  const copies = decoys.filter(({ kind }) => kind === 'copy' || kind === 'hardlink')
  return new Map(copies.map(({ file, copyOf }) => [file, copyOf]))
}

describeWithTools(isX86Linux ? ['gcc', 'as', 'ld'] : ['x86-64 Linux'], 'random graphs of libraries', () => {
  const counted = { bindings: 0, refused: 0, undefinedSymbols: 0 }
  const parts: Parts[] = []
  beforeAll(() => {
    mkdirSync(folder, { recursive: true })
    parts.push(buildParts(folder))
  })
  afterAll(() => {
    process.stdout.write(`random graphs: ${seeds.length}, of which ${counted.refused} were refused; `)
    process.stdout.write(`${counted.bindings} bindings and ${counted.undefinedSymbols} undefined symbols compared\n`)
  })

  test.each(seeds)(
    'the graph of seed %i is bound as ld.so binds it',
    seed => {
      const plan = planGraph(seed)
      const graph = join(folder, String(seed))
      mkdirSync(graph)
      const program = buildGraph(plan, graph, parts[0] ?? buildParts(folder))
      const { differences, refusals, bindings, undefinedSymbols } = agreementOn(program, environmentOf(plan, graph), {
        top: graph,
        copies: copiesIn(plan),
      })
      expect({ seed, differences }).toEqual({ seed, differences: [] })
      counted.bindings += bindings
      counted.undefinedSymbols += undefinedSymbols
      if (refusals.length > 0) counted.refused++
    },
    60_000,
  )

  test(`at least ${ENOUGH} bindings were compared`, () =>
    expect(counted.bindings).toBeGreaterThanOrEqual(Math.min(ENOUGH, seeds.length * 80)))
})
