import { describe, expect, test } from '@jest/globals'
import fc from '../support/properties.js'
import { rangeAt, visibleRanges, type Range, type VisibleRange } from '../../lib/elf/overlay.js'

/** The plain definition: each range is folded over all before it. */
function folded(ranges: readonly Range[]): VisibleRange[] {
  let visible: VisibleRange[] = []
  for (const [index, top] of ranges.entries()) {
    if (top.end <= top.start) continue
    const rest = visible.flatMap(range => {
      const left = { ...range, end: Math.min(range.end, top.start) }
      const right = { ...range, start: Math.max(range.start, top.end) }
      return [left, right].filter(({ start, end }) => start < end)
    })
    visible = [...rest, { ...top, index }]
  }
  return visible.sort((a, b) => a.start - b.start)
}

const anyRange = (most: number) =>
  fc.tuple(fc.nat(most), fc.nat(most)).map(([start, length]): Range => ({ start, end: start + (length % 40) }))

describe('ranges over each other', () => {
  test.each([[30], [2 ** 40]])('are what folding each over the earlier ones leaves, for starts up to %d', most => {
    fc.assert(
      fc.property(fc.array(anyRange(most), { maxLength: 40 }), ranges => {
        expect(visibleRanges(ranges)).toEqual(folded(ranges))
      }),
      { numRuns: 2000 },
    )
  })

  test('and a search finds the one that contains a position', () => {
    fc.assert(
      fc.property(fc.array(anyRange(60), { maxLength: 20 }), fc.nat(110), (ranges, position) => {
        const visible = visibleRanges(ranges)
        expect(rangeAt(visible, position)).toBe(visible.find(({ start, end }) => position >= start && position < end))
      }),
      { numRuns: 1000 },
    )
  })

  test('keep a range whole where only covered ones begin and end', () => {
    const ranges = [
      { start: 2, end: 4 },
      { start: 3, end: 6 },
      { start: 0, end: 10 },
    ]
    expect(visibleRanges(ranges)).toEqual([{ start: 0, end: 10, index: 2 }])
  })
})
