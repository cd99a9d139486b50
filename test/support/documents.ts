/**
 * Commands in documents that are run: fenced blocks with the words `sh test`, in the order of a page, in one shell.
 *
 *     ```sh test
 *     rpmlint-ts check good.rpm
 *     rpmlint-ts check bad.rpm || [ $? -eq 1 ]
 *     ```
 *
 * `sh test needs=rpmbuild,gcc` skips the whole page where one of these tools is missing. A page runs in the root of a copy of the checkout.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export interface Block {
  /** Of its first command, in the page. */
  readonly line: number
  readonly commands: string
  readonly needs: readonly string[]
}

/** README.md and all below docs/, as paths from the root, sorted. */
export function pages(): string[] {
  const below = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).map(name => `docs/${name}`)
  return ['README.md', ...below.filter(name => name.endsWith('.md')).sort()]
}

export function textOfPage(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8')
}

/** Throws for other words after `sh`, and for a block without an end. */
export function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = []
  for (const { info, line, text } of fencesOf(markdown)) {
    if (!info.startsWith('sh ')) continue
    const [, needs = ''] = /^sh test(?: needs=([\w,.-]+))?$/.exec(info) ?? misspelt(line, info)
    blocks.push({ line, commands: text, needs: needs.split(',').filter(Boolean) })
  }
  return blocks
}

interface Fence {
  readonly info: string
  readonly line: number
  readonly text: string
}

/** Fenced blocks. A fence in an indented block is text. */
export function fencesOf(markdown: string): Fence[] {
  const fences: Fence[] = []
  const lines = markdown.split('\n')
  for (let at = 0; at < lines.length; at++) {
    const [, info] = /^```(.*)$/.exec(lines[at] ?? '') ?? []
    if (info === undefined) continue
    const end = lines.indexOf('```', at + 1)
    if (end < 0) throw new Error(`line ${at + 1}: the block has no end`)
    fences.push({ info: info.trim(), line: at + 2, text: lines.slice(at + 1, end).join('\n') })
    at = end
  }
  return fences
}

function misspelt(line: number, info: string): never {
  throw new Error(`line ${line - 1}: \`${info}\` is neither \`sh\` nor \`sh test\``)
}

/** The checkout in `folder`, with dist and node_modules of the real one. */
export function copyCheckout(folder: string): void {
  const entries = readdirSync(ROOT).filter(name => !['.git', 'coverage', ...BUILT].includes(name))
  for (const name of entries) cpSync(join(ROOT, name), join(folder, name), { recursive: true, verbatimSymlinks: true })
  for (const name of BUILT) symlinkSync(join(ROOT, name), join(folder, name))
}

const BUILT = ['dist', 'node_modules']

/** `rpmlint-ts` in its own directory on PATH, as if installed. */
export function programFolder(folder: string): string {
  const program = join(folder, 'rpmlint-ts')
  mkdirSync(folder, { recursive: true })
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${join(ROOT, 'dist/rpmlint-ts.cjs')}" "$@"\n`)
  chmodSync(program, 0o755)
  return folder
}

/** `null` if every command of every block succeeds, else the block that failed, and its output. */
export function failureOf(blocks: readonly Block[], checkout: string, home: string): string | null {
  const script = [
    'set -euo pipefail',
    'exec 2>&1',
    ...blocks.flatMap(({ line, commands }) => [`printf '\\n%s %d\\n' ${MARK} ${line}`, commands]),
  ]
  mkdirSync(home, { recursive: true })
  const { PATH = '' } = process.env
  const { stdout, status, error } = spawnSync('bash', ['-c', script.join('\n')], {
    cwd: checkout,
    env: {
      PATH: [programFolder(join(home, 'bin')), dirname(process.execPath), PATH].join(delimiter),
      HOME: home,
      LC_ALL: 'C.UTF-8',
      TMPDIR: home,
    },
    encoding: 'utf8',
    timeout: 300_000,
  })
  if (status === 0 && error === undefined) return null
  const printed = stdout.slice(stdout.lastIndexOf(`\n${MARK} `) + MARK.length + 2)
  const [line = '', ...output] = printed.split('\n')
  return `the block at line ${line} failed (${error?.message ?? `status ${status}`}):\n${output.join('\n')}`
}

const MARK = 'block-of-the-page'
