/** Formats and destinations of the reports of `check`. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { FORMATS } from '../../lib/report/formats.js'
import { folderOfPackages } from '../support/folder-of-packages.js'
import { CASES } from '../support/format-cases.js'
import { PROGRAM, type Ending } from '../support/program.js'
import { CHAIN } from '../support/sample.js'

const { folder, run } = folderOfPackages()

describe('formats', () => {
  test('are text by default, equal to the golden file', async () => {
    const cwd = fileURLToPath(new URL('../../sample-rpms/rpms', import.meta.url))
    const golden = (name: string): string => readFileSync(new URL(`../report/golden/${name}`, import.meta.url), 'utf8')
    const [plain, quiet, lines] = await Promise.all(
      [[], ['--quiet'], ['--format=rpmlint']].map(options => run(['check', '--no-config', ...options, ...CHAIN], { cwd })),
    )
    expect([plain?.out, quiet?.out, lines?.out]).toEqual([golden('chain.txt'), golden('chain-quiet.txt'), golden('chain-rpmlint.txt')])
    expect([plain?.err, quiet?.err, lines?.err]).toEqual(['', '', ''])
  })

  test('may be several, each with its own destination', async () => {
    const { status: code, out } = await run(['check', '-f', 'json=r.json', '-f', 'rpmlint=r.txt', '-f', 'text', 'bad.rpm'])
    expect(code).toBe(1)
    expect(out).toContain('bad.rpm  from ')
    expect(JSON.parse(readFileSync(join(folder, 'r.json'), 'utf8'))).toMatchObject({ schema: 'rpmlint-ts/report/1', summary: { error: 4 } })
    expect(readFileSync(join(folder, 'r.txt'), 'utf8')).toMatch(/^Percona-Server-shared-compat\.x86_64: E: /)
  })

  test('go to the output file, or to a file whose name has an equals sign', async () => {
    const { out } = await run(['check', '--output-file', 'a=b.json', '--format', 'json', 'bad.rpm'])
    expect(out).toBe('')
    expect(readFileSync(join(folder, 'a=b.json'), 'utf8')).toContain('"rpmlint-ts/report/1"')
    await run(['check', '--format', 'json=c=d.json', 'bad.rpm'])
    expect(readFileSync(join(folder, 'c=d.json'), 'utf8')).toBe(readFileSync(join(folder, 'a=b.json'), 'utf8'))
  })

  test('cannot share a destination', async () => {
    const [both, file] = await Promise.all([
      run(['check', '-f', 'json', '-f', 'text', 'bad.rpm']),
      run(['check', '-f', 'json=x', '-f', 'text=./x', 'bad.rpm']),
    ])
    expect([both.status, file.status]).toEqual([2, 2])
    expect(both.err).toContain('two formats would be written to standard output')
    expect(file.err).toContain('two formats would be written to ./x')
  })

  test('as JSON are reproducible', async () => {
    const [first, second] = await Promise.all([
      run(['check', '-f', 'json', 'tree', 'text.rpm']),
      run(['check', '-f', 'json', 'tree', 'text.rpm']),
    ])
    expect(first.out).toBe(second.out)
    expect(first.out.length).toBeGreaterThan(1000)
  })

  test('as JSON include unchecked packages', async () => {
    const { out, err } = await run(['check', '-f', 'json', 'text.rpm'])
    expect(err).toBe('')
    expect(JSON.parse(out)).toMatchObject({
      packages: [{ outcome: 'unchecked', reason: 'malformed', findings: [] }],
      summary: { unchecked: 1 },
    })
  })

  test('go to standard output for the file -', async () => {
    const { out } = await run(['check', '-f', 'json=-', '-f', 'text=beside.txt', 'bad.rpm'])
    expect(JSON.parse(out)).toMatchObject({ summary: { error: 4 } })
    expect((await run(['check', '-f', 'json', '-o', '-', 'bad.rpm'])).out).toBe(out)
  })

  test('may all be written by one run', async () => {
    const options = Object.keys(FORMATS).flatMap(name => ['-f', `${name}=all.${name}`])
    const { status: code, out, err } = await run(['check', ...options, 'bad.rpm', 'good.rpm'])
    expect({ code, out, err }).toEqual({ code: 1, out: '', err: '' })
    for (const [name, { faults }] of Object.entries(CASES)) {
      const text = readFileSync(join(folder, `all.${name}`), 'utf8')
      expect({ name, faults: faults(text) }).toEqual({ name, faults: [] })
      expect({ name, isTold: text.includes('libmysqlclient.so.16.0.0') }).toEqual({ name, isTold: true })
    }
  })

  test('show the report path instead of the package, and paths relative to the working directory', async () => {
    const cwd = join(folder, 'tree')
    const { out } = await run(['check', '-f', 'github', join(cwd, 'sub/bad.rpm')], { cwd })
    expect(out).toMatch(/^::error file=sub\/bad\.rpm,line=1,/)
    const spec = await run(['check', '-f', 'github', '--report-path', './demo.spec', 'sub/bad.rpm'], { cwd })
    expect(spec.out).toMatch(/^::error file=demo\.spec,line=1,title=[a-z-]+::sub\/bad\.rpm!\/usr\/lib64\//)
  })

  test('that list rules omit disabled ones', async () => {
    writeFileSync(join(folder, 'off.toml'), '[rules]\nbundled-openssl = "off"\n')
    const { out } = await run(['check', '-c', 'off.toml', '-f', 'sarif', 'good.rpm'])
    expect(out).toContain('"id": "nosrc-derived"')
    expect(out).not.toContain('bundled-openssl')
  })

  test('do not replace a named pipe', () => {
    const command = '"$0" "$1" check --exit-zero -f rpmlint=/dev/stdout bad.rpm | cat'
    const out = execFileSync('sh', ['-c', command, process.execPath, PROGRAM], { cwd: folder, encoding: 'utf8' })
    expect(out).toContain('x86_64: E: unversioned-crypto-export')
  })

  test('that cannot be written do not affect others', async () => {
    const {
      status: code,
      out,
      err,
    } = await run(['check', '-f', 'json=empty', '-f', 'sarif=beside.sarif', '-f', 'text', 'bad.rpm', 'text.rpm'])
    expect({ code, isShown: out.includes('libmysqlclient.so.16.0.0') }).toEqual({ code: 2, isShown: true })
    expect(err).toMatch(/^rpmlint-ts: text\.rpm: not checked .*\nrpmlint-ts: cannot write empty: .*\n/)
    expect(readFileSync(join(folder, 'beside.sarif'), 'utf8')).toContain('"version": "2.1.0"')
  })

  test('that cannot be written are reported', async () => {
    const { status: code, err } = await run(['check', '-o', 'no/such/folder', 'good.rpm'])
    expect(code).toBe(2)
    expect(err).toContain('cannot write no/such/folder: no such directory: no/such')
  })
})

describe('the step summary', () => {
  const summary = join(folder, 'summary.md')
  const annotate = (env: Readonly<Record<string, string>>, ...options: readonly string[]): Promise<Ending> =>
    run(['check', ...options, 'bad.rpm'], { env })

  test('is appended to the file of GITHUB_STEP_SUMMARY', async () => {
    writeFileSync(summary, 'before\n')
    const { status: code, out, err } = await annotate({ GITHUB_STEP_SUMMARY: summary }, '-f', 'github')
    expect({ code, err, isAnnotated: out.startsWith('::error ') }).toEqual({ code: 1, err: '', isAnnotated: true })
    const text = readFileSync(summary, 'utf8')
    expect(text).toMatch(/^before\n## rpmlint-ts: 4 errors, 0 warnings, 1 info in 1 package\n/)
    await annotate({ GITHUB_STEP_SUMMARY: summary }, '-f', 'github=annotations.txt')
    expect(readFileSync(summary, 'utf8')).toBe(text + text.slice('before\n'.length))
  })

  test('never exceeds GitHub’s limit', async () => {
    writeFileSync(summary, 'x'.repeat(999_500))
    await annotate({ GITHUB_STEP_SUMMARY: summary }, '-f', 'github')
    expect(readFileSync(summary, 'utf8')).toMatch(/x… and \d+ more lines|x## rpmlint-ts[^]*more lines/)
    expect(readFileSync(summary).length).toBeLessThanOrEqual(1_000_000)
  })

  test('is not written for other formats, or if the variable is empty', async () => {
    writeFileSync(summary, '')
    await annotate({ GITHUB_STEP_SUMMARY: summary }, '-f', 'sarif')
    const { status: code, err } = await annotate({ GITHUB_STEP_SUMMARY: '' }, '-f', 'github')
    expect({ code, err, text: readFileSync(summary, 'utf8') }).toEqual({ code: 1, err: '', text: '' })
  })

  test('that cannot be written is reported, without changing the status', async () => {
    const { status: code, err } = await annotate({ GITHUB_STEP_SUMMARY: join(folder, 'no/such.md') }, '-f', 'github')
    expect(code).toBe(1)
    expect(err).toMatch(/^rpmlint-ts: cannot append to the step summary .*no\/such\.md: no such file or directory\n$/)
  })
})
