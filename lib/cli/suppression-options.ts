/** The suppression options of `check`: loads the files for the engine, and saves a new baseline. */
import type { RecordedBaseline, SuppressionOptions } from '../engine/suppression.js'
import { UsageError } from '../errors/check-error.js'
import { loadBaseline, saveBaseline } from '../io/config/baseline-file.js'
import { pipedTexts } from '../io/config/piped-texts.js'
import { loadRpmlintFiles } from '../io/config/rpmlint-files.js'
import type { CommandLine } from './command-line.js'
import type { Surroundings } from './surroundings.js'

type Options = CommandLine<'check'>['options']

/** Reads the files that the options name. Rejects with `UsageError`. */
export async function suppressionOf(options: Options, { cwd, now }: Surroundings): Promise<SuppressionOptions> {
  const { baseline: file, 'update-baseline': recordsBaseline, rpmlintrc, 'rpmlint-config': configs } = options
  if (recordsBaseline && file === null) throw new UsageError('--update-baseline needs --baseline FILE')
  const piped = await pipedTexts([...(file === null ? [] : [file]), ...configs, ...rpmlintrc], cwd)
  return {
    baseline: file === null ? null : loadBaseline(file, recordsBaseline, cwd, piped),
    recordsBaseline,
    rpmlint: loadRpmlintFiles(configs, rpmlintrc, cwd, piped),
    today: options.today ?? now().toISOString().slice(0, 10),
    isStrict: options['strict-waivers'],
    areFiltersErrors: options['ignore-unused-rpmlintrc'] ? null : options['rpmlint-exit-codes'],
    maxWarnings: limitOf(options['max-warnings']),
  }
}

/** Saves the new baseline, if any, and returns a message about it, or `null`. */
export function saveRecorded(
  recorded: RecordedBaseline | null,
  { baseline: file, 'update-baseline': isWanted }: Options,
  cwd: string,
): string | null {
  if (!isWanted || file === null) return null
  if (recorded === null) return `${file}: not updated, because not every package could be checked`
  const { baseline, added, removed } = recorded
  saveBaseline(baseline, cwd)
  return `${file}: ${baseline.entries.length} ${baseline.entries.length === 1 ? 'finding' : 'findings'}, ${added} new, ${removed} removed`
}

/** -1 stands for no limit. */
function limitOf(count: number | null): number | null {
  return count === -1 ? null : count
}
