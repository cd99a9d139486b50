/**
 * Names in /etc/ld.so.preload, as ld.so reads them: separated by blanks, colons and line ends, with comments from `#` to the end of a line.
 *
 * Source: dl_main of glibc's elf/rtld.c, 2.36.
 */

export function preloadFileNames(text: string): string[] {
  return withoutComments(text)
    .split(/[ \t\n:]/)
    .filter(name => name !== '')
}

/**
 * ld.so looks for each further comment from the beginning of the file again, but in fewer bytes: without those of the comment, and without those before it.
 * So of several comments the later ones may stay, and their words are names.
 */
function withoutComments(text: string): string {
  const parts: string[] = []
  let done = 0
  for (let limit = text.length; ;) {
    const start = text.indexOf('#', done)
    if (start < 0 || start >= limit) return [...parts, text.slice(done)].join(' ')
    const lineEnd = text.indexOf('\n', start)
    const end = Math.min(lineEnd < 0 ? text.length : lineEnd, limit)
    parts.push(text.slice(done, start))
    limit -= end
    done = end
  }
}
