import { describe, expect, test } from '@jest/globals'
import { CpioParser, type CpioEvent, type CpioOptions } from '../../lib/cpio/cpio-parser.js'
import { LimitError, MalformedError } from '../../lib/errors/check-error.js'
import { archive, member, strippedMember, trailer } from '../support/cpio-builder.js'

const OPTIONS: CpioOptions = { members: 100, sizeOfStripped: index => [5, 0, 3][index] ?? fail(index) }

function fail(index: number): never {
  throw new MalformedError(`no file ${index}`)
}

/** Events as text, with the pieces of one member's data joined. */
function parse(
  bytes: Uint8Array,
  chunkLength = bytes.length,
  options: Partial<CpioOptions> = {},
): { events: string[]; afterTrailer: number } {
  const parser = new CpioParser({ ...OPTIONS, ...options })
  const events: string[] = []
  let data = ''
  for (let at = 0; at < bytes.length; at += chunkLength) {
    for (const event of parser.push(bytes.subarray(at, at + chunkLength))) {
      if (event.kind === 'data') data += Buffer.from(event.bytes).toString('latin1')
      else events.push(lineOf(event, data))
      if (event.kind === 'end') data = ''
    }
  }
  parser.finish()
  return { events, afterTrailer: parser.afterTrailer }
}

function lineOf(event: Exclude<CpioEvent, { kind: 'data' }>, data: string): string {
  if (event.kind === 'end') return `end ${data}`
  if (event.kind === 'trailer') return `trailer ${event.offset}`
  const { entry } = event
  return entry.form === 'named'
    ? `${entry.name} ${entry.mode.toString(8)} ${entry.size} at ${entry.offset}`
    : `#${entry.index} ${entry.size} at ${entry.offset}`
}

const NAMED = archive(
  { name: './a', data: 'hello' },
  { name: './dir', mode: 0o40755 },
  { name: './l', mode: 0o120777, data: 'a' },
  { name: './crc', magic: '070702', data: 'xyz1' },
)
const STRIPPED = archive(strippedMember(0, 'hello'), strippedMember(1), strippedMember(2, 'abc'))

describe('a cpio archive', () => {
  test('yields its members, their data and the trailer', () => {
    expect(parse(NAMED)).toEqual({
      events: [
        './a 100644 5 at 0',
        'end hello',
        './dir 40755 0 at 124',
        'end ',
        './l 120777 1 at 240',
        'end a',
        './crc 100644 4 at 360',
        'end xyz1',
        'trailer 604',
      ],
      afterTrailer: 0,
    })
  })

  test('may be stripped', () => {
    expect(parse(STRIPPED).events).toEqual(['#0 5 at 0', 'end hello', '#1 0 at 24', 'end ', '#2 3 at 40', 'end abc', 'trailer 184'])
  })

  test('may end with an index of all ones when stripped', () => {
    expect(parse(Buffer.concat([strippedMember(1), strippedMember(0xffffffff)])).events).toEqual(['#1 0 at 0', 'end ', 'trailer 32'])
  })

  test.each([
    ['named', NAMED],
    ['stripped', STRIPPED],
  ])('yields the same from chunks of any length (%s)', (_, bytes) => {
    const whole = parse(bytes)
    for (let length = 1; length <= 130; length++) expect(parse(bytes, length)).toEqual(whole)
  })

  test.each([
    ['named', NAMED, 121],
    ['stripped', STRIPPED, 121],
  ])('is refused wherever it is truncated before the end of its trailer (%s)', (_, bytes, trailerLength) => {
    const end = bytes.length - 124 + trailerLength
    for (let length = 0; length < end; length++) expect(() => parse(bytes.subarray(0, length))).toThrow('ends without a trailer')
    expect(() => parse(bytes.subarray(0, end))).not.toThrow()
  })

  test('passes data on without copying', () => {
    const bytes = archive({ name: 'a', data: 'hello' })
    const data = [...new CpioParser(OPTIONS).push(bytes)].find(event => event.kind === 'data')
    expect(data?.bytes.buffer).toBe(bytes.buffer)
  })

  test('ignores an empty chunk', () => {
    expect([...new CpioParser(OPTIONS).push(new Uint8Array())]).toEqual([])
  })

  test('may have zeros after its trailer', () => {
    expect(parse(Buffer.concat([NAMED, Buffer.alloc(388)])).afterTrailer).toBe(0)
  })

  test.each([1, 7, 10_000])('counts the bytes after the zeros after its trailer (chunks of %d)', chunkLength => {
    const hidden = archive({ name: './hidden', data: 'x\0y' })
    const { events, afterTrailer } = parse(Buffer.concat([NAMED, Buffer.alloc(40), hidden]), chunkLength)
    expect(afterTrailer).toBe(hidden.length)
    expect(events.at(-1)).toBe('trailer 604')
  })
})

describe('a member of a cpio archive', () => {
  test.each([
    ['a magic of another form', Buffer.from('070707'), 'bad magic "070707" at 0x0'],
    ['no length of name', member({ name: 'a', nameSize: 0 }), 'name of 0 bytes, expected 1 to 4096'],
    ['a name longer than a path can be', member({ name: 'a'.repeat(4096) }), 'name of 4097 bytes, expected 1 to 4096'],
    ['a name of all the memory there is', member({ name: 'a', nameSize: 0xffffffff }), 'name of 4294967295 bytes, expected 1 to 4096'],
    ['a name without its NUL', member({ name: 'abcd', nameSize: 3 }), 'does not end with its only NUL'],
    ['a NUL inside its name', member({ name: 'a\0b' }), 'does not end with its only NUL'],
    ['a target longer than a path can be', member({ name: 'l', mode: 0o120777, fileSize: 4097 }), 'a target of 4097 bytes'],
    ['the index of no file', strippedMember(3), 'no file 3'],
  ])('is refused for %s', (_, bytes, message) => {
    expect(() => parse(Buffer.concat([bytes, trailer()]))).toThrow(message)
  })

  test('is accepted with the longest possible name and target', () => {
    const bytes = archive({ name: 'a'.repeat(4095) }, { name: 'l', mode: 0o120777, data: 'b'.repeat(4096) })
    expect(parse(bytes).events).toHaveLength(5)
  })

  test.each(['       1', '+0000001', '0x000001', '0000000g', '-0000001', '0000000\0'])('is refused for a field of %j', field => {
    for (let position = 0; position < 13; position++) {
      const bytes = archive({ name: 'a' })
      bytes.write(field, 6 + 8 * position)
      expect(() => parse(bytes)).toThrow('a header field is not hexadecimal')
    }
  })

  test('may have digits in upper or lower case', () => {
    const bytes = archive({ name: 'a', inode: 0xabcdef })
    bytes.write('00ABCdef', 6)
    expect(parse(bytes).events[0]).toBe('a 100644 0 at 0')
  })

  test.each([
    ['stripped', [member({ name: 'a' }), strippedMember(1)]],
    ['named', [strippedMember(1), member({ name: 'a' })]],
  ])('is refused if it alone is %s', (form, members) => {
    expect(() => parse(archive(...members))).toThrow(`${form} member in an archive of`)
  })

  test('is refused if it is one too many', () => {
    const bytes = archive({ name: 'a' }, { name: 'b' })
    expect(() => parse(bytes, bytes.length, { members: 1 })).toThrow(LimitError)
    expect(() => parse(bytes, bytes.length, { members: 2 })).not.toThrow()
  })

  test('may be larger than 4 GiB when stripped', () => {
    const parser = new CpioParser({ members: 2, sizeOfStripped: () => 5 * 2 ** 30 })
    let length = 0
    const count = (chunk: Uint8Array): void => {
      for (const event of parser.push(chunk)) if (event.kind === 'data') length += event.bytes.length
    }
    count(strippedMember(0))
    const chunk = new Uint8Array(64 * 2 ** 20)
    for (let pushed = 0; pushed < 80; pushed++) count(chunk)
    count(trailer())
    parser.finish()
    expect(length).toBe(5 * 2 ** 30)
  })
})
