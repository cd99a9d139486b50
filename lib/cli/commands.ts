/** The commands and their options, as one table: parser, help, completion, the manual page and the types of what a command receives come from it. */
import { FORMATS } from '../report/formats.js'
import { BUILD_ROOT } from './options/build-root-options.js'
import type { CommandSpec, OperandSpec } from './options/command-spec.js'
import { OUTPUT } from './options/output-options.js'
import { SETTINGS } from './options/settings-options.js'
import { WAIVING } from './options/waiving-options.js'

export const PLAIN_FORMATS: readonly string[] = ['text', 'json']

/** Those that completions are made for. */
export const SHELLS = ['bash', 'zsh'] as const

const PATHS = { name: 'path', isRequired: true, isRepeated: true, of: 'path' } as const satisfies OperandSpec

export const CHECK = {
  name: 'check',
  operand: PATHS,
  insteadOfOperand: ['root', 'print-config'],
  formats: Object.keys(FORMATS),
  description: 'Lint packages: .rpm files, directories of them, ELF files, or - for an RPM on standard input',
  options: {
    ...OUTPUT,
    ...SETTINGS,
    ...BUILD_ROOT,
    with: {
      kind: 'list',
      of: 'path',
      description: 'Other packages, or a directory of them, whose programs could be hit; may be repeated',
    },
    'fail-on': {
      kind: 'choice',
      choices: ['error', 'warning', 'info', 'never'],
      description: 'Exit 1 for findings of this severity or graver',
    },
    'report-path': {
      kind: 'path',
      isNeverEmpty: true,
      description: "The path that sarif, github, gitlab, checkstyle and rdjson show in the place of the package's: its spec file, say",
    },
    'exit-zero': { kind: 'flag', description: 'Exit 0 in the place of 1; what could not be checked still exits 2' },
    ...WAIVING,
  },
  examples: [
    ['$0 check build/*.rpm', 'lint what was just built'],
    ['$0 check --root "$RPM_BUILD_ROOT"', 'lint what is about to be packaged'],
    ['$0 check --format json=report.json --format text pkg.rpm', 'one run for the log and for a tool'],
    ['$0 check client.rpm --with repository/', 'whose function would the programs of a repository get?'],
  ],
  epilogue: formatList(),
} as const satisfies CommandSpec

export const INSPECT = {
  name: 'inspect',
  operand: PATHS,
  insteadOfOperand: ['root'],
  description: 'Print the facts: identity, provenance, ELF objects, exports and imports with versions',
  options: {
    ...OUTPUT,
    ...BUILD_ROOT,
    exports: { kind: 'choice', choices: ['crypto', 'all'], description: 'Which exports and imports to list' },
  },
  examples: [['$0 inspect --exports crypto pkg.rpm', 'the names that OpenSSL has too']],
} as const satisfies CommandSpec

export const BINDINGS = {
  name: 'bindings',
  operand: { ...PATHS, name: 'program' },
  insteadOfOperand: ['root', 'rpm'],
  description: 'Tell which library each reference of a program gets its definition from, without running it',
  options: {
    ...OUTPUT,
    root: {
      kind: 'directory',
      isOnce: true,
      isNeverEmpty: true,
      description: 'Take this folder for the root; without a program: all in it',
    },
    rpm: {
      kind: 'list',
      of: 'path',
      description: 'Look into these packages, over the root where one is given; without a program: all in them',
    },
    symbols: {
      kind: 'list',
      of: 'text',
      placeholder: 'PATTERN',
      alias: 's',
      description: 'Only names that match this pattern, or crypto for the guarded names; may be repeated',
    },
    'library-path': { kind: 'text', placeholder: 'DIRECTORIES', description: 'LD_LIBRARY_PATH' },
    preload: { kind: 'text', placeholder: 'LIBRARIES', description: 'LD_PRELOAD' },
    'bind-now': {
      kind: 'flag',
      description: 'LD_BIND_NOW: functions that nobody has are told as errors even where they are bound when called',
    },
    'dynamic-weak': { kind: 'flag', description: 'LD_DYNAMIC_WEAK: a later strong definition goes before an earlier weak one' },
    libc: { kind: 'choice', choices: ['glibc', 'musl'], description: 'Whose rules hold (default: told by the interpreter)' },
    hwcaps: {
      kind: 'text',
      placeholder: 'LIST',
      description:
        'glibc-hwcaps directories that the processor can use, best first; auto (default on this machine) or none (default elsewhere)',
    },
  },
  examples: [
    ['$0 bindings --symbols CRYPTO_lock /usr/libexec/postfix/smtp', 'whose function would it get?'],
    ['$0 bindings --rpm build/*.rpm --symbols crypto', 'for all programs of these packages'],
  ],
} as const satisfies CommandSpec

export const EXPLAIN = {
  name: 'explain',
  operand: { ...PATHS, name: 'rule', of: 'rule' },
  description: 'Tell what a rule finds, why it matters and how to fix it',
  options: OUTPUT,
  examples: [['$0 explain unversioned-crypto-export', '']],
} as const satisfies CommandSpec

export const RULES = {
  name: 'rules',
  operand: null,
  description: 'List the rules',
  options: OUTPUT,
  examples: [],
} as const satisfies CommandSpec

export const INIT = {
  name: 'init',
  operand: null,
  description: 'Write a settings file that states every rule and option, with comments',
  options: {
    'output-file': {
      kind: 'path',
      alias: 'o',
      isNeverEmpty: true,
      description: 'Write to this file (default: rpmlint-ts.toml), or - for standard output',
    },
    force: { kind: 'flag', description: 'Replace a file that is there' },
    quiet: { kind: 'flag', alias: 'q', description: 'Say nothing' },
  },
  examples: [],
} as const satisfies CommandSpec

export const COMPLETION = {
  name: 'completion',
  operand: { name: 'shell', isRequired: false, isRepeated: false, of: SHELLS },
  description: 'Print a completion script (default: for the shell in SHELL)',
  options: {},
  examples: [['$0 completion bash > ~/.local/share/bash-completion/completions/rpmlint-ts', '']],
} as const satisfies CommandSpec

const TABLE = [CHECK, INSPECT, BINDINGS, EXPLAIN, RULES, INIT, COMPLETION] as const

/** As the table has it, with its names as types. */
export type Command = (typeof TABLE)[number]

/** In the order in which help lists them. */
export const COMMANDS: readonly CommandSpec[] = TABLE

function formatList(): string {
  const names = Object.keys(FORMATS)
  const longest = Math.max(...names.map(name => name.length))
  return ['Formats:', ...Object.entries(FORMATS).map(([name, { description }]) => `  ${name.padEnd(longest)}  ${description}`)].join('\n')
}
