/** Static libraries of link-time optimisation, against what nm reads of ordinary ones. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { found } from '../support/scan.js'
import { describeWithTools, hasTool, scratchFolder } from '../support/tools.js'

const folder = scratchFolder('lto')
const SOURCES = {
  a: `
    int CRYPTO_lock(int x) { return x + 1; }
    __attribute__((visibility("hidden"))) int SSL_hidden(int x) { return x; }
    __attribute__((visibility("hidden"))) int EVP_CIPHER_CTX_init(int x) { return x; }
    __attribute__((visibility("protected"))) int SSL_new(void) { return 3; }
    int CRYPTO_add_lock(int), undefined(int);
    static int local(int x) { return undefined(x) + CRYPTO_add_lock(x); }
    int mine(int x) { return local(x); }`,
  b: `
    __attribute__((weak)) int BIO_new(void) { return 3; }
    __attribute__((common)) int SSL_ctrl;
    int ERR_get_error = 4;
    extern int undefined_data; int *user(void) { return &undefined_data; }`,
}
const EXPECTED = ['BIO_new', 'CRYPTO_lock', 'ERR_get_error', 'SSL_ctrl', 'SSL_new']

for (const [name, source] of Object.entries(SOURCES)) writeFileSync(join(folder, `${name}.c`), source)
const run = (command: string, ...args: readonly string[]): void => void execFileSync(command, args, { cwd: folder, stdio: 'pipe' })

/** The library of both sources. */
function library(name: string, compiler: string, options: readonly string[], archiver = ['ar', 'rcs']): Buffer {
  const objects = Object.keys(SOURCES).map(source => {
    run(compiler, ...options, '-O2', '-fPIC', '-c', `${source}.c`, '-o', `${name}-${source}.o`)
    return `${name}-${source}.o`
  })
  const [command = 'ar', ...flags] = archiver
  run(command, ...flags, `${name}.a`, ...objects)
  return readFileSync(join(folder, `${name}.a`))
}

async function guardedIn(bytes: Uint8Array): Promise<readonly string[]> {
  const { archives, notes } = await found(bytes, { path: '/lib.a' })
  expect(notes).toEqual([])
  return (archives[0]?.guarded ?? []).map(({ name }) => name).sort()
}

const COMPILERS = ['gcc', 'aarch64-linux-gnu-gcc', 'powerpc64le-linux-gnu-gcc', 's390x-linux-gnu-gcc', 'i686-linux-gnu-gcc'].filter(hasTool)

describeWithTools(['gcc', 'ar'], 'a static library', () => {
  test.each(COMPILERS)('has the same symbols as ordinary, slim LTO and fat LTO objects, by %s', async compiler => {
    for (const [name, options] of Object.entries({
      plain: [],
      slim: ['-flto', '-fno-fat-lto-objects'],
      fat: ['-flto', '-ffat-lto-objects'],
    }))
      expect([name, await guardedIn(library(`${compiler}-${name}`, compiler, options))]).toEqual([name, EXPECTED])
  })

  test('has them after ld -r of LTO objects', async () => {
    library('joined', 'gcc', ['-flto', '-fno-fat-lto-objects'])
    run('ld', '-r', '-o', 'one.o', 'joined-a.o', 'joined-b.o')
    run('ar', 'rcs', 'one.a', 'one.o')
    expect(await guardedIn(readFileSync(join(folder, 'one.a')))).toEqual(EXPECTED)
  })

  test('may be left out: a slim LTO object has the symbols by itself', async () => {
    library('loose', 'gcc', ['-flto', '-fno-fat-lto-objects'])
    const { archives } = await found(readFileSync(join(folder, 'loose-a.o')), { path: '/usr/lib/x.o' })
    expect(archives).toMatchObject([{ path: '/usr/lib/x.o', isNested: false, guarded: [{ name: 'CRYPTO_lock' }, { name: 'SSL_new' }] }])
  })

  test('is reported if its LTO objects were stripped of their list of symbols', async () => {
    library('cut', 'gcc', ['-flto', '-fno-fat-lto-objects'])
    for (const object of ['cut-a.o', 'cut-b.o']) run('objcopy', '--wildcard', '--remove-section=.gnu.lto_.symtab*', object)
    run('ar', 'rcS', 'stripped.a', 'cut-a.o', 'cut-b.o')
    const { notes } = await found(readFileSync(join(folder, 'stripped.a')), { path: '/lib.a' })
    expect(notes.map(({ message }) => message)).toEqual([
      '/lib.a: 2 members are LTO objects without a readable list of symbols: not analysed (cut-a.o, cut-b.o)',
    ])
  })

  test('is reported if it is thin', async () => {
    const { notes } = await found(library('thin', 'gcc', [], ['ar', 'rcsT']), { path: '/lib.a' })
    expect(notes.map(({ message }) => message)).toEqual([
      '/lib.a: 2 members are only referred to (thin archive): not analysed (thin-a.o, thin-b.o)',
    ])
  })
})

describeWithTools(['clang'], 'a static library of LLVM', () => {
  test.each(['-flto', '-flto=thin'])('is reported (%s)', async option => {
    const { notes } = await found(library(`llvm${option}`, 'clang', [option]), { path: '/lib.a' })
    expect(notes).toMatchObject([{ id: 'unanalysed-object', isOdd: true }])
    expect(notes[0]?.message).toContain('2 members are LLVM bitcode')
  })
})
