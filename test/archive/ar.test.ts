import { describe, expect, test } from '@jest/globals'
import fc, { runs } from '../support/properties.js'
import { ArParser } from '../../lib/archive/ar.js'
import { ar, arMember } from '../support/archive-builder.js'

/** Each member as `name: data`; chunks are overwritten as soon as they are behind. */
function membersOf(archive: Uint8Array, chunk = archive.length): string[] {
  const parser = new ArParser()
  const members: string[] = []
  let open: { name: string; size: number; data: string } | null = null
  for (let at = 0; at < archive.length; at += chunk) {
    const lent = Buffer.from(archive.subarray(at, at + chunk))
    for (const event of parser.push(lent)) {
      if (event.kind === 'entry') open = { name: event.name, size: event.size, data: '' }
      else if (open === null) throw new Error('data without an entry')
      else if (event.kind === 'data') open.data += Buffer.from(event.bytes).toString('latin1')
      else {
        if (open.data.length !== open.size) throw new Error(`${open.name}: ${open.data.length} bytes of ${open.size}`)
        members.push(`${open.name}: ${open.data}`)
        open = null
      }
    }
    lent.fill(0xaa)
  }
  parser.finish()
  return members
}

const data = (text: string): Buffer => Buffer.from(text, 'latin1')

const GNU = ar(
  { name: '/', data: data('symbols') },
  { name: '//', data: data('a-long-name-of-a-member.o/\nanother-long-name.o/\n') },
  { name: '/0', data: data('one') },
  { name: '/27', data: data('two!') },
  { name: 'short.o/', data: data('') },
)
const GNU_MEMBERS = ['a-long-name-of-a-member.o: one', 'another-long-name.o: two!', 'short.o: ']

describe('members', () => {
  test('have GNU’s long names; the symbol index and the name table are not members', () => expect(membersOf(GNU)).toEqual(GNU_MEMBERS))

  test('have BSD’s names in front of their data, and counted with it', () => {
    const bsd = ar(
      { name: '__.SYMDEF', data: data('symbols') },
      { name: '#1/12', data: data('long name.o\0data') },
      { name: 'b', data: data('x') },
    )
    expect(membersOf(bsd)).toEqual(['long name.o: data', 'b: x'])
  })

  test('do not include a 64-bit symbol index', () => {
    expect(membersOf(ar({ name: '/SYM64/', data: data('symbols') }, { name: 'a/', data: data('1') }))).toEqual(['a: 1'])
  })

  test('keep a slash that is their whole name or inside it', () => {
    expect(membersOf(ar({ name: 'usr/lib/a', data: data('1') }))).toEqual(['usr/lib/a: 1'])
  })

  test.each([1, 7, 1000])('of a thin archive are only headers (pieces of %d bytes)', chunk => {
    const names = data('a-long-name-of-a-member.o/\ninner.a/\n')
    const thin = ar({ name: '//', data: names }, { name: '/0', size: '99' }, { name: '/27:68', size: '7' }, { name: 's.o/', size: '3' })
    thin.write('!<thin>\n')
    const parser = new ArParser()
    const entries: string[] = []
    for (let at = 0; at < thin.length; at += chunk)
      for (const event of parser.push(thin.subarray(at, at + chunk)))
        entries.push(event.kind === 'entry' ? `${event.name} ${event.size}` : event.kind)
    parser.finish()
    expect(parser.isThin).toBe(true)
    expect(entries).toEqual(['a-long-name-of-a-member.o 99', 'end', 'inner.a 7', 'end', 's.o 3', 'end'])
  })

  test('may be absent', () => expect(membersOf(data('!<arch>\n'))).toEqual([]))

  test('read the same one byte at a time, and in any pieces', () => {
    for (let chunk = 1; chunk < 130; chunk++) expect(membersOf(GNU, chunk)).toEqual(GNU_MEMBERS)
  })

  test('may lack the padding after the last of them', () => {
    const odd = ar({ name: 'a/', data: data('123') })
    expect(membersOf(odd.subarray(0, -1))).toEqual(['a: 123'])
  })
})

describe('long names', () => {
  test('that point outside their table are empty, not the process’s memory', () => {
    expect(membersOf(ar({ name: '//', data: data('a/\n\n') }, { name: '/999', data: data('x') }))).toEqual([': x'])
  })

  test('without an end are cut at the length of a path', () => {
    const [member = ''] = membersOf(ar({ name: '//', data: Buffer.alloc(100_000, 'a') }, { name: '/5', data: data('x') }))
    expect(member).toBe(`${'a'.repeat(4096)}: x`)
  })

  test('of BSD’s form are not longer than a path', () => {
    expect(membersOf(ar({ name: '#1/4096', data: Buffer.alloc(4096, 'a') }))).toEqual([`${'a'.repeat(4096)}: `])
    expect(() => membersOf(ar({ name: '#1/4097', data: Buffer.alloc(4097, 'a') }))).toThrow('names of 4097 bytes')
  })

  test('in a table of more than 64 MiB are refused before a byte of it arrives', () => {
    const header = arMember({ name: '//', size: `${64 * 1024 * 1024 + 2}` })
    expect(() => membersOf(Buffer.concat([data('!<arch>\n'), header]))).toThrow('names of 67108866 bytes')
  })

  test('that come in small pieces are not copied once for each piece', () => {
    const table = ar({ name: '//', data: Buffer.alloc(16 * 1024 * 1024, 'a') })
    const start = performance.now()
    membersOf(table, 1024)
    expect(performance.now() - start).toBeLessThan(3000) // 130 GB of copies take half a minute
  })
})

describe('a broken archive', () => {
  test('is reported with structure and offset', () => {
    const second = 8 + 60 + 4
    const broken = ar({ name: 'a/', data: data('1234') }, { name: 'b/', data: data('1'), endMark: 'xx' })
    expect(() => membersOf(broken)).toThrow(
      expect.objectContaining({ structure: 'ar', offset: second, message: 'ar: bad member header at 0x48' }),
    )
  })

  test.each(['', 'abc', '-1', '0x10'])('is refused for the size %j', size => {
    expect(isRefused(ar({ name: 'a/', data: data('12'), size }))).toBe(true)
  })

  test('is refused wherever it is truncated inside a member', () => {
    const ends = new Set([8, GNU.length])
    for (let at = 8; at < GNU.length;) {
      const size = Number(GNU.toString('latin1', at + 48, at + 58).trim())
      at += 60 + size
      ends.add(at).add(at + (size % 2))
      at += size % 2
    }
    for (let length = 9; length < GNU.length; length++) {
      if (ends.has(length)) continue
      expect({ length, isRefused: isRefused(GNU.subarray(0, length)) }).toEqual({ length, isRefused: true })
    }
  })

  test('never throws anything but MalformedError, and yields no more data than went in', () => {
    const bytes = fc.array(fc.tuple(fc.nat(GNU.length - 9), fc.nat(255)), { maxLength: 8 })
    fc.assert(
      fc.property(bytes, fc.integer({ min: 1, max: 90 }), (places, chunk) => {
        const broken = Buffer.from(GNU)
        for (const [at, value] of places) broken[at + 8] = value
        let given = 0
        const parser = new ArParser()
        try {
          for (let at = 0; at < broken.length; at += chunk)
            for (const event of parser.push(broken.subarray(at, at + chunk))) if (event.kind === 'data') given += event.bytes.length
          parser.finish()
        } catch (error) {
          expect(error).toMatchObject({ name: 'MalformedError' })
        }
        expect(given).toBeLessThan(broken.length)
      }),
      { numRuns: runs(2000) },
    )
  })
})

function isRefused(archive: Uint8Array): boolean {
  try {
    membersOf(archive)
    return false
  } catch (error) {
    return (error as Error).name === 'MalformedError'
  }
}
