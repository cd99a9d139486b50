/** Members of a tar archive. */
import { TarParser } from '../../archive/tar.js'
import { textOf } from '../../bytes/names.js'
import { LimitError } from '../../errors/check-error.js'
import { memberOf, type Member } from './member.js'
import type { ArchiveLocation, FactsCollector, PackageScan } from './package-scan.js'

/** Fewer bytes are no ELF file and no archive. */
const ELF_MAGIC_BYTES = 4

/** Throws `MalformedError` for a broken archive; errors of the source are passed on unchanged. */
export async function readTar(
  source: AsyncIterable<Uint8Array>,
  location: ArchiveLocation,
  scan: PackageScan,
  collector: FactsCollector,
): Promise<void> {
  const parser = new TarParser()
  let members = 0
  let sparse = 0
  let member: Member | null = null
  try {
    for await (const chunk of source) {
      for (const event of parser.push(chunk)) {
        if (event.kind === 'entry') {
          if (++members > scan.limits.members) throw new LimitError(`tar: more than ${scan.limits.members} members`, 'tar')
          scan.costs.beginMember()
          if (event.isSparse) sparse++
          else if (event.size >= ELF_MAGIC_BYTES) member = memberOf(location, textOf(withoutDots(event.name)), event.size, scan, collector)
        } else if (event.kind === 'data') {
          const waiting = member?.write(event.bytes)
          if (waiting !== undefined) await waiting
        } else if (member !== null) {
          await member.end()
          member = null
        }
      }
    }
    parser.finish()
  } catch (error) {
    await member?.abandon(error)
    throw error
  } finally {
    if (sparse > 0) collector.notes.push(sparseNote(sparse, location))
  }
}

/** `a` of `././a`. */
function withoutDots(name: string): string {
  let start = 0
  while (name.startsWith('./', start)) start += 2
  return name.slice(start)
}

function sparseNote(count: number, { path, depth }: ArchiveLocation): FactsCollector['notes'][number] {
  const message = `${path}: ${count} sparse ${count === 1 ? 'member' : 'members'}, not checked`
  return { id: 'sparse-members', message, path, structure: 'tar', offset: null, isOdd: depth === 1 }
}
