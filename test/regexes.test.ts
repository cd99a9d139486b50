/**
 * No regular expression of lib or rules takes more than linear time over text of a package: V8 backtracks, and a path or a version of a hundred thousand
 * characters then takes minutes. What is linear by its form (regex-shape.ts) needs no reason; every other expression with a repeat is listed here.
 */
import { describe, expect, test } from '@jest/globals'
import { isPlainlyLinear } from './support/regex-shape.js'
import { nodesOf, nodesOfFile, sourceFiles } from './support/source-tree.js'

const OF_THE_USER = 'over files and arguments of the user, or their output, never over text of a package'
const OF_OURS = 'over our own templates and texts'
const SHORT = 'over a field of a few bytes'
const SEGMENTS = 'every repeat ends at a character that it excludes, so no text is read more often than there are repeats'

/** By file: expressions and why they are linear, or why that does not matter. */
const REASONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'lib/archive/ar.ts': { [String.raw`/^#1\/(\d+)$/`]: SHORT, [String.raw`/^\/(\d+)(?::\d+)?$/`]: SHORT },
  'lib/archive/magic.ts': { [String.raw`/^ *([0-7]+)[ \0]*$/`]: SHORT },
  'lib/catalogue/family-words.ts': { [String.raw`/( ?)\{(\w+)\}/g`]: OF_OURS },
  'lib/facts/public-path.ts': {
    [String.raw`/\/glibc-hwcaps\/[\w.-]+$/`]: SEGMENTS,
    [String.raw`/^\/(usr\/)?lib(64|32|x32)?(\/[a-z0-9_]+-linux-[a-z0-9]+)?(\/glibc-hwcaps\/[\w.-]+)?$/`]: SEGMENTS,
  },
  'lib/interposition/installed-layer.ts': {
    [String.raw`/^\/usr(\/lib[^/]*\/ld[^/]*\.so\.\d)$/`]:
      'anchored; the first repeat ends at a slash, so only the second is tried with several lengths',
  },
  'lib/io/loader/hwcaps.ts': { [String.raw`/^POWER(\d+)/`]: OF_THE_USER },
  'lib/io/package/loader-config-file.ts': {
    [String.raw`/^(?:\/\S*|include[ \t].*|hwcap[ \t].*)$/`]:
      'anchored; the first character leaves one alternative, and its repeat is the last',
    [String.raw`/^\/etc\/(ld\.so\.(conf|preload)|ld\.so\.conf\.d\/[^/]+|ld-musl-[^/]+\.path)$/`]:
      'anchored; two alternatives with a single repeat each',
  },
  'lib/link/glibc-release.ts': { [String.raw`/^GLIBC_2\.(\d+)$/`]: 'anchored; a single repeat' },
  'lib/lint/lint.ts': { [String.raw`/\{(\w+)(?::([^:}]+):([^:}]+))?\}/g`]: OF_OURS },
  'lib/lint/rpmlint/parse-rpmlintrc.ts': {
    [String.raw`/\b(reason|owner|expires):\s*(.*?)\s*(?=\b(?:reason|owner|expires):|$)/g`]: OF_THE_USER,
    [String.raw`/^Invalid regular expression: [^]*\/\w+: /`]: OF_THE_USER,
    [String.raw`/^\s*addFilter\s*\(\s*r?["'](.*)["']\s*\)(.*)/`]: OF_THE_USER,
    [String.raw`/^\s*setBadness\s*\(['"](.*)['"],\s*['"]?(\d+)['"]?\)/`]: OF_THE_USER,
  },
  'lib/lint/rpmlint/python-optional-groups.ts': { [String.raw`/\)(?:[?*]|\{0*,|\{0+[,}])/`]: OF_THE_USER },
  'lib/lint/rpmlint/python-regex.ts': {
    [String.raw`/(?:[*+?]|\{\d*,?\d*\})\+/y`]: OF_THE_USER,
    [String.raw`/\(\?#[^)]*\)/y`]: OF_THE_USER,
    [String.raw`/\(\?P<([A-Za-z_]\w*)>/y`]: OF_THE_USER,
    [String.raw`/\(\?P=([A-Za-z_]\w*)\)/y`]: OF_THE_USER,
    [String.raw`/\{(\d*)(,?)(\d*)\}(\??)/y`]: OF_THE_USER,
    [String.raw`/^(?:\(\?[a-zA-Z]+\))*/`]: OF_THE_USER,
  },
  'lib/lint/rule-error.ts': { [String.raw`/^ *at (.*)$/m`]: 'over a stack of the JavaScript engine' },
  'lib/lint/suppression/day.ts': {
    [String.raw`/(?:^|[{,])\s*(["']?)expires\1\s*=\s*(\d{4}-\d{2}-\d{2})(?![\dT:])/g`]: OF_THE_USER,
  },
  'lib/lint/version-script.ts': { [String.raw`/^_*[A-Za-z0-9]+_/`]: SEGMENTS },
  'lib/report/rule-reference.ts': { [String.raw`/^ +$/gm`]: OF_OURS },
  'lib/report/runner-commands.ts': {
    [String.raw`/^([^\S\n\r\u2028\u2029]*):(?=:)/gm`]: 'tried once at the beginning of each line, which the repeat does not leave',
  },
  'lib/rpm/parse-nevra.ts': {
    [String.raw`/^(?<name>.+)-(?:(?<epoch>\d+):)?(?<version>[^-:/\s]+)-(?<release>[^-:/\s]+)$/`]: OF_THE_USER,
  },
  'lib/testing.ts': { [String.raw`/^(.+?)(@@?)(.+)$/`]: 'of the API for tests of rules' },
}

/** Expressions made at run time. */
const CATALOGUE = 'expressions of the catalogue, which test/growth tries; those of traces are matched with 192 bytes'

const MADE: Readonly<Record<string, string>> = {
  'lib/catalogue/family.ts': CATALOGUE,
  'lib/facts/traces.ts': CATALOGUE,
  'lib/lint/rpmlint/python-regex.ts': "rpmlint's filters, which are searched for with a limit of time",
  'lib/lint/suppression/table-lines.ts': OF_THE_USER,
}

function regexesIn(code: ReturnType<typeof nodesOf>): string[] {
  return code
    .filter(({ type }) => type === 'RegExpLiteral')
    .filter(({ pattern, flags }) => !isPlainlyLinear(String(pattern), String(flags)))
    .map(({ pattern, flags }) => `/${String(pattern)}/${String(flags)}`)
}

function madeIn(code: ReturnType<typeof nodesOf>): number {
  return code.filter(({ type, callee }) => {
    return (type === 'NewExpression' || type === 'CallExpression') && (callee as { value?: string } | undefined)?.value === 'RegExp'
  }).length
}

describe('regular expressions', () => {
  test('with repeats are linear by their form, or have a reason', () => {
    const found = sourceFiles().flatMap(file => regexesIn(nodesOfFile(file)).map(regex => `${file} ${regex}`))
    const listed = Object.entries(REASONS).flatMap(([file, regexes]) => Object.keys(regexes).map(regex => `${file} ${regex}`))
    expect([...new Set(found)].sort()).toEqual(listed.sort())
  })

  test('are made at run time only where there is a reason', () => {
    const found = sourceFiles().filter(file => madeIn(nodesOfFile(file)) > 0)
    expect(found.sort()).toEqual(Object.keys(MADE).sort())
  })

  test.each([
    ['a', true],
    ['[+*]', true],
    [String.raw`\d+`, true],
    [String.raw`^\d+$`, true],
    ['a?b{2}', true],
    ['^0+|1+', true],
    [' +$', false],
    [String.raw`\.so(\.[^/]*)?$`, false],
    ['a+b', false],
    ['^(a+)+$', false],
    ['(?:ab)*', false],
    ['^.*a.*b', false],
    ['x{3,}y', false],
    ['[*]+[+]', false],
  ])('the form of %s is judged', (source, isLinear) => {
    expect(isPlainlyLinear(source, '')).toBe(isLinear)
  })
})
