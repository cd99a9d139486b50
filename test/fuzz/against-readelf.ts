/**
 * The unversioned OpenSSL symbols of ELF files, as `readelf -D` sees them: where it follows PT_DYNAMIC and the hash tables, as ld.so does, both
 * should see the same, and a file that has some must not be clean.
 *
 * DIFFERENCES is the table of kinds of difference: every other one fails.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Catalogue } from '../../lib/catalogue/catalogue.js'
import { objectFactsOf } from '../../lib/facts/object-facts.js'
import type { ObjectFacts } from '../../lib/facts/model.js'
import { ElfLayout } from './elf-layout.js'
import { filesIn } from './rpm-draft.js'
import type { Report } from '../../lib/lint/report.js'
import type { Checked, Comparison, Differential } from './differentials.js'

/** What one file is to both. */
export interface Pair {
  readonly facts: ObjectFacts
  readonly bytes: Buffer
  /** Distinctive symbols that are defined without a version, sorted. */
  readonly ours: readonly string[]
  readonly theirs: readonly string[]
  /** What readelf complained of. */
  readonly complaints: string
}

export interface Difference {
  readonly what: string
  readonly why: string
  readonly isOf: (pair: Pair) => boolean
}

export const DIFFERENCES: readonly Difference[] = [
  {
    what: 'a file that we report as malformed',
    why: 'ld.so could not use it, or not safely; readelf shows what it can',
    isOf: ({ facts }) => facts.fault !== null,
  },
  {
    what: 'a file that readelf complains about',
    why: 'it leaves out or guesses the table in question; we read the parts that ld.so would',
    isOf: ({ complaints }) => complaints !== '',
  },
  {
    what: 'symbols that no hash chain leads to',
    why: 'ld.so finds a symbol by its hash table alone, so nothing binds to them; readelf lists the whole table',
    isOf: ({ bytes, ours, theirs }) => {
      const layout = new ElfLayout(bytes)
      const missed = theirs.filter(name => !ours.includes(name))
      return ours.every(name => theirs.includes(name)) && missed.every(name => !layout.leadsTo(name))
    },
  },
  {
    what: 'hidden symbols of a version that the file does not define',
    why: 'ld.so binds no reference to them; readelf shows them without a version',
    isOf: ({ facts, ours, theirs }) =>
      theirs
        .filter(name => !ours.includes(name))
        .every(name => facts.exports.some(other => other.name === name && other.isHidden && other.version === null)),
  },
  {
    what: 'no dynamic symbols to readelf',
    why: 'it counts the symbols by a hash table that it can follow; ld.so needs no count',
    isOf: ({ theirs, ours }) => theirs.length === 0 && ours.length > 0,
  },
]

const catalogue = new Catalogue()

export function againstReadelf(): Differential {
  const checked: Checked[] = []
  return {
    add: one => void checked.push(one),
    finish: () => {
      const { unexplained, explained } = compared(checked.filter(({ input }) => input.kind === 'elf'))
      const falselyClean = checked.filter(({ input, report }) => input.kind === 'rpm' && isClean(report)).flatMap(offendersIn)
      return Promise.resolve({ explained, unexplained: [...unexplained, ...falselyClean] })
    },
  }
}

function compared(checked: readonly Checked[]): Comparison {
  const readings = readelfOf(checked.map(({ input }) => input.targets[0]?.bytes ?? Buffer.alloc(0)))
  const explained: Record<string, number> = {}
  const unexplained: Comparison['unexplained'][number][] = []
  checked.forEach(({ input, genes, index, report }, at) => {
    const pair = pairOf(input.targets[0]?.bytes ?? Buffer.alloc(0), readings[at] ?? { theirs: [], complaints: 'no answer' })
    const isFalseClean = isClean(report) && pair.theirs.length > 0 && pair.ours.length > 0
    if (!isFalseClean && String(pair.ours) === String(pair.theirs)) return
    const known = DIFFERENCES.find(({ isOf }) => isOf(pair))
    if (known !== undefined) explained[known.what] = (explained[known.what] ?? 0) + 1
    else {
      const message = `${isClean(report) ? 'clean; ' : ''}readelf: ${pair.theirs.join(' ') || 'none'}; we: ${pair.ours.join(' ') || 'none'}`
      unexplained.push({ failure: { property: isClean(report) ? 'no-false-clean' : 'against', message }, genes, index })
    }
  })
  return { unexplained, explained }
}

function isClean(report: Report | null): boolean {
  return (
    report?.packages.every(entry => entry.outcome === 'checked' && entry.findings.every(({ severity }) => severity === 'info')) ?? false
  )
}

/** A package that passed, unpacked by rpm2cpio and read by a reader of cpio of its own: nothing of it is written anywhere, for it may be hostile. */
function offendersIn({ input, genes, index }: Checked): Comparison['unexplained'][number][] {
  const { stdout } = spawnSync('rpm2cpio', ['-'], { input: input.targets[0]?.bytes, maxBuffer: 1 << 26, timeout: 10_000 })
  const files = (filesIn(Buffer.from(stdout), new Map()) ?? []).map(({ path, content }) => ({
    path,
    bytes: Buffer.from(content, 'latin1'),
  }))
  const objects = files.filter(({ bytes }) => ElfLayout.isElf(bytes))
  const readings = readelfOf(objects.map(({ bytes }) => bytes))
  return objects.flatMap(({ path, bytes }, at) => {
    const pair = pairOf(bytes, readings[at] ?? { theirs: [], complaints: '' })
    if (pair.theirs.length === 0 || (pair.ours.length === 0 && DIFFERENCES.some(({ isOf }) => isOf(pair)))) return []
    return [
      { failure: { property: 'no-false-clean' as const, message: `clean; readelf: ${path}: ${pair.theirs.join(' ')}` }, genes, index },
    ]
  })
}

function pairOf(bytes: Buffer, { theirs, complaints }: Reading): Pair {
  const facts = objectFactsOf(bytes, { path: 'x.so', alsoAt: [], isNested: false, sha256: null }, catalogue)
  const ours = facts.guarded.filter(({ version, isGeneric }) => version === null && !isGeneric).map(({ name }) => name)
  return { facts, bytes, ours: sorted(ours), theirs, complaints }
}

const isDistinctive = (name: string): boolean => catalogue.find(name)?.isGeneric === false
const sorted = (names: readonly string[]): string[] => [...new Set(names)].sort()

interface Reading {
  readonly theirs: readonly string[]
  readonly complaints: string
}

const SYMBOL =
  /^ *\d+: [0-9a-f]+ +\S+ (\S+|<[^>]*>: \d+) +(?:GLOBAL|WEAK|UNIQUE|<OS specific>: 10) +(?:DEFAULT|PROTECTED) +(?:\[[^\]]*\] +)?(bad section index\[ *\d+\]|\S+) (\S+)$/gm
/** The types that ld.so looks up (ALLOWED_STT in elf/dl-lookup.c); readelf knows IFUNC only where EI_OSABI is GNU. */
const LOOKED_UP = new Set(['NOTYPE', 'OBJECT', 'FUNC', 'COMMON', 'TLS', 'IFUNC', '<OS specific>: 10'])

/** A hundred files at a time. */
function readelfOf(files: readonly Buffer[]): Reading[] {
  const folder = mkdtempSync(join(tmpdir(), 'fuzz-readelf-'))
  const readings: Reading[] = []
  for (let from = 0; from < files.length; from += 100) {
    const paths = files.slice(from, from + 100).map((bytes, index) => {
      const path = join(folder, `${from + index}.so`)
      writeFileSync(path, bytes)
      return path
    })
    const { stdout, stderr } = spawnSync('readelf', ['-W', '-D', '-s', '-d', ...paths], {
      encoding: 'latin1',
      timeout: 60_000,
      maxBuffer: 1 << 29,
      env: { ...process.env, LC_ALL: 'C' },
    })
    // Complaints do not say which file they are about: then each is asked for alone.
    readings.push(...(stderr === '' && paths.length > 1 ? readingsIn(stdout, paths) : paths.map(alone)))
  }
  rmSync(folder, { recursive: true })
  return readings
}

function readingsIn(text: string, paths: readonly string[]): Reading[] {
  const parts = new Map(text.split('\nFile: ').map(part => [part.slice(0, part.indexOf('\n')), part]))
  return paths.map(path => ({ theirs: symbolsIn(parts.get(path) ?? ''), complaints: '' }))
}

function alone(path: string): Reading {
  const { stdout, stderr, signal } = spawnSync('readelf', ['-W', '-D', '-s', '-d', path], {
    encoding: 'latin1',
    timeout: 10_000,
    maxBuffer: 1 << 26,
    env: { ...process.env, LC_ALL: 'C' },
  })
  return { theirs: symbolsIn(stdout ?? ''), complaints: (stderr ?? '') + (signal ?? '') }
}

function symbolsIn(text: string): string[] {
  const names: string[] = []
  for (const [, type = '', section = '', label = ''] of text.matchAll(SYMBOL))
    if (section !== 'UND' && LOOKED_UP.has(type) && !label.includes('@') && isDistinctive(label)) names.push(label)
  return sorted(names)
}
