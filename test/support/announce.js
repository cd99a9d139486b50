/** Reports before the tests run which suites will be skipped: Jest itself only counts them. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const MATERIAL = {
  corpus: 'real packages',
  hostile: 'crafted packages',
  offenders: 'packages with verdicts',
  linker: 'cases of ld.so’s rules',
}
const TOOLS = [
  'rpm',
  'rpmbuild',
  'readelf',
  'gcc',
  'g++',
  'musl-gcc',
  'qemu-i386',
  'qemu-aarch64',
  'qemu-s390x',
  'xz',
  'zstd',
  'xmllint',
  'prove',
  'git',
  'pre-commit',
  'rpmlint',
  'shellcheck',
  'man',
  'zsh',
  'dash',
  'busybox',
  'python3',
]

/**
 * @param {{ readonly rootDir: string }} global
 * @param {{ readonly testPathPatterns?: { readonly patterns: readonly string[] } }} run
 */
export default function announce({ rootDir }, { testPathPatterns }) {
  for (const [folder, what] of Object.entries(MATERIAL)) {
    if (!existsSync(`${rootDir}/../shared/${folder}`)) console.log(`skipped: tests over ${what}, for there is no ../shared/${folder}`)
  }
  if (!String(testPathPatterns?.patterns ?? '').includes('oracle')) return
  if (process.env.RPMLINT_TS_OLD_NODES === undefined) console.log('skipped: old versions of Node.js, for RPMLINT_TS_OLD_NODES is not set')
  const missing = TOOLS.filter(tool => spawnSync(tool, ['--version']).error !== undefined)
  if (missing.length > 0) console.log(`skipped: comparisons that need ${missing.join(', ')}, which this machine lacks`)
}
