/** Packages that rpmbuild makes on the spot, against what rpm says of them. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { outcomeOf } from '../support/engine.js'
import { describeWithTools, scratchFolder } from '../support/tools.js'

const folder = scratchFolder('rpm')
const PAYLOADS = ['w9.gzdio', 'w9.bzdio', 'w6.xzdio', 'w2T2.xzdio', 'w9.lzdio', 'w7.zstdio', 'w.ufdio']

const SPEC = `
%global __os_install_post %{nil}
%global debug_package %{nil}
%global _build_id_links none
%global _invalid_encoding_terminates_build 0
Name: story
Epoch: 3
Version: 1.2~rc1
Release: 4
Summary: Built to be read
License: MIT
Source0: kept.txt
Source1: story.c
Source7: left-out.bin
Patch3: left-out.patch
NoSource: 7
NoPatch: 3
Provides: virtual(x) = 2
Requires: something >= 1:2
%description
Built to be read.
%package tools
Summary: Its tools
BuildArch: noarch
%description tools
Its tools.
%prep
%install
mkdir -p %{buildroot}/usr/lib64 %{buildroot}/etc %{buildroot}/usr/share/d
gcc -shared -fPIC -nostdlib -s -Wl,-soname,libstory.so.1 -o %{buildroot}/usr/lib64/libstory.so.1 -x c %{_sourcedir}/story.c
ln %{buildroot}/usr/lib64/libstory.so.1 %{buildroot}/usr/lib64/libstory_r.so.1
ln %{buildroot}/usr/lib64/libstory.so.1 %{buildroot}/usr/share/d/third
ln -s libstory.so.1 %{buildroot}/usr/lib64/libstory.so
: > %{buildroot}/usr/share/d/empty
echo a > '%{buildroot}/usr/share/d/name with blanks'
echo b > %{buildroot}/usr/share/d/$(printf 'latin-\\351')
echo c > %{buildroot}/etc/story.conf
%files
/usr/lib64/*
/usr/share/d
%config(noreplace) /etc/story.conf
%ghost /etc/story.cache
%files tools
%doc
`

function rpmbuild(payload: string): string[] {
  const top = join(folder, payload)
  for (const part of ['SPECS', 'SOURCES']) mkdirSync(join(top, part), { recursive: true })
  for (const source of ['kept.txt', 'left-out.bin', 'left-out.patch']) writeFileSync(join(top, 'SOURCES', source), source)
  writeFileSync(join(top, 'SOURCES/story.c'), 'int CRYPTO_lock(void) { return 7; }\n')
  writeFileSync(join(top, 'SPECS/story.spec'), SPEC)
  const defines = [`_topdir ${top}`, `_binary_payload ${payload}`, `_source_payload ${payload}`].flatMap(value => ['--define', value])
  execFileSync('rpmbuild', ['-ba', '--quiet', '--nodeps', ...defines, join(top, 'SPECS/story.spec')], {
    stdio: 'ignore',
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  })
  return readdirSync(top, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.rpm'))
    .map(name => join(top, name))
}

const query = (path: string, format: string): string =>
  execFileSync('rpm', ['-qp', '--nosignature', '--qf', format, path], { encoding: 'latin1', stdio: ['ignore', 'pipe', 'ignore'] })

describeWithTools(['rpm', 'rpmbuild', 'gcc'], 'against rpm', () => {
  test.each(PAYLOADS)(
    'reads what rpmbuild makes with %s',
    async payload => {
      const packages = rpmbuild(payload)
      expect(packages.map(path => path.replace(/.*-4\./, '')).sort()).toEqual(['noarch.rpm', 'nosrc.rpm', 'x86_64.rpm'])
      for (const path of packages) await compare(path)
    },
    60_000,
  )
})

async function compare(path: string): Promise<void> {
  const outcome = await outcomeOf(path)
  if (!('facts' in outcome)) throw new Error(outcome.message)
  const { identity, provenance, provides, requires, objects, notes } = outcome.facts
  expect(notes).toEqual([])
  const isSource = query(path, '%{SOURCEPACKAGE}') === '1'
  expect([identity?.name, identity?.epoch, identity?.version, identity?.release].join('|')).toBe(
    query(path, '%{NAME}|%{EPOCH}|%{VERSION}|%{RELEASE}'),
  )
  expect(identity?.arch).toBe(isSource ? 'nosrc' : query(path, '%{ARCH}'))
  expect(provenance.sourceRpm ?? '(none)').toBe(query(path, '%{SOURCERPM}'))
  expect(provides.map(({ name }) => name).join('\n')).toBe(query(path, '[%{PROVIDENAME}\n]').trimEnd())
  expect(requires.map(({ name }) => name).join('\n')).toBe(query(path, '[%{REQUIRENAME}\n]').trimEnd())
  expect([...provenance.missingSources].sort()).toEqual(isSource ? ['left-out.bin', 'left-out.patch'] : [])
  expect(provenance.isNosrcDerived).toBe(!isSource)
  const isLibrary = identity?.arch === 'x86_64'
  expect(objects.map(object => [object.path, ...object.alsoAt])).toEqual(
    isLibrary ? [['/usr/lib64/libstory.so.1', '/usr/lib64/libstory_r.so.1', '/usr/share/d/third']] : [],
  )
}
