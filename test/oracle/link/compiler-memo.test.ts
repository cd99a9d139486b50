/** What the compiler that remembers makes is what the compiler makes, whatever changed in the meantime. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { rememberingEnvironment } from '../../support/link/compiler-memo.js'
import { describeWithTools, isX86Linux, scratchFolder } from '../../support/tools.js'

const WORDS = [
  '-shared',
  '-fPIC',
  'one.c',
  '-o',
  'one.so',
  '-Wl,--version-script=one.map',
  '-Wl,--as-needed,other.so',
  '-Wl,--allow-shlib-undefined',
]
const FILES = {
  'one.c': 'int other(void); int one(void) { return other(); }\n',
  'one.map': 'ONE_1 { global: one; local: *; };\n',
  'other.c': 'int other(void) { return 1; }\n',
}

describeWithTools(isX86Linux ? ['gcc', 'g++'] : ['x86-64 Linux'], 'a compiler that remembers', () => {
  const prepared = () => {
    const folder = scratchFolder('remembered')
    const env = rememberingEnvironment('gcc', () => scratchFolder('memo'))
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text)
    execFileSync('gcc', ['-shared', '-fPIC', 'other.c', '-o', 'other.so'], { cwd: folder })
    const made = (how: NodeJS.ProcessEnv, words: readonly string[] = WORDS, input = ''): string => {
      execFileSync('gcc', [...words], { cwd: folder, env: how, input })
      return readFileSync(join(folder, 'one.so'), 'latin1')
    }
    return {
      folder,
      remembered: (words?: readonly string[], input?: string) => made(env, words, input),
      real: (words?: readonly string[], input?: string) => made(process.env, words, input),
      builds: () => readdirSync(env['COMPILER_MEMO'] ?? '').filter(name => name.endsWith('.built')).length,
      env,
    }
  }

  test('builds the same once', () => {
    const { remembered, real, builds } = prepared()
    expect([remembered(), remembered()]).toEqual([real(), real()])
    expect(builds()).toBe(1)
  })

  test.each<[string, (folder: string) => void]>([
    ['source', folder => writeFileSync(join(folder, 'one.c'), 'int one(void) { return 2; }\n')],
    ['version script', folder => writeFileSync(join(folder, 'one.map'), 'ONE_2 { global: one; local: *; };\n')],
    ['library', folder => execFileSync('gcc', ['-shared', '-Wl,-soname,another.so', 'other.c', '-o', 'other.so'], { cwd: folder })],
  ])('sees another %s', (_, change) => {
    const { folder, remembered, real } = prepared()
    const before = remembered()
    change(folder)
    const after = remembered()
    expect(after).not.toBe(before)
    expect(after).toBe(real())
  })

  test('sees other words, and other text on standard input', () => {
    const { remembered, real, builds } = prepared()
    expect(remembered([...WORDS, '-Wl,-soname,two'])).toBe(real([...WORDS, '-Wl,-soname,two']))
    const typed = ['-shared', '-nostdlib', '-x', 'c', '-', '-o', 'one.so']
    for (const text of ['int a;', 'int b;']) expect(remembered(typed, text)).toBe(real(typed, text))
    expect(builds()).toBe(3)
  })

  test('fails as the compiler does, each time', () => {
    const { folder, env, builds } = prepared()
    writeFileSync(join(folder, 'one.c'), 'int one(void) {')
    for (let time = 0; time < 2; time++) {
      const { status, stderr } = spawnSync('gcc', WORDS, { cwd: folder, env, encoding: 'utf8' })
      expect({ status, isTold: stderr.includes('one.c:1') }).toEqual({ status: 1, isTold: true })
    }
    expect(builds()).toBe(0)
    expect(existsSync(join(folder, 'one.so'))).toBe(false)
  })

  test('keeps what it built in the user’s cache, for each compiler by itself, or for this run where there can be no cache', () => {
    const memoIn = (cache: string, compiler = 'gcc'): string => {
      process.env['XDG_CACHE_HOME'] = cache
      return rememberingEnvironment(compiler)['COMPILER_MEMO'] ?? ''
    }
    const cache = scratchFolder('cache')
    writeFileSync(join(cache, 'file'), '')
    const memo = memoIn(cache)
    expect(memo.startsWith(join(cache, 'rpmlint-ts/compiled/'))).toBe(true)
    expect(memoIn(cache)).toBe(memo)
    expect(memoIn(cache, 'g++')).not.toBe(memo)
    expect(existsSync(memoIn(join(cache, 'file')))).toBe(true)
  })
})
