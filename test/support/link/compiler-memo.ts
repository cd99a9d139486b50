/** A compiler that builds the same thing once, for scripts that build much of it again and again: see compiler-memo.c. */
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hasTool, scratchFolder } from '../tools.js'

const SOURCE = fileURLToPath(new URL('compiler-memo.c', import.meta.url))

/** The environment in which `compiler` is one that remembers, until the run ends. Where nothing can be compiled for this machine, it is the usual one. */
export function rememberingEnvironment(compiler: string): NodeJS.ProcessEnv {
  if (!hasTool('gcc')) return process.env
  const memo = scratchFolder('compiler-memo')
  const programs = join(memo, 'bin')
  mkdirSync(programs)
  execFileSync('gcc', ['-O2', '-o', join(programs, compiler), SOURCE])
  return { ...process.env, COMPILER_MEMO: memo, PATH: [programs, process.env['PATH']].join(delimiter) }
}
