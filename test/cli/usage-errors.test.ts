/** Messages about invalid command lines. */
import { describe, expect, test } from '@jest/globals'
import { COMMANDS } from '../../lib/cli/commands.js'
import { folderOfPackages } from '../support/folder-of-packages.js'

const { run } = folderOfPackages()

describe('a usage error', () => {
  test.each([
    [['chekc', 'good.rpm'], 'unknown command chekc (did you mean check?)'],
    [['check', 'good.rpm', '--qiet'], 'unknown option --qiet (did you mean --quiet?)'],
    [['check', '--qiet', 'good.rpm'], 'unknown option --qiet (did you mean --quiet?)'],
    [['rules', 'extra'], 'rules: unexpected argument extra'],
    [['check', 'good.rpm', '--frobnicate'], 'unknown option --frobnicate'],
    [['check', '--fail-on', 'fatal', 'good.rpm'], '--fail-on fatal: must be one of error, warning, info, never'],
    [['check', '--format', 'jsn', 'good.rpm'], '--format jsn: unknown format (did you mean json?); use one of text, json, rpmlint'],
    [['inspect', '--format', 'rpmlint', 'good.rpm'], 'use one of text, json'],
    [['explain', 'unversioned-crypto-exprt'], 'unknown rule unversioned-crypto-exprt (did you mean unversioned-crypto-export?)'],
    [['explain', 'x'], 'unknown rule x; rpmlint-ts rules lists them all'],
    [['check'], 'check needs <path..>'],
    [[], 'no command given'],
  ])('in %j is reported, with status 2 and nothing on standard output', async (argv, words) => {
    const { status: code, out, err } = await run(argv)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(words)
    const command = COMMANDS.find(({ name }) => name === argv[0])
    expect(err).toContain(`Try rpmlint-ts ${command === undefined ? '' : `${command.name} `}--help.`)
    expect(err).not.toMatch(/\n\s+at /)
  })
})
