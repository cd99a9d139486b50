import { expect, test } from '@jest/globals'
import { LimitError } from '../../../lib/errors/check-error.js'
import { CompressedInput } from '../../../lib/io/decompress/compressed-input.js'
import { PartAllowance } from '../../../lib/io/decompress/part-allowance.js'
import { ChunkedSource } from './streams.js'

function begun(parts: number, bytesEach: number): void {
  const allowance = new PartAllowance(new CompressedInput(new ChunkedSource(Buffer.alloc(0), 1), 'payload (gzip)'))
  for (let part = 0; part < parts; part++) {
    allowance.begin()
    allowance.earn(bytesEach)
  }
}

test('ten thousand empty members are allowed, and not one more', () => {
  expect(() => begun(10_000, 0)).not.toThrow()
  expect(() => begun(10_001, 0)).toThrow(LimitError)
})

test('members with contents earn further ones', () => {
  expect(() => begun(1_000_000, 4096)).not.toThrow()
  expect(() => begun(1_000_000, 2048)).toThrow('payload (gzip): too many small members or frames at 0x0')
})
