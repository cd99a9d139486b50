/**
 * Tags and their types. A tag has its type in TypeScript too, so that only the getter for that type compiles.
 *
 * Source: rpm manual, "RPM v4 format", Header data types; rpm's include/rpm/rpmtag.h.
 */

/** Number of each type in an index entry. NULL (0) is illegal in a file; no tag has INT8 (2). */
export const TYPE_NUMBER = {
  CHAR: 1,
  INT16: 3,
  INT32: 4,
  INT64: 5,
  STRING: 6,
  BIN: 7,
  STRING_ARRAY: 8,
  I18NSTRING: 9,
} as const

export type TagType = keyof typeof TYPE_NUMBER
export type IntegerType = 'INT16' | 'INT32' | 'INT64'
export type StringType = 'STRING' | 'STRING_ARRAY' | 'I18NSTRING'

export interface Tag<T extends TagType = TagType> {
  readonly number: number
  readonly type: T
  /** Without the RPMTAG_ or RPMSIGTAG_ prefix. */
  readonly name: string
}

export type TagTable = Readonly<Record<string, Tag>>

/** Tags of one namespace by number: signature and main header use the same numbers for different things. */
export function byNumber(table: TagTable): ReadonlyMap<number, Tag> {
  return new Map(Object.values(table).map(tag => [tag.number, tag]))
}

/** May an entry of the tag have this type? Types must agree, except that all string types are interchangeable, as in rpm. */
export function isTypeOf(tag: Tag, typeNumber: number): boolean {
  return typeNumber === TYPE_NUMBER[tag.type] || (isStringNumber(typeNumber) && isStringNumber(TYPE_NUMBER[tag.type]))
}

function isStringNumber(typeNumber: number): boolean {
  return typeNumber === TYPE_NUMBER.STRING || typeNumber === TYPE_NUMBER.STRING_ARRAY || typeNumber === TYPE_NUMBER.I18NSTRING
}

/** Makes a table of tags from rows of number and type, so that the tables look like rpm's. */
export function tagTable<const R extends Readonly<Record<string, readonly [number, TagType]>>>(
  rows: R,
): { readonly [K in keyof R]: Tag<R[K][1]> } {
  const tags = Object.entries(rows).map(([name, [number, type]]) => [name, { number, type, name }])
  return Object.fromEntries(tags) as { readonly [K in keyof R]: Tag<R[K][1]> }
}
