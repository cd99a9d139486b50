/**
 * Members of an ar archive: the objects of a static library, or the parts of a Debian package. A thin archive has only the names of its members.
 */
import { ArParser } from '../../archive/ar.js'
import { textOf } from '../../bytes/names.js'
import { LimitError } from '../../errors/check-error.js'
import { staticArchiveFactsOf } from '../../facts/static-archive.js'
import { memberOf, type Member, type MemberHandler } from './member.js'
import type { ArchiveLocation, FactsCollector, PackageScan } from './package-scan.js'
import { UnanalysedMembers, relocatableObjectOf } from './relocatable-object.js'

/** A relocatable member adds its symbols to the archive's; all others are ordinary members. Throws `MalformedError`. */
export async function readAr(
  source: AsyncIterable<Uint8Array>,
  location: ArchiveLocation,
  scan: PackageScan,
  collector: FactsCollector,
): Promise<void> {
  const parser = new ArParser()
  const objects = new LibraryObjects(scan)
  let members = 0
  let member: Member | null = null
  try {
    for await (const chunk of source) {
      for (const event of parser.push(chunk)) {
        if (event.kind === 'entry') {
          if (++members > scan.limits.members) throw new LimitError(`ar: more than ${scan.limits.members} members`, 'ar')
          scan.costs.beginMember()
          if (parser.isThin) objects.unanalysed.add('elsewhere', event.name)
          else member = memberOf(location, textOf(event.name), event.size, scan, collector, objects.handlerOf(event.name))
        } else if (event.kind === 'data') await member?.write(event.bytes)
        else await member?.end()
      }
    }
    parser.finish()
  } catch (error) {
    await member?.abandon(error)
    throw error
  } finally {
    collector.addNotes(objects.unanalysed.notes(location.path, location.depth === 1))
  }
  if (objects.count > 0) collector.archives.push(staticArchiveFactsOf(location, objects.count, [...objects.guarded], scan.catalogue))
}

/** What is known of the objects in a static library. */
class LibraryObjects {
  readonly guarded = new Set<string>()
  readonly unanalysed = new UnanalysedMembers()
  count = 0
  readonly #scan: PackageScan

  constructor(scan: PackageScan) {
    this.#scan = scan
  }

  /** `name` is the member's, as a byte string. */
  handlerOf(name: string): MemberHandler {
    return {
      elf: bytes => {
        const object = relocatableObjectOf(bytes, this.#scan.catalogue)
        if (object === null) return false
        this.count++
        for (const symbol of object.guarded) this.guarded.add(symbol)
        if (object.obstacle !== null) this.unanalysed.add(object.obstacle, name)
        return true
      },
      bitcode: () => this.unanalysed.add('bitcode', name),
    }
  }
}
