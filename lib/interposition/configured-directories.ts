/** The directories that packages add to ld.so.conf: ld.so searches them for every program. */
import { textOf } from '../bytes/names.js'
import type { PackageFacts } from '../facts/model.js'
import { LayeredFiles } from '../link/layered-files.js'
import { LD_SO_CONF, loaderDirectories } from '../link/loader-config.js'
import { InstalledLayer } from './installed-layer.js'

/** As they are written, and without links. Empty for packages without configuration of the loader, which are nearly all. */
export function configuredIn(packages: readonly PackageFacts[]): ReadonlySet<string> {
  const isIncluded = ({ path }: { readonly path: string }): boolean => path.startsWith(LD_SO_CONF)
  const hasConfiguration = packages.some(({ loaderFiles, symlinks }) => [...loaderFiles.configuration, ...symlinks].some(isIncluded))
  if (!hasConfiguration) return new Set()
  const files = new LayeredFiles([
    new InstalledLayer(
      packages.map((facts, index) => ({ id: String(index), facts })),
      null,
    ),
  ])
  return new Set(loaderDirectories(files).flatMap(directory => [directory, files.resolve(directory) ?? directory].map(textOf)))
}
