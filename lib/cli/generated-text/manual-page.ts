/**
 * The manual page, generated from the table of commands and the rules, so that it is always complete.
 *
 * Source: groff_man(7), the macros that mandoc supports too.
 */
import { COMMANDS } from '../commands.js'
import { operandText, type CommandSpec } from '../options/command-spec.js'
import type { OptionSpec } from '../options/option-spec.js'
import { FORMATS } from '../../report/formats.js'
import type { AnyRule } from '../../lint/rule.js'

const DESCRIPTION = `rpmlint-ts reads RPM packages as rpm does and the libraries in them as ld.so does, and rejects a package whose shared libraries
export symbols of libcrypto or libssl without versions: any program that also loads OpenSSL may bind to those instead. Nothing from a package is run or written
to disk. If the first argument is a path (it contains a dot or a slash, or is -) instead of a command, the command is check.`

const EXIT_STATUS: readonly (readonly [string, string])[] = [
  ['0', 'Clean; for commands other than check: done.'],
  [
    '1',
    'check only: findings at or above --fail-on, more warnings than --max-warnings, or an error of the run. --exit-zero turns it into 0.',
  ],
  [
    '2',
    'Incomplete: wrong usage, nothing to check, or input that is unreadable, malformed, over a limit or unsupported. Takes precedence over 1.',
  ],
  ['64, 65, 66', 'Instead of 1 with --rpmlint-exit-codes, which uses 3 for a package that could not be checked.'],
  ['129, 130, 143', 'Ended by SIGHUP, SIGINT, SIGTERM.'],
  ['141', 'The reader of the output closed the pipe.'],
]

const ENVIRONMENT: readonly (readonly [string, string])[] = [
  ['NO_COLOR', 'Disables colours if set and not empty.'],
  ['FORCE_COLOR', 'Enables colours even without a terminal; 0 disables them.'],
  ['NODE_DEBUG', 'rpmlint-ts has the effect of --debug.'],
  ['GITHUB_STEP_SUMMARY', 'File to which --format github appends the report as Markdown; set by a GitHub runner.'],
]

const FILES: readonly (readonly [string, string])[] = [
  [
    'rpmlint-ts.toml',
    'Settings, in the working directory or the nearest parent directory that has them: severities, options of rules, waivers, packages that may ship OpenSSL.',
  ],
]

const VALUE_NAMES: Readonly<Record<string, string>> = {
  count: 'NUMBER',
  day: 'DAY',
  directory: 'DIRECTORY',
  format: 'FORMAT[=FILE]',
  path: 'FILE',
}

export function renderManualPage(version: string, rules: readonly AnyRule[]): string {
  return [
    `.TH RPMLINT\\-TS 1 "" "rpmlint\\-ts ${text(version)}" "User Commands"`,
    '.SH NAME',
    'rpmlint\\-ts \\- reject RPM packages whose libraries export OpenSSL symbols without versions',
    '.SH SYNOPSIS',
    ...COMMANDS.flatMap(synopsisOf),
    '.SH DESCRIPTION',
    text(DESCRIPTION),
    '.SH COMMANDS',
    ...COMMANDS.flatMap(commandSection),
    '.SH FORMATS',
    'Formats of \\fBcheck\\fR; the other commands have text and json.',
    ...Object.entries(FORMATS).flatMap(([name, { description }]) => tagged(bold(name), description)),
    '.SH RULES',
    '\\fBrpmlint\\-ts explain\\fR \\fIRULE\\fR explains a rule, and how to fix what it finds.',
    ...rules.flatMap(({ id, severity, summary }) => tagged(`${bold(id)} (${severity})`, summary)),
    '.SH EXIT STATUS',
    ...EXIT_STATUS.flatMap(([status, meaning]) => tagged(bold(status), meaning)),
    '.SH ENVIRONMENT',
    ...ENVIRONMENT.flatMap(([name, meaning]) => tagged(bold(name), meaning)),
    '.SH FILES',
    ...FILES.flatMap(([name, meaning]) => tagged(`\\fI${text(name)}\\fR`, meaning)),
    '.SH EXAMPLES',
    ...COMMANDS.flatMap(({ examples }) => examples).flatMap(exampleOf),
    '.SH SEE ALSO',
    '.BR rpmlint (1),',
    '.BR rpmbuild (8),',
    '.BR ld.so (8)',
    '',
  ].join('\n')
}

function synopsisOf({ name, operand }: CommandSpec): string[] {
  const operands = operandText(operand).replace(/[<>]/g, '').replace('..', '...')
  return [`.B rpmlint\\-ts ${text(name)}`, `[\\fIOPTION\\fR...]${operands === '' ? '' : ` \\fI${text(operands.toUpperCase())}\\fR`}`, '.br']
}

function commandSection({ name, description, options }: CommandSpec): string[] {
  return [
    `.SS ${text(name)}`,
    text(`${description}.`),
    ...Object.entries(options).flatMap(([option, spec]) => tagged(flagOf(option, spec), spec.description)),
  ]
}

function flagOf(name: string, spec: OptionSpec): string {
  const { alias, kind } = spec
  const short = alias === undefined ? '' : `${bold(`-${alias}`)}, `
  return `${short}${bold(`--${name}`)}${kind === 'flag' ? '' : ` \\fI${text(valueName(spec))}\\fR`}`
}

function valueName(spec: OptionSpec): string {
  if (spec.kind === 'choice') return spec.choices.join('|')
  if ('placeholder' in spec && spec.placeholder !== undefined) return spec.placeholder
  const kind = spec.kind === 'list' ? spec.of : spec.kind
  return VALUE_NAMES[kind] ?? 'VALUE'
}

/** A tagged paragraph; `tag` is roff, `description` is plain text and gets a full stop. */
function tagged(tag: string, description: string): string[] {
  return ['.TP', tag, text(/[.!?]$/.test(description) ? description : `${description}.`)]
}

function exampleOf([line, meaning]: readonly [string, string]): string[] {
  const command = text(line.replace('$0', 'rpmlint-ts'))
  return meaning === '' ? ['.PP', `\\fB${command}\\fR`] : tagged(`\\fB${command}\\fR`, meaning)
}

function bold(words: string): string {
  return `\\fB${text(words)}\\fR`
}

/** Plain text as roff in ASCII: escape and control characters are escaped, hyphens can be pasted into a shell. */
function text(plain: string): string {
  return plain
    .replace(/\\/g, '\\e')
    .replace(/-/g, '\\-')
    .replace(/^(?=[.'])/gm, '\\&')
    .replace(/[^\x00-\x7f]/gu, character => `\\[u${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`)
}
