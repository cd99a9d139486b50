/** Parsing of command lines, and errors in them. */
import { describe, expect, test } from '@jest/globals'
import { parseCommandLine, type CommandLine } from '../../lib/cli/command-line.js'
import { COMMANDS } from '../../lib/cli/commands.js'

const check = (...words: readonly string[]): CommandLine<'check'> => {
  const line = parseCommandLine(['check', ...words])
  if (line.command !== 'check') throw new Error(`read as ${line.command}`)
  return line
}

describe('a command', () => {
  test('receives a typed value for every option', () => {
    const { operands, options } = check('a.rpm')
    expect(operands).toEqual(['a.rpm'])
    expect(options).toMatchObject({ quiet: false, format: [], config: null, 'fail-on': null, 'max-warnings': null, today: null })
    for (const command of COMMANDS.filter(({ operand }) => operand?.isRequired !== true)) {
      const line = parseCommandLine([command.name])
      expect('options' in line && Object.keys(line.options)).toEqual(Object.keys(command.options))
    }
  })

  test('does not compile with a misspelt option or choice', () => {
    const { options } = check('a.rpm')
    // @ts-expect-error: a misspelt option must not compile
    expect(options['fial-on']).toBeUndefined()
    // @ts-expect-error: nor an unknown choice
    expect(options['fail-on'] === 'eror').toBe(false)
    const typed: { quiet: boolean; format: readonly string[]; config: string | null; 'max-warnings': number | null } = options
    const failOn: 'error' | 'warning' | 'info' | 'never' | null = options['fail-on']
    expect([typed.quiet, failOn]).toEqual([false, null])
  })

  test.each<readonly [readonly string[], Partial<CommandLine<'check'>['options']>]>([
    [['--quiet'], { quiet: true }],
    [['-q'], { quiet: true }],
    [['--quiet=false'], { quiet: false }],
    [['--quiet', '--quiet=false'], { quiet: false }],
    [['--quiet=false', '-q'], { quiet: true }],
    [['--fail-on', 'info'], { 'fail-on': 'info' }],
    [['--fail-on=info', '--fail-on', 'never'], { 'fail-on': 'never' }],
    [['-f', 'json', '--format=text'], { format: ['json', 'text'] }],
    [['-fjson=r.json'], { format: ['json=r.json'] }],
    [['-qo', '-'], { quiet: true, 'output-file': '-' }],
    [['--max-warnings', '-1'], { 'max-warnings': -1 }],
    [['--max-warnings=12'], { 'max-warnings': 12 }],
    [['--today', '2028-02-29'], { today: '2028-02-29' }],
    [['--with='], { with: [''] }],
    [['--config=--odd'], { config: '--odd' }],
    [['--no-config'], { 'no-config': true }],
    [['--rules-from', 'a.js', '--rules-from=b.js'], { 'rules-from': ['a.js', 'b.js'] }],
    [['-v', '--debug'], { verbose: true, debug: true }],
  ])('accepts %j', (words, options) => {
    for (const line of [check(...words, 'a.rpm'), check('a.rpm', ...words)]) {
      expect(line.options).toMatchObject(options)
      expect(line.operands).toEqual(['a.rpm'])
    }
  })

  test('accepts options between operands, and everything after -- as an operand', () =>
    expect(check('a.rpm', '-q', '-', '--', '--help', '-q').operands).toEqual(['a.rpm', '-', '--help', '-q']))

  test('needs no operands with an option that replaces them', () => {
    expect(check('--root', 'tree').operands).toEqual([])
    expect(check('--print-config').operands).toEqual([])
  })

  test.each(['a.rpm', './build', '/tmp/x', '-', '../x'])('is check if the line begins with %s', path =>
    expect(parseCommandLine([path, '-q'])).toEqual(check(path, '-q')),
  )

  test('has every option that it lists as a replacement of operands', () => {
    for (const { options, insteadOfOperand = [] } of COMMANDS)
      expect(Object.keys(options)).toEqual(expect.arrayContaining([...insteadOfOperand]))
  })
})

describe('help', () => {
  test.each(COMMANDS.map(({ name }) => name))('for %s can be requested in several ways', name => {
    const of = COMMANDS.find(command => command.name === name)
    const lines = [
      ['help', name],
      [name, '--help'],
      [name, '-h'],
      [name, '-hV'],
      ['--help', name],
      [name, '--frobnicate', '-h'],
    ]
    for (const argv of lines) expect(parseCommandLine(argv)).toEqual({ command: 'help', of })
  })

  test.each([[['help']], [['--help']], [['-h']], [['help', 'help']], [['-V', '-h']], [['help', '-V']]])(
    'of the program is asked for by %j',
    argv => expect(parseCommandLine(argv)).toEqual({ command: 'help', of: null }),
  )

  test.each([[['--version']], [['-V']], [['check', '-V']], [['check', '--quiet', '--version']]])('is the version for %j', argv =>
    expect(parseCommandLine(argv)).toEqual({ command: 'version' }),
  )
})

const CHOICES = 'must be one of error, warning, info, never'
const COUNT = 'must be a whole number, or -1 for no limit'

describe('an error', () => {
  test.each<readonly [string, string]>([
    ['', 'no command given'],
    ['--', 'no command given'],
    ['-- check a.rpm', 'no command given'],
    ['--help=false', 'no command given'],
    ['hepl', 'unknown command hepl (did you mean help?)'],
    ['help chekc', 'unknown command chekc (did you mean check?)'],
    ['chekc --help', 'unknown command chekc (did you mean check?)'],
    ['chekc a.rpm', 'unknown command chekc (did you mean check?)'],
    ['__proto__', 'unknown command __proto__'],
    ['--verson', 'unknown option --verson (did you mean --version?)'],
    ['--quiet check a.rpm', 'unknown option --quiet'],
    ['check', 'check needs <path..> or --root or --print-config'],
    ['explain', 'explain needs <rule..>'],
    ['rules extra', 'rules: unexpected argument extra'],
    ['rules extra more', 'rules: unexpected argument extra'],
    ['completion bash zsh', 'completion: unexpected argument zsh'],
    ['completion bsh', 'unknown shell bsh (did you mean bash?)'],
    ['check -x a.rpm', 'unknown option -x'],
    ['check -1 a.rpm', 'unknown option -1'],
    ['check --no-quiet a.rpm', 'unknown option --no-quiet'],
    ['check --__proto__ a.rpm', 'unknown option --__proto__'],
    ['check --frobnicate -- a.rpm', 'unknown option --frobnicate'],
    ['check --basline x a.rpm', 'unknown option --basline (did you mean --baseline?)'],
    ['check --hepl', 'unknown option --hepl (did you mean --help?)'],
    ['check --with', '--with needs a value'],
    ['check --config --quiet a.rpm', '--config needs a value'],
    ['check --config -q a.rpm', '--config needs a value'],
    ['check --config -- a.rpm', '--config needs a value'],
    ['check --root=', '--root needs a value'],
    ['check --config= a.rpm', '--config needs a value'],
    ['check --baseline= a.rpm', '--baseline needs a value'],
    ['check --rpmlintrc= a.rpm', '--rpmlintrc needs a value'],
    ['check --rpmlint-config= a.rpm', '--rpmlint-config needs a value'],
    ['check --report-path= a.rpm', '--report-path needs a value'],
    ['rules --output-file=', '--output-file needs a value'],
    ['check --color=alway a.rpm', '--color alway: must be one of auto, always, never (did you mean always?)'],
    ['check --fail-on eror a.rpm', `--fail-on eror: ${CHOICES} (did you mean error?)`],
    ['check --fail-on error --fail-on eror -- a.rpm', `--fail-on eror: ${CHOICES} (did you mean error?)`],
    ['inspect --exports cripto a.rpm', '--exports cripto: must be one of crypto, all (did you mean crypto?)'],
    ['check --quiet=yes a.rpm', '--quiet=yes: expects true or false'],
    ['check --quiet=1 a.rpm', '--quiet=1: expects true or false'],
    ['check --quiet=TRUE a.rpm', '--quiet=TRUE: expects true or false'],
    ['check --quiet= a.rpm', '--quiet=: expects true or false'],
    ['check --max-warnings x a.rpm', `--max-warnings x: ${COUNT}`],
    ['check --max-warnings 1.5 a.rpm', `--max-warnings 1.5: ${COUNT}`],
    ['check --max-warnings -2 a.rpm', `--max-warnings -2: ${COUNT}`],
    ['check --max-warnings= a.rpm', `--max-warnings : ${COUNT}`],
    ['check --today 2026-02-30 a.rpm', '--today 2026-02-30: must be a date of the form YYYY-MM-DD'],
    ['check --root . --root /nowhere', '--root may be given only once'],
    ['inspect --root . --root .', '--root may be given only once'],
    ['bindings --root . --root .', '--root may be given only once'],
    ['check --package a-1-1 --root . --package b-1-1', '--package may be given only once'],
  ])('in “%s” is reported', (line, words) => {
    const argv = line.split(' ').filter(word => word !== '')
    expect(() => parseCommandLine(argv)).toThrow(
      expect.objectContaining({ reason: 'usage', message: expect.stringMatching(startsLike(words)) }),
    )
  })

  test('is the first of the line', () => expect(() => check('--fail-on', 'x', '--frobnicate', '--root')).toThrow('--fail-on x'))
})

/** Suggestions may follow. */
function startsLike(words: string): RegExp {
  return new RegExp(`^${words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?! \\(did)`)
}
