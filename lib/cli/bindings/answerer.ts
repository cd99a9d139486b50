/** Answers a question for each program; analysed libraries are reused for the next program. */
import { wildcard } from '../../bytes/wildcard.js'
import { Catalogue } from '../../catalogue/catalogue.js'
import { CheckError } from '../../errors/check-error.js'
import { sortedBindings } from '../../link/bindings.js'
import type { LayeredFiles } from '../../link/layered-files.js'
import { preloadNames } from '../../link/setup.js'
import { Simulator } from '../../link/simulate.js'
import type { SymbolFilter } from '../../link/selected-references.js'
import type { ProgramReport } from '../../report/program-report.js'
import { byteString, isLocalSystem, type Question } from './question.js'

export class Answerer {
  readonly #files: LayeredFiles
  readonly #simulator: Simulator
  readonly #isSelected: SymbolFilter

  /** `files` are those that the question is about. */
  constructor(question: Question, files: LayeredFiles) {
    this.#files = files
    this.#simulator = new Simulator({
      ...question,
      files,
      isPartial: question.root === null && !isLocalSystem(question),
      isJustInstalled: question.packages.length > 0,
      preload: preloadNames(question.preload),
    })
    this.#isSelected = symbolFilterOf(question.symbols)
  }

  answer(program: string): ProgramReport {
    const nothing = { program, scope: [], bindings: [], warnings: [], assumptions: [] }
    const file = this.#files.open(program)
    if (file === null || file.fault !== null)
      return { ...nothing, reason: 'unreadable', errors: [`cannot read ${program}: ${file?.fault ?? 'no such file or directory'}`] }
    try {
      const { failures, unread, bindings, ...start } = this.#simulator.start(program, file, this.#isSelected)
      return {
        program,
        ...start,
        bindings: sortedBindings(bindings, this.#isSelected),
        errors: failures,
        reason: unread[0]?.reason ?? null,
      }
    } catch (error) {
      if (!(error instanceof CheckError)) throw error
      return { ...nothing, reason: error.reason, errors: [`${program}: ${error.message}`] }
    }
  }
}

/** `crypto` stands for all guarded and internal symbols; everything else is a pattern (lib/bytes/wildcard.ts). */
function symbolFilterOf(patterns: readonly string[]): SymbolFilter {
  if (patterns.length === 0) return () => true
  const catalogue = new Catalogue()
  const tests = patterns.map((pattern): SymbolFilter => {
    if (pattern === 'crypto') return name => catalogue.familyOf(name) !== null
    return wildcard(byteString(pattern))
  })
  return name => tests.some(test => test(name))
}
