/** Programs and libraries of rare kinds, one rule each, by the real ld.so and by `bindings`. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { agreementOn } from '../../support/link/agreement.js'
import { COMMANDS, ODD_PROGRAMS, type OddProgram } from '../../support/link/odd-programs.js'
import { describeWithTools, isX86Linux, scratchFolder } from '../../support/tools.js'

const FOLDER = process.env.LINK_KEEP ?? scratchFolder('odd')

describeWithTools(isX86Linux ? ['gcc', 'g++', 'as', 'ld'] : ['x86-64 Linux'], 'odd programs', () => {
  test.each(ODD_PROGRAMS.map(odd => [odd.title, odd] as const))('%s', (_, odd) => expectAgreement(odd), 60_000)
})

function expectAgreement({ title, build, environment = {}, refusal }: OddProgram): void {
  const folder = join(FOLDER, title.replaceAll(/\W+/g, '-'))
  mkdirSync(folder)
  writeFileSync(join(folder, 'build.sh'), COMMANDS + build)
  execFileSync('sh', ['build.sh'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  const { differences, refusals, bindings } = agreementOn(join(folder, 'program'), environment)
  expect(refusals).toEqual(refusal === undefined ? [] : [expect.stringContaining(refusal)])
  expect(differences).toEqual([])
  expect(bindings > 0).toBe(refusal === undefined)
}
