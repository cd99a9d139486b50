/** A folder with packages of every outcome, and the program run in it. */
import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ending, PROGRAM, type Ending } from './program.js'
import { samplePath } from './sample.js'
import { scratchFolder } from './tools.js'

const BAD = 'Percona-Server-shared-compat-5.5.20-90.x86_64.rpm'
const GOOD = 'Percona-Server-shared-compat-5.5.20-92.x86_64.rpm'
const SAMPLES = {
  'bad.rpm': BAD,
  'good.rpm': GOOD,
  'noted.rpm': 'libdbclient-one-generic-name-1.0-1.x86_64.rpm', // an info
  'warned.rpm': 'libdbclient-foreign-first-1.0-1.x86_64.rpm',
  'tree/good.rpm': GOOD,
  'tree/sub/bad.rpm': BAD,
}

export interface Circumstances {
  readonly env?: Readonly<Record<string, string>>
  /** A file of the folder. */
  readonly stdin?: string
  readonly cwd?: string
}

export interface FolderOfPackages {
  readonly folder: string
  /** Runs the program in the folder, without colours and settings from around the test. */
  readonly run: (argv: readonly string[], circumstances?: Circumstances) => Promise<Ending>
  readonly status: (...argv: readonly string[]) => Promise<number | null>
}

/** Beside the packages there are `text.rpm`, which is none, and the directory `empty`. */
export function folderOfPackages(): FolderOfPackages {
  const folder = scratchFolder('packages')
  mkdirSync(join(folder, 'tree/sub'), { recursive: true })
  mkdirSync(join(folder, 'empty'))
  for (const [name, sample] of Object.entries(SAMPLES)) copyFileSync(samplePath(sample), join(folder, name))
  writeFileSync(join(folder, 'text.rpm'), 'text')
  writeFileSync(join(folder, 'tree/sub/readme.txt'), 'text')
  const run: FolderOfPackages['run'] = (argv, circumstances = {}) => runIn(folder, argv, circumstances)
  return { folder, run, status: async (...argv) => (await run(argv)).status }
}

function runIn(folder: string, argv: readonly string[], { env = {}, stdin, cwd = folder }: Circumstances): Promise<Ending> {
  if (!existsSync(PROGRAM)) throw new Error('dist/rpmlint-ts.cjs is missing: npm run build')
  const { NO_COLOR: _no, FORCE_COLOR: _force, GITHUB_STEP_SUMMARY: _summary, ...inherited } = process.env
  const input = stdin === undefined ? 'ignore' : openSync(join(folder, stdin), 'r')
  return ending(spawn(process.execPath, [PROGRAM, ...argv], { cwd, env: { ...inherited, ...env }, stdio: [input, 'pipe', 'pipe'] }))
}
