/** Builds a planned graph with the assembler and the link editor of the machine: one script, so that starting processes costs little. */
import { execFileSync } from 'node:child_process'
import { copyFileSync, linkSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { addDynamicTags } from './dynamic-tags.js'
import { assemblyOf } from './assembly.js'
import { INTERPRETER } from './run-loader.js'
import type { Decoy, GraphPlan, ObjectPlan } from './graph-plan.js'

const REPORTER = fileURLToPath(new URL('reporter.c', import.meta.url))

/** What every graph links. */
export interface Parts {
  readonly reporter: string
  readonly libc: string
}

export function buildParts(folder: string): Parts {
  const reporter = join(folder, 'reporter.o')
  execFileSync('gcc', ['-c', '-O1', '-fPIC', '-ffreestanding', '-fno-stack-protector', '-fcf-protection=none', '-o', reporter, REPORTER])
  return { reporter, libc: execFileSync('gcc', ['-print-file-name=libc.so.6'], { encoding: 'utf8' }).trim() }
}

/** Builds the graph in `folder`; the program's path. */
export function buildGraph(plan: GraphPlan, folder: string, parts: Parts): string {
  const objects = [plan.program, ...plan.libraries]
  const commands = [
    ...objects.flatMap((object, index) => compileCommands(object, folder, `o${index}`, object === plan.program)),
    ...plan.libraries.flatMap((object, index) => standInCommands(plan, object, folder, index)),
    ...objects.map((object, index) => linkCommand(plan, object, folder, `o${index}`, parts)),
  ]
  writeFileSync(join(folder, 'build.sh'), ['set -e', `cd ${folder}`, ...commands, ''].join('\n'))
  execFileSync('sh', [join(folder, 'build.sh')], { stdio: ['ignore', 'ignore', 'inherit'] })
  for (const object of objects) addTags(join(folder, object.file), object)
  for (const decoy of plan.decoys) placeDecoy(folder, decoy)
  return join(folder, plan.program.file)
}

function compileCommands(object: ObjectPlan, folder: string, name: string, isProgram: boolean): string[] {
  mkdirSync(join(folder, dirname(object.file)), { recursive: true })
  writeFileSync(join(folder, `${name}.s`), assemblyOf(object, isProgram))
  writeFileSync(join(folder, `${name}.map`), versionScriptOf(object))
  return [`as -o ${name}.o ${name}.s`]
}

/** The first node hides what the names in the code stand for. */
function versionScriptOf({ nodes }: ObjectPlan): string {
  return nodes.map((node, index) => (index === 0 ? `${node} { local: impl_*; };` : `${node} { } ${nodes[index - 1]};`)).join('\n')
}

/** What others link with: the same names and versions, but no references and no needs, so that cycles can be built. */
function standInCommands(plan: GraphPlan, object: ObjectPlan, folder: string, index: number): string[] {
  const seen = { ...(plan.linkedAgainst.get(object.file) ?? object), references: [] }
  const name = `s${index}`
  mkdirSync(join(folder, dirname(standInOf(object))), { recursive: true })
  return [
    ...compileCommands(seen, folder, name, false),
    ['ld -shared -o', standInOf(object), `${name}.o`, ...sonameWords(object), ...versionWords(seen, name)].join(' '),
  ]
}

function standInOf({ file }: ObjectPlan): string {
  return join('stand-ins', file.replaceAll('/', '_'), basename(file))
}

function linkCommand(plan: GraphPlan, object: ObjectPlan, folder: string, name: string, { reporter, libc }: Parts): string {
  const needs = object.needs.map(file =>
    needWords(
      plan.libraries.find(library => library.file === file),
      file,
    ),
  )
  return [
    'ld',
    ...(object === plan.program ? programWords(plan) : ['-shared']),
    `-o ${object.file} ${name}.o ${relative(folder, reporter)}`,
    ...sonameWords(object),
    ...versionWords(object, name),
    ...searchWords(object),
    '--no-as-needed --allow-shlib-undefined',
    ...object.flags,
    ...needs,
    ...(object.needsLibc ? [libc] : []),
  ].join(' ')
}

function programWords({ program }: GraphPlan): string[] {
  return [program.isPositionIndependent ? '-pie' : '-no-pie', `-dynamic-linker ${INTERPRETER}`, '--unresolved-symbols=ignore-all']
}

/** Without a soname, the words of the command line become DT_NEEDED: `-l:` leaves the folder out. */
function needWords(library: ObjectPlan | undefined, file: string): string {
  if (library === undefined) throw new Error(`no plan for ${file}`)
  const fakeProgram = standInOf(library)
  return library.soname === null ? `-L ${dirname(fakeProgram)} -l:${basename(fakeProgram)}` : fakeProgram
}

function sonameWords({ soname }: ObjectPlan): string[] {
  return soname === null ? [] : [`-soname '${soname}'`]
}

function versionWords({ nodes }: ObjectPlan, name: string): string[] {
  return nodes.length === 0 ? [] : [`--version-script=${name}.map`]
}

function searchWords({ search }: ObjectPlan): string[] {
  if (search === null) return []
  return [search.tag === 'RPATH' ? '--disable-new-dtags' : '--enable-new-dtags', `-rpath '${search.directories.join(':')}'`]
}

function addTags(path: string, { addedTags }: ObjectPlan): void {
  if (addedTags.length > 0) writeFileSync(path, addDynamicTags(readFileSync(path), addedTags))
}

function placeDecoy(folder: string, { file, copyOf, kind }: Decoy): void {
  const [place, original] = [join(folder, file), join(folder, copyOf)]
  mkdirSync(dirname(place), { recursive: true })
  if (kind === 'symlink') return symlinkSync(relative(dirname(place), original), place)
  if (kind === 'hardlink') return linkSync(original, place)
  copyFileSync(original, place)
  if (kind !== 'copy') spoil(place, kind)
}

const EI_CLASS = 4
const E_MACHINE = 18

function spoil(place: string, kind: 'wrong class' | 'wrong machine'): void {
  const bytes = readFileSync(place)
  if (kind === 'wrong class') bytes[EI_CLASS] = 1
  else bytes.writeUInt16LE(183, E_MACHINE) // aarch64
  writeFileSync(place, bytes)
}
