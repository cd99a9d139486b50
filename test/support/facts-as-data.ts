/** Facts on their way between threads, and into a cache and out of it. */
import { deserialize, serialize } from 'node:v8'
import type { PackageFacts } from '../../lib/facts/model.js'

/** What a thread's message makes of facts, and what a cache on disk does. */
export const COPIES: Readonly<Record<string, (facts: PackageFacts) => PackageFacts>> = {
  'a structured clone': facts => structuredClone(facts),
  'v8.serialize and back': facts => deserialize(serialize(facts)) as PackageFacts,
}

/** The same values, keys in the same order and columns of the same type: `toEqual` takes `{}` for `{ a: undefined }`. */
export function isSameData(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return Object.is(one, other)
  if (ArrayBuffer.isView(one)) return ArrayBuffer.isView(other) && tagOf(one) === tagOf(other) && bytesOf(one).equals(bytesOf(other))
  const entries = Object.entries(one)
  const others = Object.entries(other)
  return (
    tagOf(one) === tagOf(other) &&
    entries.length === others.length &&
    entries.every(([key, value], index) => key === others[index]?.[0] && isSameData(value, others[index][1]))
  )
}

/** The constructor is no help: copies come from another realm where tests run in one of their own. */
function tagOf(value: object): string {
  return Object.prototype.toString.call(value)
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}

/** What is no plain data in facts, and which columns keep a larger buffer alive, each with its place. */
export function impurities(facts: PackageFacts): string[] {
  return [...impuritiesIn(facts, 'facts')]
}

function* impuritiesIn(value: unknown, place: string): Generator<string> {
  if (ArrayBuffer.isView(value)) {
    const whole = value.buffer.byteLength
    if (value.byteLength !== whole) yield `${place}: ${value.byteLength} bytes of a buffer of ${whole}`
  } else if (typeof value === 'object' && value !== null) {
    const kind = (Object.getPrototypeOf(value) as { constructor?: { name: string } } | null)?.constructor?.name
    if (kind !== 'Object' && kind !== 'Array') yield `${place}: a ${kind ?? 'prototypeless object'}`
    for (const [key, inner] of Object.entries(value)) yield* impuritiesIn(inner, `${place}.${key}`)
  } else if (!['string', 'number', 'boolean'].includes(typeof value) && value !== null) yield `${place}: ${typeof value}`
}
