/**
 * /etc/ld.so.conf: the directories whose libraries ldconfig writes into the cache.
 *
 * One directory a line; `include PATTERN…` reads the files that match, sorted, relative to the file that includes them; `hwcap` lines mean nothing any more; `#`
 * begins a comment. Relative directories are ignored: they would depend on where ldconfig was started.
 * Source: parse_conf, parse_conf_include and add_dir_1 of glibc's elf/ldconfig.c; glob(3).
 */
import { byteStringOf } from '../bytes/names.js'
import { isWildcard, wildcard } from '../bytes/wildcard.js'
import type { Files } from './linked-file.js'

export const LD_SO_CONF = '/etc/ld.so.conf'

/** The directories of /etc/ld.so.conf, each once, in order. */
export function loaderDirectories(files: Files): string[] {
  const read = (path: string): string | null => {
    const bytes = files.read(path)
    return bytes === null ? null : byteStringOf(bytes)
  }
  return configuredDirectories(LD_SO_CONF, { read, list: path => files.list(path) })
}

export interface ConfigFiles {
  /** `null` for a file that does not exist. Symbolic links are followed. */
  read(path: string): string | null
  /** Names in a directory, sorted. */
  list(path: string): readonly string[]
}

/** Each directory once, in order. A file is read once, so circular includes end. */
export function configuredDirectories(path: string, files: ConfigFiles): string[] {
  const directories = new Set<string>()
  const seen = new Set([path])
  const reading = [linesOf(path, files)] // the included file last
  for (let lines = reading.at(-1); lines !== undefined; lines = reading.at(-1)) {
    const line = lines.next()
    if (line.done === true) reading.pop()
    else if ('directory' in line.value) directories.add(line.value.directory)
    else if (!seen.has(line.value.include)) {
      seen.add(line.value.include)
      reading.push(linesOf(line.value.include, files))
    }
  }
  return [...directories]
}

/** A directory, or one file to include. */
type Line = { readonly directory: string } | { readonly include: string }

function* linesOf(file: string, files: ConfigFiles): Generator<Line, undefined> {
  for (const line of (files.read(file) ?? '').split('\n')) {
    const text = trimmed(line.split('#', 1)[0] ?? '')
    const [word, ...patterns] = text.split(/[ \t]/)
    if (word === 'include' && patterns.length > 0) {
      for (const pattern of patterns.filter(each => each !== '')) for (const include of matching(pattern, file, files)) yield { include }
    } else if (text.startsWith('/')) yield { directory: directoryOf(text) }
  }
}

/** `directory=TYPE` is libc5's syntax. */
function directoryOf(text: string): string {
  const directory = trimmed(text.split('=', 1)[0] ?? '')
  let end = directory.length
  while (end > 1 && directory[end - 1] === '/') end--
  return directory.slice(0, end)
}

/** Without the white space of C's isspace at both ends. `trim` would also remove the byte 0xa0. */
function trimmed(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isSpace(text[start]!)) start++
  while (end > start && isSpace(text[end - 1]!)) end--
  return text.slice(start, end)
}

function isSpace(character: string): boolean {
  return ' \t\n\v\f\r'.includes(character)
}

/** As glob(3): wildcards in any component; a leading dot has to be written. A pattern without wildcards is a path. */
function matching(pattern: string, includer: string, { list }: ConfigFiles): string[] {
  const path = pattern.startsWith('/') ? pattern : `${includer.slice(0, includer.lastIndexOf('/') + 1)}${pattern}`
  if (!isWildcard(path)) return [path]
  const components = path.split('/').filter(component => component !== '')
  const grown = (paths: readonly string[], component: string): string[] => {
    if (!isWildcard(component)) return paths.map(parent => `${parent}/${component}`)
    const isMatch = wildcard(component)
    const isVisible = (name: string): boolean => component.startsWith('.') || !name.startsWith('.')
    return paths.flatMap(parent => list(parent || '/').flatMap(name => (isVisible(name) && isMatch(name) ? [`${parent}/${name}`] : [])))
  }
  return components.reduce(grown, ['']).sort()
}
