/**
 * Containerfile without a container: its instructions, one after the other, over a folder for each stage.
 *
 * What the base image brings is left out; node_modules are those installed here instead of what `npm ci` would fetch.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { Copy, DockerfileParser, From, JSONInstruction, type Instruction } from 'dockerfile-ast'
import { validate } from 'dockerfile-utils'
import { samplePath } from '../support/sample.js'
import { scratchFolder } from '../support/tools.js'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const TEXT = readFileSync(join(ROOT, 'Containerfile'), 'utf8')
const LET_IN = readFileSync(join(ROOT, '.containerignore'), 'utf8')
  .split('\n')
  .flatMap(line => /^!(.+)$/.exec(line)?.[1] ?? [])

/** A stage so far: the folder that stands for its root, and the working directory in it. */
interface Stage {
  readonly root: string
  directory: string
  user: string
  entryPoint: readonly string[]
}

const instructions = DockerfileParser.parse(TEXT).getInstructions()
const valuesOf = (instruction: Instruction): string[] => instruction.getArguments().map(argument => argument.getValue())
const inside = ({ root, directory }: Stage, path: string): string => join(root, path.startsWith('/') ? path : join(directory, path))

function build(folder: string): Stage[] {
  const stages: Stage[] = []
  for (const instruction of instructions) {
    if (instruction instanceof From)
      stages.push({ root: join(folder, String(stages.length)), directory: '/', user: 'root', entryPoint: [] })
    const stage = stages.at(-1)
    if (stage === undefined) throw new Error('an instruction before FROM')
    obey(instruction, stage, stages)
  }
  return stages
}

function obey(instruction: Instruction, stage: Stage, stages: readonly Stage[]): void {
  const [first = ''] = valuesOf(instruction)
  if (instruction instanceof Copy) return copy(instruction, stage, stages)
  switch (instruction.getKeyword()) {
    case 'WORKDIR':
      stage.directory = first
      return void mkdirSync(inside(stage, '.'), { recursive: true })
    case 'RUN':
      return run(instruction.getRawArgumentsContent() ?? '', stage)
    case 'USER':
      stage.user = first
      return
    case 'ENTRYPOINT':
      stage.entryPoint = instruction instanceof JSONInstruction ? instruction.getJSONStrings().map(text => text.getJSONValue()) : []
  }
}

function copy(instruction: Copy, stage: Stage, stages: readonly Stage[]): void {
  const from = instruction.getFromFlag()?.getValue() ?? null
  const [target = '', ...sources] = valuesOf(instruction).reverse()
  for (const source of sources) {
    if (from === null && !LET_IN.includes(source)) throw new Error(`.containerignore keeps ${source} out`)
    const path = from === null ? join(ROOT, source) : join(stages[0]?.root ?? '', source)
    const isInto = target.endsWith('/') || !statSync(path).isDirectory()
    mkdirSync(isInto ? inside(stage, target) : dirname(inside(stage, target)), { recursive: true })
    cpSync(path, isInto ? join(inside(stage, target), basename(source)) : inside(stage, target), { recursive: true })
  }
}

function run(command: string, stage: Stage): void {
  if (command === 'npm ci') return symlinkSync(join(ROOT, 'node_modules'), inside(stage, 'node_modules'))
  mkdirSync(join(stage.root, 'usr/local/bin'), { recursive: true })
  execFileSync('sh', ['-e', '-c', command.replace(/(?<= )\/(?=opt|usr)/g, `${stage.root}/`)], { cwd: inside(stage, '.'), stdio: 'pipe' })
}

describe('the image', () => {
  const folder = scratchFolder('container')
  let image: Stage
  beforeAll(() => {
    const [, last] = build(folder)
    if (last === undefined) throw new Error('Containerfile has one stage')
    image = last
  })

  const rpmlintTs = (args: readonly string[], input?: Buffer) =>
    spawnSync(image.entryPoint[0] ?? '', [...image.entryPoint.slice(1), ...args], {
      cwd: inside(image, '.'),
      env: { PATH: `${image.root}/usr/local/bin:${dirname(process.execPath)}:/usr/bin:/bin` },
      encoding: 'utf8',
      ...(input === undefined ? {} : { input }),
    })

  test('judges packages in its working directory, and on standard input', () => {
    const bad = samplePath('Percona-Server-shared-compat-5.5.20-90.x86_64.rpm')
    const good = samplePath('Percona-Server-shared-compat-5.5.20-92.x86_64.rpm')
    cpSync(bad, inside(image, 'bad.rpm'))
    expect(rpmlintTs(['check', 'bad.rpm'])).toMatchObject({ status: 1, stderr: '' })
    expect(rpmlintTs(['check', '-'], readFileSync(good))).toMatchObject({ status: 0, stderr: '' })
    expect(rpmlintTs(['check', samplePath('libdbclient-xz-1.0-1.x86_64.rpm')]).status).toBe(1) // liblzma is with it
  })

  test('holds the program, its licences, and nothing to build it with', () => {
    for (const path of ['LICENSE', 'dist/THIRD-PARTY.txt', 'dist/liblzma/LICENSE'])
      expect(existsSync(join(image.root, 'opt/rpmlint-ts', path))).toBe(true)
    for (const path of ['lib', 'node_modules', 'scripts']) expect(existsSync(join(image.root, 'opt/rpmlint-ts', path))).toBe(false)
  })

  test('runs it as a user that is not root', () => expect(image.user).toBe('node'))
})

test('Containerfile has no mistakes that dockerfile-utils knows', () => {
  expect(validate(TEXT)).toEqual([])
  expect(validate(TEXT.replace('WORKDIR', 'WORKDR')).length).toBeGreaterThan(0)
})

test('.containerignore lets in what Containerfile takes, and no more', () => {
  const taken = instructions.filter(instruction => instruction instanceof Copy && instruction.getFromFlag() === null)
  expect([...new Set(taken.flatMap(instruction => valuesOf(instruction).slice(0, -1)))].sort()).toEqual([...LET_IN].sort())
})
