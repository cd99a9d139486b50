/** Help text. */
import { afterEach, describe, expect, test } from '@jest/globals'
import { renderHelp } from '../../lib/cli/help.js'
import { COMMANDS } from '../../lib/cli/commands.js'
import { operandText } from '../../lib/cli/options/command-spec.js'

const { argv, env } = process

afterEach(() => {
  process.argv = argv
  process.env = env
})

describe('help', () => {
  test.each(COMMANDS)('for $name has its description, options and examples', async command => {
    const text = await renderHelp(command, 200)
    const { name, operand, description, options, examples, epilogue = '' } = command
    expect(text.split('\n')[0]).toBe(`rpmlint-ts ${name} ${operandText(operand)}`.trim())
    expect(text).toContain(description)
    expect(text).toContain(epilogue)
    for (const [option, { alias, description: meaning }] of Object.entries(options))
      expect(text).toMatch(new RegExp(`^ +${alias === undefined ? '' : `-${alias}, `}--${option} +${escaped(meaning)} `, 'm'))
    for (const [line, meaning] of examples)
      expect(text).toMatch(new RegExp(`${escaped(line.replace('$0', 'rpmlint-ts'))} *${escaped(meaning)}`))
  })

  test('for the program has every command with its description', async () => {
    const text = await renderHelp(null, 200)
    for (const { name, operand, description } of COMMANDS)
      expect(text).toMatch(new RegExp(`^ +rpmlint-ts ${escaped(`${name} ${operandText(operand)}`.trim())} +${escaped(description)}`, 'm'))
  })

  test('has every option once, under one title', async () => {
    for (const command of COMMANDS) {
      const text = await renderHelp(command, 200)
      const listed = [...text.matchAll(/^ +(?:-\w, )?--([\w-]+) /gm)].map(([, name = '']) => name)
      expect(listed.toSorted()).toEqual([...Object.keys(command.options), 'help', 'version'].toSorted())
      const titles = (command.groups ?? []).map(([title]) => title)
      for (const title of titles) expect(text).toContain(`\n${title}:\n`)
    }
  })

  test.each([60, 80, 110])('keeps to a width of %i', async width => {
    for (const command of [null, ...COMMANDS]) {
      const lines = (await renderHelp(command, width)).split('\n')
      // The list of formats is not wrapped, so that lines can be searched.
      expect(lines.filter(line => line.length > width && !/^  \w+ {2,}\S/.test(line))).toEqual([])
    }
  })

  test('is independent of arguments and locale', async () => {
    const [check = null] = COMMANDS
    const text = await renderHelp(check, 80)
    process.argv = ['node', 'cli.js', 'rules', '--frobnicate', '--get-yargs-completions']
    process.env = { ...env, LC_ALL: 'de_DE.UTF-8', LANG: 'de_DE.UTF-8' }
    expect(await renderHelp(check, 80)).toBe(text)
    expect(text).toContain('\nOptions:\n')
  })
})

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
