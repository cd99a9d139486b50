/** The largest of the values, but at least `least`. `Math.max(...values)` puts them on the stack, which a hostile file overflows. */
export function largestOf(values: Iterable<number>, least: number): number {
  let largest = least
  for (const value of values) if (value > largest) largest = value
  return largest
}
