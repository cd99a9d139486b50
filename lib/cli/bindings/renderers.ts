/** The output formats of `bindings`: each program, and the text before, between and after programs. */
import { BINDINGS_COMMA, BINDINGS_FOOT, BINDINGS_HEAD, BindingsJson } from '../../report/bindings-json.js'
import { renderProgramText } from '../../report/bindings-text.js'
import type { ProgramReport } from '../../report/program-report.js'
import { coloured, plain } from '../../report/style.js'
import type { Question, Rendering } from './question.js'

/** UTF-8. */
export interface Renderer {
  readonly head: Uint8Array
  readonly separator: Uint8Array
  readonly foot: Uint8Array
  /** In pieces. */
  readonly render: (report: ProgramReport) => readonly Uint8Array[]
}

export function renderers({ renderings, symbols }: Question): Renderer[] {
  return renderings.map(rendering => (rendering.format === 'json' ? jsonRenderer() : textRenderer(rendering, symbols.length > 0)))
}

function jsonRenderer(): Renderer {
  const json = new BindingsJson()
  return {
    head: Buffer.from(BINDINGS_HEAD),
    separator: Buffer.from(BINDINGS_COMMA),
    foot: Buffer.from(BINDINGS_FOOT),
    render: report => json.render(report),
  }
}

function textRenderer({ isColoured, width, isQuiet }: Rendering, isEveryAnswered: boolean): Renderer {
  const options = { style: isColoured ? coloured : plain, width, isQuiet, isEveryAnswered }
  const nothing = new Uint8Array(0)
  return { head: nothing, separator: Buffer.from('\n'), foot: nothing, render: report => [Buffer.from(renderProgramText(report, options))] }
}
