/** For each format that other tools read: how to validate an output, and invalid outputs. */
import { checkstyleFaults } from './validators/checkstyle.js'
import { commandsOf, githubFaults } from './validators/github.js'
import { gitlabFaults, rdjsonFaults, tmtFaults } from './validators/json-formats.js'
import { junitFaults } from './validators/junit.js'
import { htmlOf, markdownFaults, textOfHtml } from './validators/markdown.js'
import { sarifFaults } from './validators/sarif.js'
import { tapFaults, tapTexts } from './validators/tap.js'
import { xmlTexts } from './validators/xml-tree.js'

type Edit = readonly [what: string, from: string | RegExp, to: string]

export interface FormatCase {
  readonly golden: string
  /** Its errors, by the rules of its readers; empty for a valid one. */
  faults(text: string): string[]
  /** All text that an independent reader extracts from it. */
  texts(text: string): string
  /** Edits that make a valid output invalid. */
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

const JUNIT: FormatCase = {
  golden: 'full.junit.xml',
  faults: junitFaults,
  texts: xmlTexts,
  mutants: [
    ['a bare <', '&lt;', '<'],
    ['a bare &', '&lt;', '& '],
    ['a quote in an attribute', '&quot;', '"'],
    ['a control character', 'exports 2', 'exports \x1b2'],
    ['an element that is not closed', '</testcase>', ''],
    ['a suite without a name', '<testsuite name="dist/cut.rpm"', '<testsuite'],
    ['a test without a name', / name="checked"/, ''],
    ['a wrong number of tests', /tests="\d+"/, 'tests="1"'],
    ['a wrong number of failures', /failures="\d+"/, 'failures="77"'],
    ['a wrong number of skipped', /skipped="\d+"/, 'skipped="77"'],
    ['a file of a test, which the schema has not', '<testcase classname', '<testcase file="x" classname'],
    ['two tests of one name', 'name="foreign-crypto-version"', 'name="unversioned-crypto-export"'],
    ['a failure outside a test', '<testcase ', '<failure type="x" message="y">z</failure><testcase '],
    ['a failure without text', /(<failure [^>]*>)[^<]*/, '$1'],
    ['another root', /testsuites/g, 'tests'],
  ],
}

const CHECKSTYLE: FormatCase = {
  golden: 'full.checkstyle.xml',
  faults: checkstyleFaults,
  texts: xmlTexts,
  mutants: [
    ['a bare <', '&lt;', '<'],
    ['a bare &', '&lt;', '& '],
    ['an element that is not closed', '</file>', ''],
    ['another version', '4.3', '4.4'],
    ['line 0', 'line="1"', 'line="0"'],
    ['a severity that there is not', 'severity="error"', 'severity="fatal"'],
    ['nothing said', /message="[^"]*"/, 'message=""'],
    ['a file without a name', / name="[^"]*"/, ''],
    ['a file twice', 'name="dist/demo-1.0-1.src.rpm"', 'name="dist/libdemo-1.0-1.x86_64.rpm"'],
    ['a file in a file', '<error ', '<file name="x"/><error '],
  ],
}

const GITLAB: FormatCase = {
  golden: 'full.gitlab.json',
  faults: gitlabFaults,
  texts: text => stringsOf(JSON.parse(text)).join('\n'),
  mutants: [
    ['no description', '"description"', '"message"'],
    ['no fingerprint', '"fingerprint"', '"print"'],
    ['a fingerprint twice', '"00000000000000000000000000000011"', '"00000000000000000000000000000010"'],
    ['a severity that there is not', '"critical"', '"error"'],
    ['a path that begins with ./', '"path": "dist', '"path": "./dist'],
    ['a path that is a URI', '"path": "dist', '"path": "file:///dist'],
    ['line 0', '"begin": 1', '"begin": 0'],
    ['no array', /^\[([^]*)\]\n$/, '{"issues": [$1]}'],
  ],
}

const TAP: FormatCase = {
  golden: 'full.tap',
  faults: tapFaults,
  texts: tapTexts,
  mutants: [
    ['another version', 'version 14', 'version 13'],
    ['no plan', /^1\.\..*$/m, ''],
    ['a test too few', /1\.\.\d+/, '1..99'],
    ['numbers out of order', /^ok 1 /m, 'ok 2 '],
    ['a directive out of a name', '\\# TODO', '# TODO'],
    ['a line of its own', '  ---', 'evil\n  ---'],
    ['a block that is not indented', /^ {2}(---|severity: .*|message: .*|details: .*|\.\.\.)$/gm, '$1'],
    ['a block that is no YAML', /message: "/, 'message: ["'],
    ['a failure without words', / {2}---\n {2}severity: fail\n.*\n.*\n {2}\.\.\.\n/, ''],
  ],
}

const RDJSON: FormatCase = {
  golden: 'full.rdjson.json',
  faults: rdjsonFaults,
  texts: text => stringsOf(JSON.parse(text)).join('\n'),
  mutants: [
    ['no message', '"message"', '"text"'],
    ['no path', '"path"', '"file"'],
    ['line 0', '"line": 1', '"line": 0'],
    ['a severity that there is not', '"ERROR"', '"error"'],
    ['a code that is no object', /"code": \{[^}]*\}/, '"code": "x"'],
    ['no source', '"source"', '"tool"'],
  ],
}

const TMT: FormatCase = {
  golden: 'full.tmt.json',
  faults: tmtFaults,
  texts: text => stringsOf(JSON.parse(text)).join('\n'),
  mutants: [
    ['a name without a slash', '"name": "/', '"name": "'],
    ['a name of three parts', '"name": "/', '"name": "/x/'],
    ['a name twice', '/foreign-crypto-version"', '/unversioned-crypto-export"'],
    ['a result that there is not', '"result": "fail"', '"result": "failed"'],
    ['no result', '"result"', '"outcome"'],
    ['notes that are no list', '"note": []', '"note": ""'],
    ['no list', /^\[([^]*)\]\n$/, '{"results": [$1]}'],
  ],
}

export const CASES: Readonly<Record<string, FormatCase>> = {
  sarif: SARIF,
  junit: JUNIT,
  github: GITHUB,
  gitlab: GITLAB,
  checkstyle: CHECKSTYLE,
  tap: TAP,
  rdjson: RDJSON,
  tmt: TMT,
  markdown: MARKDOWN,
}

/** Every string in a JSON value. */
function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : []
}
