/** Parses a package's name as printed by rpm. */
import { isArchitecture } from './architectures.js'
import type { PackageIdentity } from './identity.js'

/** Version and release contain no hyphen, so the last two hyphens separate them. Source: rpm, spec file format, Version and Release. */
const NEVR = /^(?<name>.+)-(?:(?<epoch>\d+):)?(?<version>[^-:/\s]+)-(?<release>[^-:/\s]+)$/

/** `name-[epoch:]version-release[.arch]`; `null` for anything else. Without an architecture that rpm knows, `arch` is empty. */
export function parseNevra(text: string): PackageIdentity | null {
  const { name = '', epoch, version = '', release = '' } = NEVR.exec(text)?.groups ?? {}
  if (name === '' || /[\s/]/.test(name)) return null
  const { release: plain, arch } = withoutArch(release)
  return { name, epoch: epoch === undefined ? null : Number(epoch), version, release: plain, arch }
}

function withoutArch(release: string): { readonly release: string; readonly arch: string } {
  const dot = release.lastIndexOf('.')
  const arch = release.slice(dot + 1)
  return dot > 0 && isArchitecture(arch) ? { release: release.slice(0, dot), arch } : { release, arch: '' }
}
