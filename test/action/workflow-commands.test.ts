import { expect, test } from '@jest/globals'
import { errorCommand, resumeCommand, stopCommand } from '../../lib/action/workflow-commands.js'
import { commandsIn } from '../support/runner.js'

test('an error is escaped, whatever it contains', () => {
  const [title, message] = ['a: b, c%3A\nd', '100%\r\n::error::x %0A ##[error]y']
  expect(commandsIn(errorCommand(title, message))).toEqual([{ name: 'error', properties: { title }, data: message }])
})

test('commands between stop and resume are text, except the token that resumes', () => {
  const inside = `${errorCommand('a', 'b')}::other::\n##[add-mask]c\n`
  expect(commandsIn(`${stopCommand('word')}${inside}${resumeCommand('word')}::notice::d\n`).map(({ data }) => data)).toEqual(['d'])
  expect(commandsIn(inside).map(({ data }) => data)).toEqual(['b', 'c'])
})
