/** The completion scripts, and the files that the build writes. */
import type { SHELLS } from '../commands.js'
import type { CompletedCommand } from './completion-table.js'
import { renderBashCompletion } from './bash-completion.js'
import { renderFishCompletion } from './fish-completion.js'
import { renderZshCompletion } from './zsh-completion.js'

export type Shell = (typeof SHELLS)[number]

export interface ShellCompletion {
  /** The file name that the shell expects. */
  readonly file: string
  readonly render: (commands: readonly CompletedCommand[]) => string
}

export const COMPLETIONS: Readonly<Record<Shell, ShellCompletion>> = {
  bash: { file: 'rpmlint-ts.bash', render: renderBashCompletion },
  fish: { file: 'rpmlint-ts.fish', render: renderFishCompletion },
  zsh: { file: '_rpmlint-ts', render: renderZshCompletion },
}
