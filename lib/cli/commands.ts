/** The commands and their options, as one table: parsers, help, completion and the manual page are made from it. */
import { FORMATS } from '../report/formats.js'
import type { OptionSpec } from './option-spec.js'
import { WAIVING } from './waiving-options.js'

export interface CommandSpec {
  readonly name: string
  /** Positional arguments as help shows them; `..` where there may be several. */
  readonly positional: string
  /** Options that say what to look at in the place of positional arguments, or leave nothing to look at. */
  readonly insteadOfPositional?: readonly string[]
  readonly description: string
  readonly options: Readonly<Record<string, OptionSpec>>
  readonly examples: readonly (readonly [string, string])[]
  /** The formats it prints; text and json where nothing is said. */
  readonly formats?: readonly string[]
  /** What help says at the end, where there is more to tell. */
  readonly epilogue?: string
}

export const PLAIN_FORMATS: readonly string[] = ['text', 'json']

const OUTPUT: Readonly<Record<string, OptionSpec>> = {
  format: {
    type: 'string',
    alias: 'f',
    multiple: true,
    names: 'format',
    description: 'Output format, or FORMAT=FILE to write it to a file; may be repeated',
  },
  'output-file': { type: 'string', alias: 'o', isNeverEmpty: true, description: 'Write to this file instead of standard output' },
  color: {
    type: 'string',
    choices: ['auto', 'always', 'never'],
    description: 'Colours; auto obeys NO_COLOR, FORCE_COLOR and the terminal',
  },
  quiet: { type: 'boolean', alias: 'q', description: 'Only what fails the run' },
}

const SETTINGS: Readonly<Record<string, OptionSpec>> = {
  config: { type: 'string', alias: 'c', description: 'Settings file (default: rpmlint-ts.toml in this directory or one above it)' },
  'no-config': { type: 'boolean', description: 'Use no settings file' },
  'print-config': { type: 'boolean', description: 'Print the settings in force and end' },
}

const BUILD_ROOT: Readonly<Record<string, OptionSpec>> = {
  root: {
    type: 'string',
    isOnce: true,
    isNeverEmpty: true,
    names: 'directory',
    description: 'A build root in the place of packages: the directory that %install filled',
  },
  package: { type: 'string', isOnce: true, description: 'The package that the build root is for: NAME-[EPOCH:]VERSION-RELEASE[.ARCH]' },
}

export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'check',
    positional: '<path..>',
    insteadOfPositional: ['root', 'print-config'],
    formats: Object.keys(FORMATS),
    description: 'Lint packages: .rpm files, directories of them, ELF files, or - for an RPM on standard input',
    options: {
      ...OUTPUT,
      ...SETTINGS,
      ...BUILD_ROOT,
      with: {
        type: 'string',
        multiple: true,
        description: 'Other packages, or a directory of them, whose programs could be hit; may be repeated',
      },
      'fail-on': {
        type: 'string',
        choices: ['error', 'warning', 'info', 'never'],
        description: 'Exit 1 for findings of this severity or graver',
      },
      'report-path': {
        type: 'string',
        isNeverEmpty: true,
        description: "The path that sarif, github, gitlab, checkstyle and rdjson show in the place of the package's: its spec file, say",
      },
      'exit-zero': { type: 'boolean', description: 'Exit 0 in the place of 1; what could not be checked still exits 2' },
      ...WAIVING,
    },
    examples: [
      ['$0 check build/*.rpm', 'lint what was just built'],
      ['$0 check --root "$RPM_BUILD_ROOT"', 'lint what is about to be packaged'],
      ['$0 check --format json=report.json --format text pkg.rpm', 'one run for the log and for a tool'],
      ['$0 check client.rpm --with repository/', 'whose function would the programs of a repository get?'],
    ],
    epilogue: formatList(),
  },
  {
    name: 'inspect',
    positional: '<path..>',
    insteadOfPositional: ['root'],
    description: 'Print the facts: identity, provenance, ELF objects, exports and imports with versions',
    options: {
      ...OUTPUT,
      ...BUILD_ROOT,
      exports: { type: 'string', choices: ['crypto', 'all'], description: 'Which exports and imports to list' },
    },
    examples: [['$0 inspect --exports crypto pkg.rpm', 'the guarded symbols, such as CRYPTO_lock']],
  },
  {
    name: 'bindings',
    positional: '<program..>',
    insteadOfPositional: ['root', 'rpm'],
    description: 'Tell which library each reference of a program gets its definition from, without running it',
    options: {
      ...OUTPUT,
      root: {
        type: 'string',
        isOnce: true,
        isNeverEmpty: true,
        names: 'directory',
        description: 'Take this folder for the root; without a program: all in it',
      },
      rpm: {
        type: 'string',
        multiple: true,
        description: 'Look into these packages, over the root where one is given; without a program: all in them',
      },
      symbols: {
        type: 'string',
        alias: 's',
        multiple: true,
        description: 'Only symbols that match this pattern, or crypto for the guarded symbols; may be repeated',
      },
      'library-path': { type: 'string', description: 'LD_LIBRARY_PATH' },
      preload: { type: 'string', description: 'LD_PRELOAD' },
      'bind-now': {
        type: 'boolean',
        description: 'LD_BIND_NOW: functions that nobody has are told as errors even where they are bound when called',
      },
      'dynamic-weak': { type: 'boolean', description: 'LD_DYNAMIC_WEAK: a later strong definition goes before an earlier weak one' },
      libc: { type: 'string', choices: ['glibc', 'musl'], description: 'Whose rules hold (default: told by the interpreter)' },
      hwcaps: {
        type: 'string',
        description:
          'glibc-hwcaps directories that the processor can use, best first; auto (default on this machine) or none (default elsewhere)',
      },
    },
    examples: [
      ['$0 bindings --symbols CRYPTO_lock /usr/libexec/postfix/smtp', 'whose function would it get?'],
      ['$0 bindings --rpm build/*.rpm --symbols crypto', 'for all programs of these packages'],
    ],
  },
  {
    name: 'explain',
    positional: '<rule..>',
    description: 'Tell what a rule finds, why it matters and how to fix it',
    options: OUTPUT,
    examples: [['$0 explain unversioned-crypto-export', '']],
  },
  { name: 'rules', positional: '', description: 'List the rules', options: OUTPUT, examples: [] },
  {
    name: 'init',
    positional: '',
    description: 'Write a settings file that states every rule and option, with comments',
    options: {
      'output-file': {
        type: 'string',
        alias: 'o',
        isNeverEmpty: true,
        description: 'Write to this file (default: rpmlint-ts.toml), or - for standard output',
      },
      force: { type: 'boolean', description: 'Replace a file that is there' },
      quiet: { type: 'boolean', alias: 'q', description: 'Say nothing' },
    },
    examples: [],
  },
]

function formatList(): string {
  const names = Object.keys(FORMATS)
  const longest = Math.max(...names.map(name => name.length))
  return ['Formats:', ...Object.entries(FORMATS).map(([name, { description }]) => `  ${name.padEnd(longest)}  ${description}`)].join('\n')
}
