/** For each format that others read: how to tell whether an output is sound, and outputs that are not. */
import { commandsOf, githubFaults } from './validators/github.js'
import { htmlOf, markdownFaults, textOfHtml } from './validators/markdown.js'
import { sarifFaults } from './validators/sarif.js'

type Edit = readonly [what: string, from: string | RegExp, to: string]

export interface FormatCase {
  readonly golden: string
  /** What is wrong with it, by the rules of those who read it; nothing for a sound one. */
  faults(text: string): string[]
  /** All that an independent reader takes from it as text. */
  texts(text: string): string
  /** Edits of a sound output that make it unsound. */
  readonly mutants: readonly Edit[]
}

const GITHUB: FormatCase = {
  golden: 'full.github.txt',
  faults: githubFaults,
  texts: text =>
    commandsOf(text)
      .map(({ message }) => message)
      .join('\n'),
  mutants: [
    ['a line that is no command', /^::error/m, 'error'],
    ['a command that there is not', /^::error/m, '::fatal'],
    ['a line break within', '%0A', '\n'],
    ['a comma in a property', /file=dist/, 'file=dist,x'],
    ['no title', /,title=[^:]*/, ''],
    ['no message', /::[^:]*$/m, '::'],
    ['line 0', 'line=1', 'line=0'],
    ['no end', /\n$/, ''],
  ],
}

const MARKDOWN: FormatCase = {
  golden: 'full.md',
  faults: markdownFaults,
  texts: text => textOfHtml(htmlOf(text)),
  mutants: [
    ['no headline', '## ', ''],
    ['a second headline', '### Findings', '## Findings'],
    ['a link', 'exports 2 OpenSSL', '[exports](http://z.org) OpenSSL'],
    ['a bare address', 'exports 2 OpenSSL', 'exports https://z.org/'],
    ['a bare name of a site', 'exports 2 OpenSSL', 'exports www.z.org'],
    ['a bare address of mail', 'exports 2 OpenSSL', 'exports a@z.org'],
    ['HTML', 'exports 2 OpenSSL', 'exports <b>2</b>'],
    ['an image', 'exports 2 OpenSSL', '![exports](x.png)'],
    ['a mention', 'exports 2 OpenSSL', '@admin'],
    ['an issue', 'exports 2 OpenSSL', '#1'],
    ['a cell that broke out of its place', '| 1 | 1 | 1 | 2 |', '| x | 1 | 1 | 1 |'],
    ['no end', /\n$/, ''],
  ],
}

const SARIF: FormatCase = {
  golden: 'full.sarif.json',
  faults: sarifFaults,
  texts: text => stringsOf(JSON.parse(text)).join('\n'),
  mutants: [
    ['a space in a URI', '"uri": "dist/libdemo', '"uri": "dist/ libdemo'],
    ['a raw ^ in a URI', '"uri": "dist/libdemo', '"uri": "dist/^libdemo'],
    ['a bad escape in a URI', '"uri": "dist/libdemo', '"uri": "dist/%zzlibdemo'],
    ['a colon in the first segment of a URI', '"uri": "dist/libdemo', '"uri": "a:dist/libdemo'],
    ['line 0', '"startLine": 1', '"startLine": 0'],
    ['no line', /("results": [^]*?)"startLine": 1/, '$1"byteOffset": 1'],
    ['a level that there is not', '"level": "error"', '"level": "fatal"'],
    ['an unknown key', '"columnKind"', '"columnSort"'],
    ['a tool without a name', '"name": "rpmlint-ts"', '"title": "rpmlint-ts"'],
    ['another version', '"version": "2.1.0"', '"version": "2.0.0"'],
    ['a result without a message', '"message": {\n      "text": "/usr/lib64', '"properties": {\n      "text": "/usr/lib64'],
    ['a rule that there is not', '"ruleIndex": 1', '"ruleIndex": 3'],
    [
      'the same fingerprint twice',
      '"primaryLocationLineHash": "00000000000000000000000000000011:1"',
      '"primaryLocationLineHash": "00000000000000000000000000000010:1"',
    ],
    ['an artifact of another index', /("results": [^]*?)"index": 1/, '$1"index": 2'],
    ['a parent that is not there', '"parentIndex": 0', '"parentIndex": 99'],
    ['a suppression of no kind', '"kind": "external"', '"kind": "internal"'],
    ['suppressions of some results only', '"suppressions": [],', ''],
    ['a link in a message', 'exports 2 OpenSSL names', '[exports](http://z.org)'],
    ['whether it went well left out', /"executionSuccessful": \w+,/, ''],
  ],
}

export const CASES: Readonly<Record<string, FormatCase>> = { sarif: SARIF, github: GITHUB, markdown: MARKDOWN }

/** Every string in a JSON value. */
function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : []
}
