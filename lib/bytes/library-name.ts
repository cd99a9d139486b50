/** Is the file named like a shared library: `libx.so`, `libx.so.1`, `x.so.conf`? Its directories do not count. */
export function isNamedLikeLibrary(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return name.endsWith('.so') || name.includes('.so.')
}
