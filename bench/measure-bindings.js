#!/usr/bin/env node
/**
 * `node bench/measure-bindings.js [DIRECTORY… [EVERY]]` times `rpmlint-ts bindings` against LD_DEBUG=bindings: for all programs of the directories (/usr/bin and /usr/sbin), where LD_DEBUG is
 * extrapolated from every EVERYth of them (12), for 2,000 copies of `true`, and for one program of 100 libraries with 1,000 functions each, all of which it calls. ld.so only traces
 * (LD_TRACE_LOADED_OBJECTS), so nothing of the programs runs; needs gcc.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { closeSync, copyFileSync, mkdirSync, mkdtempSync, openSync, readSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const words = process.argv.slice(2)
const every = Number(words.findLast(word => /^\d+$/.test(word)) ?? 12)
const named = words.filter(word => !/^\d+$/.test(word))
const directories = named.length > 0 ? named : ['/usr/bin', '/usr/sbin']
const cli = fileURLToPath(new URL('../dist/rpmlint-ts.cjs', import.meta.url))
const work = mkdtempSync(join(tmpdir(), 'bench-'))
const traces = join(work, 'traces')
const TRACE = `LD_TRACE_LOADED_OBJECTS=1 LD_WARN=yes LD_BIND_NOW=1 LD_DEBUG=bindings LD_DEBUG_OUTPUT=${join(traces, 'trace')}`

/**
 * CPU seconds of a command and its children, and wall-clock seconds.
 * @param {string} command
 * @param {readonly string[]} args
 */
function time(command, args) {
  const { stderr } = spawnSync('/usr/bin/time', ['-f', '%U %S %e', command, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 1 << 30,
  })
  const [user, system, elapsed] = stderr.trim().split('\n').at(-1)?.split(' ').map(Number) ?? []
  return { cpu: user + system, elapsed }
}

/**
 * One shell for all programs, because one may take less than the clock's resolution.
 * @param {readonly string[]} programs
 */
function trace(programs) {
  mkdirSync(traces)
  const measured = time('sh', ['-c', `for program; do ${TRACE} "$program" >/dev/null 2>&1; done`, 'sh', ...programs])
  rmSync(traces, { recursive: true })
  return measured
}

/**
 * The better of two runs: the first warms caches.
 * @param {() => ReturnType<typeof time>} step
 */
function best(step) {
  step()
  return [step(), step()].sort((a, b) => a.cpu - b.cpu)[0]
}

/** @param {string} path */
function isElf(path) {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false
  const file = openSync(path, 'r')
  const head = Buffer.alloc(4)
  readSync(file, head, 0, 4, 0)
  closeSync(file)
  return head.toString('latin1') === '\x7fELF'
}

/**
 * LD_DEBUG is run over every `step`th program.
 * @param {string} title
 * @param {readonly string[]} programs
 */
function report(title, programs, step = 1) {
  const some = programs.filter((_, index) => index % step === 0)
  const traced = best(() => trace(some))
  traced.cpu *= programs.length / some.length
  traced.elapsed *= programs.length / some.length
  const row = (/** @type {string} */ name, /** @type {ReturnType<typeof time>} */ { cpu, elapsed }) =>
    console.log(
      `| ${title} | ${name} | ${cpu.toFixed(2)} s | ${elapsed.toFixed(2)} s | ${(traced.cpu / cpu).toFixed(1)} × | ${(traced.elapsed / elapsed).toFixed(1)} × |`,
    )
  row('LD_DEBUG=bindings', traced)
  const ours = (/** @type {readonly string[]} */ ...args) => best(() => time(process.execPath, [cli, 'bindings', ...args, ...programs]))
  row('--symbols crypto, JSON', ours('--symbols', 'crypto', '--format', 'json'))
  row('all bindings, JSON', ours('--format', 'json'))
  row('all bindings, text', ours())
}

/** @param {number} count */
function copiesOfTrue(count) {
  const [, real] = spawnSync('sh', ['-c', 'command -v true; readlink -f /usr/bin/true'], { encoding: 'utf8' }).stdout.split('\n')
  return Array.from({ length: count }, (_, index) => {
    const copy = join(work, `true${index}`)
    copyFileSync(real, copy)
    return copy
  })
}

function buildLarge() {
  const names = Array.from({ length: 100 }, (_, library) =>
    Array.from({ length: 1000 }, (__, index) => `library_${library}_function_number_${index}`),
  )
  names.forEach((functions, library) => {
    writeFileSync(join(work, 'lib.c'), functions.map(name => `int ${name}(void) { return 1; }`).join('\n'))
    execFileSync('gcc', ['-shared', '-fPIC', '-O0', '-nostdlib', '-o', join(work, `lib${library}.so`), join(work, 'lib.c')])
  })
  const all = names.flat()
  writeFileSync(
    join(work, 'main.c'),
    `${all.map(name => `int ${name}(void);`).join('\n')}\nint main(void) { return ${all.map(name => `${name}()`).join('+\n')}; }`,
  )
  const libraries = names.map((_, library) => join(work, `lib${library}.so`))
  execFileSync('gcc', ['-O0', '-o', join(work, 'main'), join(work, 'main.c'), ...libraries, `-Wl,-rpath,${work}`])
  return join(work, 'main')
}

try {
  const programs = directories.flatMap(directory => readdirSync(directory).map(name => join(directory, name))).filter(isElf)
  console.log('| programs | what | CPU | elapsed | faster, CPU | faster, elapsed |\n|---|---|---|---|---|---|')
  report(`${programs.length} of ${directories.join(' and ')}`, programs, every)
  report('2,000 copies of true', copiesOfTrue(2000))
  report('1 of 100 libraries and 100,000 functions', [buildLarge()])
} finally {
  rmSync(work, { recursive: true, force: true })
}
