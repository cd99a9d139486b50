#!/usr/bin/env node
/**
 * `node bench/measure-jobs.js FOLDER [ROUNDS]` times `createEngine({ jobs })` over all packages of a folder, with 1, 2 and 4 threads in turn, round by round (3), each in a process of its own, and
 * makes sure that all give the same JSON. Elapsed time, the shortest, is what threads are for; CPU seconds, the median, are what they cost.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { createEngine } from 'rpmlint-ts'

const JOBS = [1, 2, 4]
const [folder, givenRounds = '3', givenJobs] = process.argv.slice(2)
if (!folder) throw new Error('usage: measure-jobs.js FOLDER [ROUNDS]')
if (givenJobs === undefined) compare(Number(givenRounds))
else console.log(JSON.stringify(await measure(Number(givenJobs))))

/**
 * One check in this process.
 * @param {number} jobs
 */
async function measure(jobs) {
  const start = performance.now()
  const engine = createEngine({ jobs })
  const { report } = await engine.check([folder])
  const digest = createHash('sha256').update(engine.render(report, 'json')).digest('hex')
  const elapsed = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage()
  return { elapsed, cpu: (user + system) / 1e6, digest, packages: report.packages.length }
}

/** @param {number} rounds */
function compare(rounds) {
  /** @type {Awaited<ReturnType<typeof measure>>[][]} */
  const runs = JOBS.map(() => [])
  for (let round = 0; round <= rounds; round++) {
    JOBS.forEach((jobs, index) => {
      const run = JSON.parse(
        execFileSync(process.execPath, [fileURLToPath(import.meta.url), folder, '1', String(jobs)], { encoding: 'utf8' }),
      )
      if (round > 0) runs[index].push(run) // the first round warms caches
    })
  }
  const all = runs.flat()
  if (new Set(all.map(({ digest }) => digest)).size > 1) throw new Error('not all runs gave the same JSON')
  const [one] = runs.map(shortest)
  console.log(`${all[0].packages} packages, Node ${process.versions.node}, ${availableParallelism()} cores, the same JSON from all\n`)
  console.log('| jobs | elapsed | of one thread’s | CPU |\n|---|---|---|---|')
  runs.forEach((list, index) => {
    const elapsed = shortest(list)
    console.log(
      `| ${JOBS[index]} | ${elapsed.toFixed(2)} s | ${(elapsed / one).toFixed(2)} × | ${median(list.map(({ cpu }) => cpu)).toFixed(2)} s |`,
    )
  })
}

/**
 * A busy machine makes the others longer.
 * @param {readonly { elapsed: number }[]} runs
 */
function shortest(runs) {
  return Math.min(...runs.map(({ elapsed }) => elapsed))
}

/** @param {readonly number[]} values */
function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
}
