/** ` (did you mean X?)` with the nearest known word, written with `prefix`, for the end of an error message; empty if none is near. */
export function didYouMean(word: string, known: readonly string[], prefix = ''): string {
  const ranked = known.map(candidate => ({ candidate, distance: editDistance(word, candidate) })).sort((a, b) => a.distance - b.distance)
  const best = ranked[0]
  return best !== undefined && best.distance <= Math.max(2, word.length / 3) ? ` (did you mean ${prefix}${best.candidate}?)` : ''
}

/** Levenshtein's distance, row by row. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
