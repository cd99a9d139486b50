/** The commands and their options as a table, from which the parser, help, completions, the manual page and the types of options are derived. */
import { FORMATS } from '../report/formats.js'
import { BUILD_ROOT } from './options/build-root-options.js'
import type { CommandSpec, OperandSpec } from './options/command-spec.js'
import { DIAGNOSTICS } from './options/diagnostic-options.js'
import { OUTPUT, PLAIN_OUTPUT } from './options/output-options.js'
import { RULES_FROM } from './options/rules-options.js'
import { SETTINGS } from './options/settings-options.js'
import { WAIVING } from './options/waiving-options.js'

export const PLAIN_FORMATS: readonly string[] = ['text', 'json']

/** Shells with a completion script. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const

const PATHS = { name: 'path', isRequired: true, isRepeated: true, of: 'path' } as const satisfies OperandSpec

export const CHECK = {
  name: 'check',
  operand: PATHS,
  insteadOfOperand: ['root', 'print-config'],
  formats: Object.keys(FORMATS),
  description: 'Lint packages: .rpm files, directories of them, ELF files, or - for standard input',
  options: {
    ...OUTPUT,
    ...SETTINGS,
    ...BUILD_ROOT,
    with: {
      kind: 'list',
      of: 'path',
      placeholder: 'PATH',
      description: 'Other packages, or a directory of them, whose programs may be affected; may be repeated',
    },
    'fail-on': {
      kind: 'choice',
      choices: ['error', 'warning', 'info', 'never'],
      description: 'Exit 1 on findings of at least this severity (default: fail-on of the settings, else error)',
    },
    'report-path': {
      kind: 'path',
      isNeverEmpty: true,
      description: "Path that sarif, github, gitlab, checkstyle and rdjson show instead of the package's, such as its spec file",
    },
    'require-digests': {
      kind: 'flag',
      description: 'Packages whose header or payload has no verified digest are not checked; rpm refuses to install them',
    },
    'strict-archives': {
      kind: 'flag',
      description: 'Packages with an archive inside that cannot be read to its end are not checked',
    },
    timeout: {
      kind: 'count',
      description: 'Of several packages, one that takes more seconds than this is not checked (default: 600)',
    },
    'exit-zero': { kind: 'flag', description: 'Exit 0 instead of 1; an incomplete check still exits 2' },
    ...WAIVING,
    ...RULES_FROM,
    ...DIAGNOSTICS,
  },
  groups: [
    ['Output', OUTPUT],
    ['Settings', SETTINGS],
    ['Build root', BUILD_ROOT],
    ['Waivers, baseline and rpmlint', WAIVING],
    ['Diagnostics', DIAGNOSTICS],
  ],
  examples: [
    ['$0 check build/*.rpm', 'lint the packages just built'],
    ['$0 check --root "$RPM_BUILD_ROOT"', 'lint the files before they are packaged'],
    ['$0 check --format json=report.json --format text pkg.rpm', 'one run for the log and for a tool'],
    ['$0 check client.rpm --with repository/', 'which library would the programs of a repository bind to?'],
  ],
  epilogue: formatList(),
} as const satisfies CommandSpec

export const INSPECT = {
  name: 'inspect',
  operand: PATHS,
  insteadOfOperand: ['root'],
  description: 'Print the facts: identity, provenance, ELF objects, exports and imports with versions',
  options: {
    ...PLAIN_OUTPUT,
    ...BUILD_ROOT,
    exports: { kind: 'choice', choices: ['crypto', 'all'], description: 'Which exports and imports to list (default: all)' },
    ...DIAGNOSTICS,
  },
  groups: [
    ['Output', OUTPUT],
    ['Build root', BUILD_ROOT],
    ['Diagnostics', DIAGNOSTICS],
  ],
  examples: [['$0 inspect --exports crypto pkg.rpm', 'the guarded symbols, such as CRYPTO_lock']],
} as const satisfies CommandSpec

export const BINDINGS = {
  name: 'bindings',
  operand: { ...PATHS, name: 'program' },
  insteadOfOperand: ['root', 'rpm'],
  description: 'Show which library each symbol reference of a program binds to, without running it',
  options: {
    ...OUTPUT,
    quiet: { ...OUTPUT.quiet, description: 'Print only bindings, errors and warnings in the text format' },
    root: {
      kind: 'directory',
      isOnce: true,
      isNeverEmpty: true,
      description: 'Use this directory as the root; without a program: every program in it',
    },
    rpm: {
      kind: 'list',
      of: 'path',
      placeholder: 'PATH',
      description: 'Use the files of these packages, on top of --root if given; without a program: every program in them; may be repeated',
    },
    symbols: {
      kind: 'list',
      of: 'text',
      placeholder: 'PATTERN',
      alias: 's',
      description: 'Only symbols that match this pattern, or crypto for the guarded symbols; may be repeated',
    },
    'library-path': { kind: 'text', placeholder: 'DIRECTORIES', description: 'Value of LD_LIBRARY_PATH' },
    preload: { kind: 'text', placeholder: 'LIBRARIES', description: 'Value of LD_PRELOAD' },
    'bind-now': {
      kind: 'flag',
      description: 'LD_BIND_NOW: report undefined functions as errors even under lazy binding',
    },
    'dynamic-weak': { kind: 'flag', description: 'LD_DYNAMIC_WEAK: prefer a later strong definition to an earlier weak one' },
    libc: { kind: 'choice', choices: ['glibc', 'musl'], description: 'Loader to simulate (default: from PT_INTERP)' },
    hwcaps: {
      kind: 'text',
      placeholder: 'LIST',
      description:
        'What the processor has: glibc-hwcaps subdirectories (x86-64-v3, power9, z14), haswell, avx512_1, atomics; auto (default on this machine) or none (default otherwise)',
    },
    ...DIAGNOSTICS,
  },
  groups: [
    ['Output', OUTPUT],
    ['Diagnostics', DIAGNOSTICS],
  ],
  examples: [
    ['$0 bindings --symbols CRYPTO_lock /usr/libexec/postfix/smtp', 'which library would it bind to?'],
    ['$0 bindings --rpm build/*.rpm --symbols crypto', 'for every program of these packages'],
  ],
} as const satisfies CommandSpec

export const EXPLAIN = {
  name: 'explain',
  operand: { ...PATHS, name: 'rule', of: 'rule' },
  description: 'Explain what a rule finds, why it matters and how to fix it',
  options: { ...PLAIN_OUTPUT, ...RULES_FROM },
  examples: [['$0 explain unversioned-crypto-export', '']],
} as const satisfies CommandSpec

export const RULES = {
  name: 'rules',
  operand: null,
  description: 'List the rules',
  options: { ...PLAIN_OUTPUT, ...RULES_FROM },
  examples: [],
} as const satisfies CommandSpec

export const INIT = {
  name: 'init',
  operand: null,
  description: 'Write a settings file with every rule and option, and comments',
  options: {
    'output-file': {
      kind: 'path',
      alias: 'o',
      isNeverEmpty: true,
      description: 'Write to this file (default: rpmlint-ts.toml), or - for standard output',
    },
    force: { kind: 'flag', description: 'Overwrite an existing file' },
    quiet: { kind: 'flag', alias: 'q', description: 'Print no message' },
  },
  examples: [],
} as const satisfies CommandSpec

export const COMPLETION = {
  name: 'completion',
  operand: { name: 'shell', isRequired: false, isRepeated: false, of: SHELLS },
  description: 'Print a completion script for bash, zsh or fish (default: for the shell in SHELL)',
  options: {},
  examples: [['$0 completion bash > ~/.local/share/bash-completion/completions/rpmlint-ts', '']],
} as const satisfies CommandSpec

const TABLE = [CHECK, INSPECT, BINDINGS, EXPLAIN, RULES, INIT, COMPLETION] as const

/** With literal types. */
export type Command = (typeof TABLE)[number]

/** The command for a line that begins with a path. */
export const DEFAULT_COMMAND = CHECK.name

/** In the order of help. */
export const COMMANDS: readonly CommandSpec[] = TABLE

function formatList(): string {
  const names = Object.keys(FORMATS)
  const longest = Math.max(...names.map(name => name.length))
  return ['Formats:', ...Object.entries(FORMATS).map(([name, { description }]) => `  ${name.padEnd(longest)}  ${description}`)].join('\n')
}
