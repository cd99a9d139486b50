import { describe, expect, test } from '@jest/globals'
import { jsonWithoutRunnerCommands, logLines, withoutRunnerCommands, xmlWithoutRunnerCommands } from '../../lib/report/runner-commands.js'
import { jsonText } from '../../lib/report/json-text.js'
import { wrap } from '../../lib/report/wrap.js'

describe('lines of text', () => {
  test.each([
    ['::error::x', '\\x3a:error::x'],
    ['a\n  \t ::stop-commands::x\n::', 'a\n  \t \\x3a:stop-commands::x\n\\x3a:'],
    ['\u3000\u00a0::error::x', '\u3000\u00a0\\x3a:error::x'],
    ['##[error]x ##vso[task.x]y ##VSO[ ##teamcity[z', '\\x23#[error]x \\x23#vso[task.x]y \\x23#VSO[ \\x23#teamcity[z'],
    ['###[x', '#\\x23#[x'],
  ])('%j have no commands', (text, safe) => expect(withoutRunnerCommands(text)).toBe(safe))

  test.each(['std::string', 'a ::b', ': :x', '## heading', '#[x', '##vs[', 'x\n:x'])('%j are as they were', text => {
    expect(withoutRunnerCommands(text)).toBe(text)
  })

  test('have none after wrapping', () => {
    const wrapped = wrap(`${'a'.repeat(90)} ::stop-commands::x ${'b'.repeat(90)} ::error::y`, 100, '      ')
    expect(wrapped).toMatch(/^ +::/m)
    expect(withoutRunnerCommands(wrapped)).not.toMatch(/^\s*::/m)
  })

  test('are cheap, whatever they consist of', () => {
    const start = performance.now()
    for (const unit of [' ', '#', '##vso', ':', '\n ', '\r', '\u2028', '\u3000']) withoutRunnerCommands(unit.repeat(500_000))
    expect(performance.now() - start).toBeLessThan(2000)
  })

  test('of a log have no control or invisible characters', () => {
    expect(logLines('a\x1b[2J\n::x \u200b\u2066\u00ad\u{e0041}')).toBe('a\\x1b[2J\n\\x3a:x \\u200b\\u2066\\u00ad\\u{e0041}')
  })
})

test('JSON keeps its meaning', () => {
  const value = { '##[a]': ['##vso[b', '\\##[c', '::d'], e: '\u200b\u{e0041}\x9b\u{1f600}' }
  expect(JSON.parse(jsonText(value, 1))).toEqual(value)
  expect(jsonText(value, 1)).not.toMatch(/##|[\u200b\x9b]|\u{e0041}/u)
  expect(jsonWithoutRunnerCommands('"##[a"')).toBe('"\\u0023#[a"')
})

test('XML has character references', () => {
  expect(xmlWithoutRunnerCommands('a\n ::error ##[x')).toBe('a\n &#58;:error &#35;#[x')
})
