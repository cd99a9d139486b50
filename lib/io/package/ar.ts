/**
 * Members of an ar archive: the objects of a static library, or the parts of a Debian package.
 */
import { ArParser } from '../../archive/ar.js'
import { textOf } from '../../bytes/names.js'
import { CheckError, LimitError } from '../../errors/check-error.js'
import { exportableNamesOf } from '../../elf/relocatable.js'
import { staticArchiveFactsOf } from '../../facts/static-archive.js'
import { memberOf, type Member } from './member.js'
import type { ArchiveLocation, FactsCollector, PackageScan } from './package-scan.js'

/** A relocatable member adds its symbols to the archive's; all others are ordinary members. Throws `MalformedError`. */
export async function readAr(
  source: AsyncIterable<Uint8Array>,
  location: ArchiveLocation,
  scan: PackageScan,
  collector: FactsCollector,
): Promise<void> {
  const parser = new ArParser()
  const guarded = new Set<string>()
  let relocatables = 0
  let members = 0
  let member: Member | null = null
  const handleRelocatable = (bytes: Uint8Array): boolean => {
    const exportable = relocatableNames(bytes)
    if (exportable === null) return false
    relocatables++
    // Only guarded symbols are kept: an archive can have more symbols than fit in memory.
    for (const name of exportable) if (scan.catalogue.guards(name)) guarded.add(name)
    return true
  }
  try {
    for await (const chunk of source) {
      for (const event of parser.push(chunk)) {
        if (event.kind === 'entry') {
          if (++members > scan.limits.members) throw new LimitError(`ar: more than ${scan.limits.members} members`, 'ar')
          member = memberOf(location, textOf(event.name), event.size, scan, collector, handleRelocatable)
        } else if (event.kind === 'data') await member?.write(event.bytes)
        else await member?.end()
      }
    }
    parser.finish()
  } catch (error) {
    await member?.abandon(error)
    throw error
  }
  if (relocatables > 0) collector.archives.push(staticArchiveFactsOf(location, relocatables, [...guarded], scan.catalogue))
}

/** `null` for a member that is not relocatable; empty for a malformed one, which the link editor would refuse as well. */
function relocatableNames(bytes: Uint8Array): string[] | null {
  const ET_REL = 1
  const isLittle = bytes[5] === 1
  if ((isLittle ? bytes[16] : bytes[17]) !== ET_REL) return null
  try {
    return exportableNamesOf(bytes)
  } catch (error) {
    if (error instanceof CheckError) return []
    throw error
  }
}
