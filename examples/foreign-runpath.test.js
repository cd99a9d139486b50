/**
 * The test of a third party's rule: it states facts in a line and needs no package.
 *
 *     node --test examples/foreign-runpath.test.js
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findingsOf, library, packageOf, program } from 'rpmlint-ts/testing'
import rule from './foreign-runpath.js'

/**
 * @param {import('rpmlint-ts/testing').StatedObject} facts
 * @param {readonly string[]} [allowed]
 */
const messagesOf = (facts, allowed) =>
  findingsOf(rule, packageOf({ objects: [library(facts)] }), allowed === undefined ? {} : { options: { allowed } }).map(
    ({ message }) => message,
  )

test('directories of the build host are reported', () => {
  assert.deepEqual(messagesOf({ runpath: '/home/build/lib:$ORIGIN/../lib' }), ['searches /home/build/lib'])
  assert.deepEqual(messagesOf({ rpath: '/home/build/lib:/tmp' }), ['searches /home/build/lib, /tmp'])
})

test('directories of the package and of the system are not', () => {
  for (const runpath of [null, '', '$ORIGIN', '/usr/lib64/mailer']) assert.deepEqual(messagesOf({ runpath }), [])
})

test('the option says what else may be searched', () => {
  assert.deepEqual(messagesOf({ runpath: '/opt/acme/lib64' }, ['/opt/acme/lib*']), [])
  assert.deepEqual(messagesOf({ runpath: '$ORIGIN' }, ['/opt/acme/lib*']), ['searches $ORIGIN'])
})

test('the finding is about the file', () => {
  const objects = [program({ path: '/usr/bin/own', runpath: '/tmp' }), library()]
  assert.deepEqual(
    findingsOf(rule, packageOf({ objects })).map(({ file, severity }) => [file, severity]),
    [['/usr/bin/own', 'warning']],
  )
})
