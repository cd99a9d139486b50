/**
 * Loads the program for launcher.cjs, in a separate file because an old Node.js cannot parse `import()`.
 *
 * A damaged installation must not look like a result: neither like findings (1, the exit status after a failed import) nor like a clean package
 * (0, the exit status of an empty program, or of one that waits forever). Nor must a module of rules that calls process.exit() or leaves an error to
 * nobody.
 */
'use strict'
const { dirname, join } = require('node:path')
const { fileURLToPath } = require('node:url')

/** `program` is relative to this file; `fail` prints a line and makes the exit status 2. */
module.exports = function start(program, fail) {
  const file = join(__dirname, program)
  let hasEnded = false
  process.on('uncaughtException', error => fail(`uncaught error: ${(error && error.stack) || error}`)) // Node.js would exit with 1
  process.on('exit', status => {
    if (status === 0 && (process.exitCode === undefined || !hasEnded)) fail(`${file} ended without a result; reinstall rpmlint-ts`)
  })
  import(program).then(() => (hasEnded = true)).catch(error => fail(`${reasonOf(error, file)}; reinstall rpmlint-ts`))
}

function reasonOf(error, program) {
  const [message] = String(error?.message ?? error).split('\n')
  if (error?.code !== 'ERR_MODULE_NOT_FOUND') return `${fileOf(error) ?? program} cannot be loaded (${message})`
  const [, missing] = /^Cannot find module '(.*)' imported from /.exec(message) ?? []
  return missing === undefined ? `${dirname(program)} is incomplete (${message})` : `${missing} is missing`
}

/** The file named at the beginning of a module linking error; syntax errors do not name one. */
function fileOf(error) {
  const [, url] = /^(file:.*):\d+$/m.exec(String(error?.stack).split('\n')[0]) ?? []
  return url === undefined ? null : fileURLToPath(url)
}
