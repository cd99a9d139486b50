/** A compiler that builds the same thing once, for scripts that build much of it again and again: see compiler-memo.c. */
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hasTool, scratchFolder } from '../tools.js'

const SOURCE = fileURLToPath(new URL('compiler-memo.c', import.meta.url))

/** The environment in which `compiler` is one that remembers, in `memo`. Where nothing can be compiled for this machine, it is the usual one. */
export function rememberingEnvironment(compiler: string, memo = memoOf): NodeJS.ProcessEnv {
  if (!hasTool('gcc')) return process.env
  const programs = scratchFolder('compiler-memo')
  execFileSync('gcc', ['-O2', '-o', join(programs, compiler), SOURCE])
  return { ...process.env, COMPILER_MEMO: memo(compiler), PATH: [programs, process.env['PATH']].join(delimiter) }
}

/** A folder in the user's cache, which runs share; where nothing can be written there, one for this run. */
function memoOf(compiler: string): string {
  const memo = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'rpmlint-ts/compiled', fingerprintOf(compiler))
  try {
    mkdirSync(memo, { recursive: true })
    accessSync(memo, constants.W_OK)
    return memo
  } catch {
    return scratchFolder('compiler-memo')
  }
}

/** Of all that has a part in what is built, and is in no recipe: the tools, the headers of the system, and what every program is linked with. */
function fingerprintOf(compiler: string): string {
  const folder = scratchFolder('compiler')
  // A compiler without a C library can say nothing of one.
  const say = (program: string, words: readonly string[], input = ''): string =>
    spawnSync(program, words, { cwd: folder, input, encoding: 'utf8', maxBuffer: 1 << 26 }).stdout
  const tools = ['as', 'ld'].map(name => say(say(compiler, [`-print-prog-name=${name}`]).trim(), ['--version']))
  const headers = say(compiler, ['-E', '-x', 'c', '-'], '#include <stdio.h>\n#include <dlfcn.h>\n')
  const linked = say(compiler, ['-Wl,--trace', '-o', 'program', '-x', 'c', '-'], 'int main(void) { return 0; }\n').split('\n')
  const hash = createHash('sha256').update([say(compiler, ['--version']), ...tools, headers].join('\n'))
  for (const file of linked) if (existsSync(file)) hash.update(readFileSync(file))
  return hash.digest('hex').slice(0, 32)
}
