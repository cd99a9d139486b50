/** Completion for each shell: its script, and the file that the build writes it to. */
import type { SHELLS } from '../commands.js'
import type { CompletedCommand } from './completion-table.js'
import { renderBashCompletion } from './bash-completion.js'
import { renderFishCompletion } from './fish-completion.js'
import { renderZshCompletion } from './zsh-completion.js'

export type Shell = (typeof SHELLS)[number]

export interface ShellCompletion {
  /** As the shell looks for it. */
  readonly file: string
  readonly render: (commands: readonly CompletedCommand[]) => string
}

export const COMPLETIONS: Readonly<Record<Shell, ShellCompletion>> = {
  bash: { file: 'rpmlint-ts.bash', render: renderBashCompletion },
  fish: { file: 'rpmlint-ts.fish', render: renderFishCompletion },
  zsh: { file: '_rpmlint-ts', render: renderZshCompletion },
}
