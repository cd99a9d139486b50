/**
 * /etc/ld.so.conf: the directories that ldconfig scans for the cache. They are searched where a root has no cache.
 *
 * One directory a line; `include PATTERN…` reads the files that match, sorted, relative to the file that includes them; `hwcap` lines mean nothing any more; `#`
 * begins a comment. Source: parse_conf, parse_conf_include and add_dir of glibc's elf/ldconfig.c.
 */
import { isWildcard, wildcard } from '../bytes/wildcard.js'

export interface ConfigFiles {
  read(path: string): string | null
  /** Names in a directory, sorted. */
  list(path: string): readonly string[]
}

/** Each directory once, in order. A file is read once, so circular includes end. */
export function configuredDirectories(path: string, files: ConfigFiles): string[] {
  const directories = new Set<string>()
  const seen = new Set<string>()
  const read = (file: string): void => {
    if (seen.has(file)) return
    seen.add(file)
    for (const line of (files.read(file) ?? '').split('\n')) {
      const text = line.replace(/#.*/, '').trim()
      const [word, ...patterns] = text.split(/[ \t]+/)
      if (word === 'include') for (const pattern of patterns) matching(pattern, file, files).forEach(read)
      else if (word !== 'hwcap' && text.startsWith('/')) directories.add(directoryOf(text))
    }
  }
  read(path)
  return [...directories]
}

/** `directory=TYPE` is libc5's syntax. */
function directoryOf(text: string): string {
  return text
    .replace(/=.*/, '')
    .trimEnd()
    .replace(/(.)\/+$/, '$1')
}

/** Wildcards are supported in the last component of the path, where all systems have them. */
function matching(pattern: string, includer: string, { list }: ConfigFiles): string[] {
  const path = pattern.startsWith('/') ? pattern : `${includer.slice(0, includer.lastIndexOf('/') + 1)}${pattern}`
  const slash = path.lastIndexOf('/')
  const directory = path.slice(0, slash)
  const name = path.slice(slash + 1)
  if (!isWildcard(name)) return [path]
  const isMatch = wildcard(name)
  return list(directory === '' ? '/' : directory)
    .filter(entry => isMatch(entry) && (name.startsWith('.') || !entry.startsWith('.')))
    .map(entry => `${directory}/${entry}`)
}
