/**
 * The file that users start. Written in ES5, so that an outdated Node.js reports that it is too old and exits with 2 rather than with 1, which
 * means findings. scripts/launcher.js fills in NODE_FLOOR and PROGRAM, and fails for newer syntax.
 */
'use strict'

if (isOlder(process.version.slice(1).split('.'), NODE_FLOOR.split('.')))
  fail('needs Node.js ' + NODE_FLOOR + ' or later; this is ' + process.version + ' (' + process.execPath + ')')
else load()

function isOlder(version, floor) {
  var majors = Number(version[0]) - Number(floor[0])
  return majors < 0 || (majors === 0 && Number(version[1]) < Number(floor[1]))
}

function load() {
  try {
    require('./start.cjs')(PROGRAM, fail)
  } catch (error) {
    fail(__dirname + '/start.cjs cannot be loaded (' + String(error).split('\n')[0] + '); reinstall rpmlint-ts')
  }
}

function fail(message) {
  process.exitCode = 2
  process.on('exit', endWithTwo)
  process.stderr.write('rpmlint-ts: ' + message + '\n')
}

/** Node 0.10 has no process.exitCode. All output is written when this runs. */
function endWithTwo(status) {
  if (status !== 2) process.exit(2)
}
