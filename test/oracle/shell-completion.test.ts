/** What bash, zsh and fish themselves offer at TAB with the completions of dist/. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from '@jest/globals'
import { COMMANDS } from '../../lib/cli/commands.js'
import { rules } from '../../rules/index.js'
import { describeWithTools, scratchFolder } from '../support/tools.js'

const COMPLETIONS = fileURLToPath(new URL('../../dist/completions', import.meta.url))
const ZSH = fileURLToPath(new URL('../support/complete.zsh', import.meta.url))

const folder = scratchFolder('completion')
const home = scratchFolder('home')
mkdirSync(join(folder, 'tree'))
writeFileSync(join(folder, 'a.rpm'), '')

/** As bash cuts the line into words: `=` is one of its own. */
function inBash(line: string): string[] {
  const words = line.split(/ +|(?==)|(?<==)/)
  const script = `
    source "$1/rpmlint-ts.bash"; shift
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
    _rpmlint_ts rpmlint-ts "\${COMP_WORDS[-1]}" "\${COMP_WORDS[-2]}"
    printf '%s\\n' "\${COMPREPLY[@]}"`
  return linesOf(execFileSync('bash', ['-c', script, 'bash', COMPLETIONS, ...words], { cwd: folder, encoding: 'utf8' }))
}

/** By line: one shell is asked for all of them. */
function inZsh(lines: readonly string[]): Map<string, string[]> {
  const offered = execFileSync('zsh', [ZSH, COMPLETIONS, ...lines], { cwd: folder, encoding: 'utf8' }).split(/^offered$/m)
  return new Map(lines.map((line, index) => [line, [...new Set(linesOf(offered[index] ?? ''))]])) // zsh asks more than once for paths
}

/** Sorted by fish. Descriptions are left out, and of `--option=value` the option. */
function inFish(line: string): string[] {
  const script = 'source $argv[1]/rpmlint-ts.fish; complete -C $argv[2]'
  const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home }
  const offered = execFileSync('fish', ['--no-config', '-c', script, COMPLETIONS, line], { cwd: folder, env, encoding: 'utf8' })
  return linesOf(offered).map(word => word.replace(/\t.*/, '').replace(/^--[\w-]+=/, ''))
}

function linesOf(text: string): string[] {
  return text.split('\n').filter(word => word !== '')
}

const commands = [...COMMANDS.map(({ name }) => name), 'help']
const flagsOf = (command: string): string[] =>
  Object.keys(COMMANDS.find(({ name }) => name === command)?.options ?? {}).map(option => `--${option}`)

const CASES: readonly (readonly [string, readonly string[]])[] = [
  ['rpmlint-ts insp', ['inspect']],
  ['rpmlint-ts check --fail-on ', ['error', 'warning', 'info', 'never']],
  ['rpmlint-ts check --fail-on=w', ['warning']],
  ['rpmlint-ts check --color a', ['auto', 'always']],
  ['rpmlint-ts check -f rp', ['rpmlint']],
  ['rpmlint-ts inspect --format ', ['text', 'json']],
  ['rpmlint-ts check --quiet --ro', ['--root']],
  ['rpmlint-ts completion ', ['bash', 'zsh', 'fish']],
  ['rpmlint-ts help ch', ['check']],
  ['rpmlint-ts a.r', ['a.rpm']],
  ['rpmlint-ts ./a.rpm --fail-on=w', ['warning']],
  ['rpmlint-ts a.rpm --upd', ['--update-baseline']],
  ['rpmlint-ts explain unversioned-', ['unversioned-crypto-export', 'unversioned-openssl']],
]

describeWithTools(['bash'], 'in bash', () => {
  test.each(CASES)('“%s” becomes %j', (line, wanted) => expect(inBash(line)).toEqual(wanted))

  test('all commands, options and rules are offered', () => {
    for (const command of commands) expect(inBash('rpmlint-ts ')).toContain(command)
    for (const command of commands) expect(inBash(`rpmlint-ts ${command} --`)).toEqual(expect.arrayContaining(flagsOf(command)))
    expect(inBash('rpmlint-ts explain ')).toEqual(rules.map(({ id }) => id))
  })

  test('paths are, and directories alone for a build root', () => {
    expect(inBash('rpmlint-ts check ').sort()).toEqual(['a.rpm', 'tree'])
    expect(inBash('rpmlint-ts check --root ')).toEqual(['tree'])
    expect(inBash('rpmlint-ts rules ')).toEqual([])
  })
})

describeWithTools(['zsh'], 'in zsh', () => {
  let offered: ReadonlyMap<string, readonly string[]> = new Map()
  const others = ['rpmlint-ts ', 'rpmlint-ts check --root ', 'rpmlint-ts explain ', ...commands.map(name => `rpmlint-ts ${name} --`)]
  beforeAll(() => {
    offered = inZsh([...CASES.map(([line]) => line), ...others])
  }, 60_000)

  test.each(CASES)('“%s” becomes %j', (line, wanted) => expect(offered.get(line)).toEqual(wanted))

  test('all commands, options and rules are offered', () => {
    expect(offered.get('rpmlint-ts ')).toEqual(commands)
    for (const name of commands) expect(offered.get(`rpmlint-ts ${name} --`)).toEqual(expect.arrayContaining(flagsOf(name)))
    expect(offered.get('rpmlint-ts explain ')).toEqual(rules.map(({ id }) => id))
  })

  test('directories alone are offered for a build root', () => expect(offered.get('rpmlint-ts check --root ')).toEqual(['tree']))

  test('the script may be sourced as well', () => {
    const script = 'autoload -Uz compinit; compinit -u -D; source $1/_rpmlint-ts; print $_comps[rpmlint-ts]'
    expect(execFileSync('zsh', ['-f', '-c', script, 'zsh', COMPLETIONS], { cwd: folder, encoding: 'utf8' })).toBe('_rpmlint-ts\n')
  })
})

describeWithTools(['fish'], 'in fish', () => {
  test.each(CASES)('“%s” becomes %j', (line, wanted) => expect(inFish(line)).toEqual(wanted.toSorted()))

  test('all commands, options and rules are offered', () => {
    expect(inFish('rpmlint-ts ')).toEqual(commands.toSorted())
    for (const name of commands) expect(inFish(`rpmlint-ts ${name} --`)).toEqual(expect.arrayContaining(flagsOf(name)))
    expect(inFish('rpmlint-ts explain ')).toEqual(rules.map(({ id }) => id).toSorted())
  })

  test('paths are, and directories alone for a build root', () => {
    expect(inFish('rpmlint-ts check ')).toEqual(['a.rpm', 'tree/'])
    expect(inFish('rpmlint-ts check --root ')).toEqual(['tree/'])
    expect(inFish('rpmlint-ts rules ')).toEqual([])
  })
})
