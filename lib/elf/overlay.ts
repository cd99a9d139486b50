/**
 * Ranges that are laid over each other, each over the earlier ones: what remains visible of each.
 *
 * One sweep over the sorted bounds, with the ranges that are open at a position in a heap: a hostile file has 65,534 segments, and folding each over all
 * before it would take the square of that.
 */

/** `end` is exclusive. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** A part of `ranges[index]`. */
export interface VisibleRange extends Range {
  readonly index: number
}

/** Ascending and disjoint; each is as long as possible. Empty ranges cover nothing. */
export function visibleRanges(ranges: readonly Range[]): VisibleRange[] {
  const indexes = [...ranges.keys()].filter(index => ranges[index]!.start < ranges[index]!.end)
  indexes.sort((a, b) => ranges[a]!.start - ranges[b]!.start)
  const bounds = Float64Array.from(indexes.flatMap(index => [ranges[index]!.start, ranges[index]!.end])).sort()
  const open = new MaxHeap()
  const visible: { start: number; end: number; index: number }[] = []
  for (let at = 0, next = 0; at + 1 < bounds.length; at++) {
    const [start, end] = [bounds[at]!, bounds[at + 1]!]
    if (start === end) continue
    for (; next < indexes.length && ranges[indexes[next]!]!.start <= start; next++) open.push(indexes[next]!)
    while (open.top !== undefined && ranges[open.top]!.end <= start) open.pop()
    const { top } = open
    if (top === undefined) continue
    const last = visible.at(-1)
    if (last?.index === top && last.end === start) last.end = end
    else visible.push({ start, end, index: top })
  }
  return visible
}

/** The range that contains `position`, of ascending and disjoint ones. */
export function rangeAt<Some extends Range>(ranges: readonly Some[], position: number): Some | undefined {
  let [low, high] = [0, ranges.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (ranges[middle]!.end <= position) low = middle + 1
    else high = middle
  }
  const found = ranges[low]
  return found !== undefined && found.start <= position ? found : undefined
}

/** A binary heap of numbers. */
class MaxHeap {
  readonly #items: number[] = []

  get top(): number | undefined {
    return this.#items[0]
  }

  push(item: number): void {
    const items = this.#items
    let at = items.push(item) - 1
    for (let parent = (at - 1) >> 1; at > 0 && items[parent]! < item; parent = (at - 1) >> 1) {
      items[at] = items[parent]!
      at = parent
    }
    items[at] = item
  }

  pop(): void {
    const items = this.#items
    const item = items.pop()
    if (item === undefined || items.length === 0) return
    let at = 0
    for (let child = 1; child < items.length; child = 2 * at + 1) {
      if (child + 1 < items.length && items[child + 1]! > items[child]!) child++
      if (items[child]! <= item) break
      items[at] = items[child]!
      at = child
    }
    items[at] = item
  }
}
