import { expect, test } from '@jest/globals'
import { LimitError } from '../../../lib/errors/check-error.js'
import { UnpackCosts } from '../../../lib/io/decompress/unpack-costs.js'
import { DEFAULT_LIMITS } from '../../../lib/limits/limits.js'

function begun(parts: number, bytesEach: number): void {
  const costs = new UnpackCosts({ ...DEFAULT_LIMITS, smallParts: 10_000 })
  for (let part = 0; part < parts; part++) {
    costs.beginPart('payload (gzip)')
    costs.earn(bytesEach)
  }
}

test('as many empty members are allowed as the limit says, and not one more', () => {
  expect(() => begun(10_000, 0)).not.toThrow()
  expect(() => begun(10_001, 0)).toThrow(LimitError)
})

test('members with contents earn further ones', () => {
  expect(() => begun(1_000_000, 4096)).not.toThrow()
  expect(() => begun(1_000_000, 2048)).toThrow('payload (gzip): more than 10000 small members, frames or blocks in the package')
})

test('the error stays: it ends the package, not one of its archives', () => {
  const costs = new UnpackCosts({ ...DEFAULT_LIMITS, windowBytesMoved: 10 })
  costs.moveWindow('payload (zstd)', 10)
  expect(costs.exhaustion).toBeNull()
  expect(() => costs.moveWindow('payload (zstd)', 1)).toThrow('more than 10 bytes moved in the package')
  expect(costs.exhaustion).toBeInstanceOf(LimitError)
  expect(() => costs.beginPart('x')).not.toThrow()
})
