/** The sample packages, and the report of a run on them. */
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { PackageReport, Report } from '../../lib/lint/report.js'
import { reportOn } from './engine.js'

const FOLDER = new URL('../../sample-rpms/rpms/', import.meta.url)

export const SAMPLES: readonly string[] = readdirSync(FOLDER)
  .filter(name => name.endsWith('.rpm'))
  .sort()

/** The packages of 2012, from the missing source to the fixed package. */
export const CHAIN: readonly string[] = [
  'MySQL-shared-compat-5.1.61-1.x86_64.rpm',
  'Percona-Server-shared-compat-5.5.20-90.nosrc.rpm',
  'Percona-Server-shared-compat-5.5.20-90.x86_64.rpm',
  'Percona-Server-shared-compat-5.5.20-91.src.rpm',
  'Percona-Server-shared-compat-5.5.20-92.x86_64.rpm',
]

export function samplePath(name: string): string {
  return fileURLToPath(new URL(name, FOLDER))
}

/** Paths as if the command had been run in the directory of the samples. */
export async function sampleReport(names: readonly string[]): Promise<Report> {
  const packages: PackageReport[] = []
  for (const name of names) packages.push({ ...(await reportOn(samplePath(name))), path: name })
  return { tool: { name: 'rpmlint-ts', version: '1.2.3' }, packages, notices: [] }
}
