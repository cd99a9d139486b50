#!/usr/bin/env node
/**
 * `node bench/measure.js FOLDER [NODE…]` times `rpmlint-ts check` against bare decompression and against what a user would pick instead, over the packages
 * of prepare.sh. All commands run in turn, round by round, so that a noisy machine is noisy for all; what counts is user+system time, the median.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, openSync, readFileSync, readSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const [folder, ...given] = process.argv.slice(2)
if (!folder) throw new Error('usage: measure.js FOLDER [NODE…]')
const nodes = given.length > 0 ? given : [process.execPath]
const cli = fileURLToPath(new URL('../dist/rpmlint-ts.cjs', import.meta.url))
const rounds = Number(process.env.ROUNDS ?? 5)
const work = mkdtempSync(join(tmpdir(), 'bench-'))
/** @type {Readonly<Record<string, string>>} */
const BARE = { xz: 'xz -dc -T1', zstd: 'zstd -dcq', gzip: 'gzip -dc' }

/**
 * CPU seconds and peak memory in MB of a command and its children. A short one is run in a row: the clock has hundredths.
 * @param {string} command
 * @param {number} times
 */
function time(command, times) {
  const row = Array.from({ length: times }, () => command).join('; ')
  const { stderr } = spawnSync('/usr/bin/time', ['-f', '%U %S %M', 'sh', '-c', row], { encoding: 'utf8' })
  const [user, system, peak] = stderr.trim().split('\n').at(-1)?.split(' ').map(Number) ?? []
  return { cpu: (user + system) / times, peak: peak / 1024 }
}

/** @param {readonly string[]} commands */
function measure(commands, times = 5) {
  const runs = commands.map(() => /** @type {ReturnType<typeof time>[]} */ ([]))
  for (let round = 0; round <= rounds; round++) {
    commands.forEach((command, index) => {
      const run = time(command, times)
      if (round > 0) runs[index].push(run) // the first round warms caches
    })
  }
  return runs.map(list => ({ cpu: median(list.map(({ cpu }) => cpu)), peak: Math.max(...list.map(({ peak }) => peak)) }))
}

/** @param {readonly number[]} values */
function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
}

/**
 * The payload alone, for the bare decompressor.
 * @param {string} rpm
 */
function payloadOf(rpm) {
  const file = openSync(rpm, 'r')
  const word = (/** @type {number} */ at) => {
    const bytes = Buffer.alloc(4)
    readSync(file, bytes, 0, 4, at)
    return bytes.readUInt32BE()
  }
  const headerLength = (/** @type {number} */ at) => 16 + 16 * word(at + 8) + word(at + 12)
  const header = 96 + Math.ceil(headerLength(96) / 8) * 8
  const path = join(work, 'payload')
  writeFileSync(path, readFileSync(rpm).subarray(header + headerLength(header)))
  return path
}

const version = (/** @type {string} */ node) => execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()
const ratio = (/** @type {number} */ a, /** @type {number} */ b) => `${(a / b).toFixed(2)} ×`
const seconds = (/** @type {number} */ cpu) => `${cpu.toFixed(3)} s`

try {
  console.log(`| Node | \`node -e 0\` | small package, whole process | more |\n|---|---|---|---|`)
  for (const node of nodes) {
    const [bare, small] = measure([`${node} -e 0`, `${node} ${cli} check ${folder}/small-zstd.rpm >/dev/null`])
    console.log(
      `| ${version(node)} | ${(bare.cpu * 1000).toFixed(0)} ms | ${(small.cpu * 1000).toFixed(0)} ms | ${((small.cpu - bare.cpu) * 1000).toFixed(0)} ms |`,
    )
  }

  console.log(
    `\n| package | Node | bare decompression | rpmlint-ts | less start-up, over bare | rpm2cpio, cpio, nm -D | rpmlint BinariesCheck | peak |\n|---|---|---|---|---|---|---|---|`,
  )
  for (const name of [
    'libpq5-gzip',
    'libpq5-xz',
    'libpq5-zstd',
    'libqt5gui5-gzip',
    'libqt5gui5-xz',
    'libqt5gui5-zstd',
    'libllvm14-xz',
    'libllvm14-zstd',
  ]) {
    const rpm = join(folder, `${name}.rpm`)
    const payload = payloadOf(rpm)
    const nm = `d=$(mktemp -d) && cd $d && rpm2cpio ${rpm} | cpio -idm --quiet && find . -type f -name '*.so*' -exec nm -D {} + >/dev/null 2>&1; rm -rf $d`
    const others = [`${BARE[name.split('-')[1]]} < ${payload} >/dev/null`, nm, `rpmlint --checks BinariesCheck ${rpm} >/dev/null 2>&1`]
    const ours = nodes.flatMap(node => [
      `${node} ${cli} check ${rpm} >/dev/null`,
      `${node} ${cli} check ${folder}/small-zstd.rpm >/dev/null`,
    ])
    const [bare, cpioNm, rpmlint, ...rest] = measure([...others, ...ours], name.startsWith('libllvm') ? 1 : 5)
    nodes.forEach((node, index) => {
      const own = rest[2 * index]
      const start = rest[2 * index + 1]
      console.log(
        `| ${name} | ${version(node)} | ${seconds(bare.cpu)} | ${seconds(own.cpu)} | ${ratio(own.cpu - start.cpu, bare.cpu)} | ${seconds(cpioNm.cpu)} | ${seconds(rpmlint.cpu)} | ${own.peak.toFixed(0)} MB |`,
      )
    })
  }

  console.log(`\n| 100 small packages | rpmlint-ts, each | rpmlint BinariesCheck, each | ratio |\n|---|---|---|---|`)
  for (const node of nodes) {
    const [own, rpmlint] = measure([
      `${node} ${cli} check ${folder}/batch >/dev/null`,
      `rpmlint --checks BinariesCheck ${folder}/batch >/dev/null 2>&1`,
    ])
    console.log(
      `| ${version(node)} | ${(own.cpu * 10).toFixed(1)} ms | ${(rpmlint.cpu * 10).toFixed(1)} ms | ${ratio(rpmlint.cpu, own.cpu)} |`,
    )
  }
} finally {
  rmSync(work, { recursive: true, force: true })
}
