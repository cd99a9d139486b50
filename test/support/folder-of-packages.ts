/** A directory with packages of every outcome, and the program run in it. */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { command, type Circumstances } from './command.js'
import type { Ending } from './program.js'
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

export interface FolderOfPackages {
  readonly folder: string
  /** Runs a command line in the folder. */
  readonly run: (argv: readonly string[], circumstances?: Partial<Circumstances>) => Promise<Ending>
  readonly status: (...argv: readonly string[]) => Promise<number | null>
}

/** Besides the packages it has `text.rpm`, which is not a package, and the directory `empty`. */
export function folderOfPackages(): FolderOfPackages {
  const folder = scratchFolder('packages')
  mkdirSync(join(folder, 'tree/sub'), { recursive: true })
  mkdirSync(join(folder, 'empty'))
  for (const [name, sample] of Object.entries(SAMPLES)) copyFileSync(samplePath(sample), join(folder, name))
  writeFileSync(join(folder, 'text.rpm'), 'text')
  writeFileSync(join(folder, 'tree/sub/readme.txt'), 'text')
  const run: FolderOfPackages['run'] = (argv, circumstances = {}) => command(argv, { cwd: folder, ...circumstances })
  return { folder, run, status: async (...argv) => (await run(argv)).status }
}
