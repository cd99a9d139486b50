/** The text of completion scripts; test/oracle/shell-completion.test.ts runs them in shells. */
import { describe, expect, test } from '@jest/globals'
import { completionScript } from '../../../lib/cli/completion.js'
import { COMMANDS, SHELLS } from '../../../lib/cli/commands.js'
import { completionTable, type CompletedCommand } from '../../../lib/cli/generated-text/completion-table.js'
import { COMPLETIONS } from '../../../lib/cli/generated-text/completions.js'
import { rules } from '../../../rules/index.js'

const table = completionTable(rules)

const commandOf = (name: string): CompletedCommand => {
  const command = table.find(each => each.name === name)
  if (command === undefined) throw new Error(`no ${name}`)
  return command
}

const valueOf = (command: string, flag: string): unknown => commandOf(command).options.find(({ flags }) => flags.includes(flag))?.value

describe('the table', () => {
  test.each([
    ['check', 'files'],
    ['rules', 'nothing'],
    ['init', 'nothing'],
    ['explain', rules.map(({ id }) => id)],
    ['completion', SHELLS],
    ['help', COMMANDS.map(({ name }) => name)],
  ])('has operands of %s', (name, operands) => expect(commandOf(name).operands).toEqual(operands))

  test.each([
    ['check', '--config', 'files'],
    ['check', '--with', 'files'],
    ['check', '--root', 'directories'],
    ['check', '--package', 'nothing'],
    ['check', '--quiet', null],
    ['check', '--fail-on', ['error', 'warning', 'info', 'never']],
    ['rules', '-f', ['text', 'json']],
    ['bindings', '--symbols', 'nothing'],
  ])('has for %s %s the values %j', (command, flag, value) => expect(valueOf(command, flag)).toEqual(value))
})

const SAMPLE: readonly CompletedCommand[] = [
  {
    name: 'act',
    description: "Does it's best",
    isDefault: false,
    operands: 'nothing',
    options: [
      { flags: ['--alone'], description: 'one name', isRepeatable: false, value: null },
      { flags: ['--both', '-b'], description: 'two names', isRepeatable: false, value: 'directories' },
      { flags: ['--many'], description: 'again', isRepeatable: true, value: ['x', 'y'] },
      { flags: ['--free'], description: 'any text', isRepeatable: false, value: 'nothing' },
    ],
  },
  { name: 'idle', description: 'Nothing', isDefault: false, operands: 'nothing', options: [] },
  { name: 'read', description: 'Files', isDefault: true, operands: 'files', options: [] },
  { name: 'pick', description: 'Words', isDefault: false, operands: ['p', 'q'], options: [] },
]

describe('the script for', () => {
  test('bash has a case for each command, and for each option with a value', () => {
    const script = COMPLETIONS.bash.render(SAMPLE)
    expect(script).toContain(
      '        --both | -b) _rpmlint_ts_paths -d ;;\n        --many) _rpmlint_ts_words x y ;;\n        --free) : ;;\n',
    )
    expect(script).toContain('if [[ $word == -* ]]; then _rpmlint_ts_words --alone --both -b --many --free; else :; fi')
    expect(script).toContain('    read | *[./]*)\n      case $previous in\n        *) _rpmlint_ts_paths -f ;;\n')
  })

  test('zsh supports options with one name and two, and commands without operands', () => {
    const script = COMPLETIONS.zsh.render(SAMPLE)
    expect(script).toContain(`    act)
      _arguments -S \\
        --alone'[one name]' \\
        '(--both -b)'{--both=,-b}'[two names]:both:_files -/' \\
        '*'--many='[again]:many:(x y)' \\
        --free='[any text]:free: '
      ;;
    idle) ;;
    read|*[./]*)
      _arguments -S \\
        '*:path:_files'
      ;;
`)
    expect(script).toContain("    'act:Does it'\\''s best'\n")
  })

  test('fish has a line for each command, option and operand', () => {
    const lines = COMPLETIONS.fish.render(SAMPLE).split('\n')
    expect(lines).toEqual(
      expect.arrayContaining([
        `complete -c rpmlint-ts -n '__rpmlint_ts_command ""' -a act -d 'Does it\\'s best'`,
        `complete -c rpmlint-ts -n '__rpmlint_ts_command act' -l alone -d 'one name'`,
        `complete -c rpmlint-ts -n '__rpmlint_ts_command act' -l both -s b -x -a '(__fish_complete_directories)' -d 'two names'`,
        `complete -c rpmlint-ts -n '__rpmlint_ts_command act' -l many -x -a 'x y' -d 'again'`,
        `complete -c rpmlint-ts -n '__rpmlint_ts_command act' -l free -x -d 'any text'`,
        `complete -c rpmlint-ts -n '__rpmlint_ts_command read' -F`,
        `complete -c rpmlint-ts -n '__rpmlint_ts_command pick' -a 'p q'`,
      ]),
    )
    expect(lines.filter(line => line.includes('_command idle'))).toEqual([])
  })
})

describe('completion', () => {
  test.each(SHELLS)('prints for %s the script that packages install, by name or login shell', shell => {
    const script = COMPLETIONS[shell].render(table)
    for (const [named, login] of [
      [shell, undefined],
      [shell, '/bin/sh'],
      [undefined, `/usr/bin/${shell}`],
      [undefined, shell],
    ])
      expect(completionScript(named, login, rules)).toBe(script)
  })

  test.each(['/bin/sh', '', undefined])('needs a shell if the login shell is %s', login =>
    expect(() => completionScript(undefined, login, rules)).toThrow('completion needs a shell: bash, zsh, fish'),
  )
})
