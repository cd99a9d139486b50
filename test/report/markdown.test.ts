/** Properties of Markdown output beyond those of all formats. */
import { describe, expect, test } from '@jest/globals'
import { markdownWithin, renderMarkdown } from '../../lib/report/markdown.js'
import { codeBlock, codeCell, codeSpan, sentence } from '../../lib/report/markdown-text.js'
import { CHECKED, FINDING, FULL_REPORT } from '../support/full-report.js'
import { htmlOf, markdownFaults, textOfHtml } from '../support/validators/markdown.js'

describe('code', () => {
  test.each(['a', '`', '``a`', 'a ` b', ' a ', ' ', '', '\\', '*a*', '<b>', '| a |', '&amp;'])('shows %j as it is', text => {
    expect(htmlOf(codeSpan(text))).toMatch(/^<p><code>.*<\/code><\/p>$/)
    expect(textOfHtml(htmlOf(codeSpan(text))).trim()).toBe(text.trim())
    expect(textOfHtml(htmlOf(codeBlock(text)))).toBe(`${text}\n`)
  })

  test.each(['a|b', '\\|', '|', 'a\\', '`|`'])('in a cell does not let %j start another cell', text => {
    const html = htmlOf(`| a | b |\n|---|---|\n| ${codeCell(text)} | second |\n`)
    expect(html).toContain('<td>second</td>')
    expect(textOfHtml(html)).toContain(text.replaceAll('|', '\\x7c'))
  })

  test('of several lines cannot be closed from inside', () => {
    const html = htmlOf(codeBlock('a\n```\n# b\n````\nc'))
    expect(html).not.toContain('<h1>')
    expect(textOfHtml(html)).toBe('a\n```\n# b\n````\nc\n')
  })
})

test.each(['*a* _b_', '[a](http://b)', 'http://b.c', 'WWW.b.c', 'a@b.c', '<b>', '&lt;', '~~a~~', '`a`', '\\*', ':smile:', '@admin', 'x#1'])(
  'a sentence shows %j as it is',
  text => {
    const html = htmlOf(sentence(text))
    expect(textOfHtml(html)).toBe(text)
    expect(html.replace(/<\/?(p|code)>/g, '')).not.toMatch(/<[a-z]/)
  },
)

describe('a report that is too long', () => {
  const findings = Array.from({ length: 300 }, (_, index) => ({ ...FINDING, file: `/usr/lib64/${'ü'.repeat(index % 50)}.so` }))
  const report = { ...FULL_REPORT, packages: [{ ...CHECKED, findings }] }
  const whole = renderMarkdown(report)

  test.each([400, 2000, 10_000, 20_001])('is cut between items to %i bytes, and counts the missing lines', limit => {
    const cut = markdownWithin(report, limit)
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(limit)
    const [, kept = '', missing = ''] = /^([^]*)\n… and (\d+) more lines, left out because the report is too long\.\n$/.exec(cut) ?? []
    expect(whole.startsWith(kept)).toBe(true)
    expect(kept.split('\n').length - 1 + Number(missing)).toBe(whole.split('\n').length - 1)
    expect(markdownFaults(cut)).toEqual([])
  })

  test('is complete if it fits', () => expect(markdownWithin(report, Buffer.byteLength(whole) + 200)).toBe(whole))

  test('is never longer than GitHub accepts', () => {
    const long = { ...CHECKED, findings: Array.from({ length: 300 }, () => ({ ...FINDING, message: 'x'.repeat(5000) })) }
    expect(markdownFaults(renderMarkdown({ ...FULL_REPORT, packages: [long] }))).toEqual([])
  })
})

test('a fix is listed once, with all its rules', () => {
  const findings = ['a', 'b', 'a'].map(rule => ({ ...FINDING, rule, remedy: 'fix it' }))
  const text = renderMarkdown({ ...FULL_REPORT, packages: [{ ...CHECKED, findings }] })
  expect(text).toContain('\na, b:\n\n```text\nfix it\n```\n')
  expect(text.match(/fix it/g)).toHaveLength(1)
})
