/** Threads give the same report as none, byte for byte, with the engine as it was built. */
import { execFileSync } from 'node:child_process'
import { expect, test } from '@jest/globals'
import { describeWith, sharedPath } from '../support/shared.js'

describeWith('corpus', 'threads over the corpus', () => {
  test('four of them report the same as one', () => {
    const program = `
      import { createEngine } from ${JSON.stringify(new URL('../../dist/index.js', import.meta.url).href)}
      const reportOf = async jobs => {
        const engine = createEngine({ jobs })
        const { report } = await engine.check([${JSON.stringify(sharedPath('corpus/rpms'))}])
        return [report.packages.length, engine.render(report, 'json')]
      }
      const [[count, one], [, four]] = [await reportOf(1), await reportOf(4)]
      console.log(one === four, count)`
    const out = execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })
    const [, count] = /^true (\d+)\n$/.exec(out) ?? []
    expect({ out, isMany: Number(count) > 100 }).toMatchObject({ isMany: true })
  }, 120_000)
})
