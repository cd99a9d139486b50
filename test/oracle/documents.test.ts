/** The commands that the documents give are run, page by page, as a reader would type them. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { blocksOf, copyCheckout, failureOf, fencesOf, pages, textOfPage } from '../support/documents.js'
import { describeWithTools, hasTool, scratchFolder } from '../support/tools.js'

const folder = scratchFolder('documents')

describeWithTools(['bash'], 'the commands of', () => {
  for (const page of pages()) {
    const blocks = blocksOf(textOfPage(page))
    const missing = [...new Set(blocks.flatMap(({ needs }) => needs))].filter(tool => !hasTool(tool))
    const testHere = blocks.length > 0 && missing.length === 0 ? test : test.skip
    const title = missing.length === 0 ? page : `${page} (skipped: no ${missing.join(', ')} on this machine)`
    if (blocks.length === 0) continue
    testHere(
      `${title} do what it says`,
      () => {
        const checkout = join(folder, page)
        mkdirSync(checkout, { recursive: true })
        copyCheckout(checkout)
        expect(failureOf(blocks, checkout, `${checkout}-home`)).toBeNull()
      },
      320_000,
    )
  }
})

test('every page about a pipeline has commands that are run', () => {
  const about = pages().filter(page => page.startsWith('docs/pipelines/'))
  expect(about.length).toBeGreaterThan(5)
  expect(about.filter(page => blocksOf(textOfPage(page)).length === 0)).toEqual([])
})

test('README has commands that are run', () => expect(blocksOf(textOfPage('README.md')).length).toBeGreaterThan(0))

describe('a block', () => {
  const fenced = (info: string, ...lines: readonly string[]): string => ['```' + info, ...lines, '```', ''].join('\n')
  const failure = (...blocks: readonly string[]): string | null => {
    const home = scratchFolder('blocks')
    return failureOf(blocksOf(blocks.join('')), home, join(home, 'home'))
  }

  test('is found with its line and its tools, among others', () => {
    const page = `# Title\n\n${fenced('toml', 'a = 1')}\n${fenced('sh', 'not run')}\n${fenced('sh test needs=gcc,rpm', 'a', '', 'b')}`
    expect(blocksOf(page)).toEqual([{ line: 12, commands: 'a\n\nb', needs: ['gcc', 'rpm'] }])
    expect(fencesOf(page).map(({ info }) => info)).toEqual(['toml', 'sh', 'sh test needs=gcc,rpm'])
  })

  test.each(['sh tests', 'sh test need=gcc', 'sh  test'])('that says %j is an error', info => {
    expect(() => blocksOf(fenced(info, 'true'))).toThrow('line 1: ')
  })

  test('without an end is an error', () => expect(() => blocksOf('\n```sh test\ntrue\n')).toThrow('line 2: the block has no end'))

  test('sees what those before it made, and changed', () => {
    expect(failure(fenced('sh test', 'echo 1 > a', 'b=2', 'mkdir c && cd c'), fenced('sh test', '[ "$(cat ../a)$b" = 12 ]'))).toBeNull()
  })

  test('has the program, and a home of its own', () => {
    expect(failure(fenced('sh test', 'rpmlint-ts --version', '[ -z "$(ls "$HOME" | grep -v bin)" ]'))).toBeNull()
  })

  test.each<[string, readonly string[], RegExp]>([
    ['a command that fails', ['echo seen', 'false', 'echo unseen'], /^the block at line 5 failed \(status 1\):\nseen\n$/],
    ['a command that fails in a pipe', ['false | true'], /^the block at line 5 failed/],
    ['a variable that is not set', ['echo "$nothing"'], /^the block at line 5 failed [^]*nothing: unbound variable/],
    ['a command that is not there', ['no-such-command'], /^the block at line 5 failed \(status 127\)/],
    ['text for the shell that is none', ['if'], /failed/],
  ])('fails for %s, and says where and what it printed', (_, lines, words) => {
    expect(failure(fenced('sh test', 'echo before'), fenced('sh test', ...lines))).toMatch(words)
  })
})
