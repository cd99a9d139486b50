/**
 * Values for the placeholders of messages and documentation, such as `exports 2 {families} symbols`. They come from the catalogue, so that rules
 * do not depend on a particular family.
 */
import type { FamilyData, FamilyTexts } from './family.js'

export type Words = Readonly<Record<string, string>>

/** For a finding, of the families of its symbols; for documentation, of all guarded families. */
export function wordsOf(families: readonly FamilyData[]): Words {
  const titles = families.map(({ title }) => title)
  const libraries = families.flatMap(family => family.libraries.map(({ name }) => name))
  return {
    /** Any of them, and after a negation: `OpenSSL or zlib`. */
    family: listed(titles, 'or'),
    /** All of them: `OpenSSL and zlib`. */
    families: listed(titles, 'and'),
    systemLibraries: listed(libraries, 'and'),
    sonames: listed(
      libraries.map(name => `${name}.so.N`),
      'or',
    ),
    /** A regular expression. */
    libraryPattern: alternatives(libraries),
    implementations: listed(unique(families.flatMap(({ traces }) => traces.map(({ implementation }) => implementation))), 'or'),
    linkFlags: textsOf(families, ({ linkFlags }) => linkFlags).join(' '),
    exampleSymbol: textsOf(families, ({ exampleSymbol }) => exampleSymbol)[0] ?? 'SYMBOL',
    versionedReference: textsOf(families, ({ versionedReference }) => versionedReference)[0] ?? 'SYMBOL@VERSION',
    symbolPatterns: textsOf(families, ({ symbolPatterns }) => symbolPatterns.map(pattern => `${pattern};`).join(' ')).join(' '),
    stubEffect: textsOf(families, ({ stubEffect }) => stubEffect).join(', '),
    incident: textsOf(families, ({ incident }) => incident).join(' '),
    versioning: textsOf(families, ({ versioning }) => versioning).join(' '),
    ownSoname: textsOf(families, ({ ownSoname }) => ownSoname ?? null).join(' '),
    unlisted: textsOf(families, ({ unlisted }) => unlisted ?? null).join(', '),
    versioningFix: textsOf(families, ({ versioningFix }) => versioningFix).join(' '),
  }
}

/** Replaces `{word}`; other placeholders stay, to be filled from the data of a finding. An empty word also removes the space before it. */
export function fillWords(template: string, words: Words): string {
  return template
    .replace(/( ?)\{(\w+)\}/g, (whole, space: string, key: string) => {
      const word = Object.hasOwn(words, key) ? words[key] : undefined
      if (word === undefined) return whole
      return word === '' ? '' : space + word
    })
    .trimStart()
}

function textsOf(families: readonly FamilyData[], text: (texts: FamilyTexts) => string | null): string[] {
  return unique(families.map(({ texts }) => text(texts) ?? '')).filter(each => each !== '')
}

function unique(words: readonly string[]): string[] {
  return [...new Set(words)]
}

/** `a`, `a or b`, `a, b or c`. */
function listed(words: readonly string[], conjunction: 'and' | 'or'): string {
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} ${conjunction} ${last}`
}

function alternatives(names: readonly string[]): string {
  const escaped = names.map(name => name.replace(/[.+*?^$()[\]{}|\\]/g, '\\$&'))
  return escaped.length === 1 ? (escaped[0] ?? '') : `(${escaped.join('|')})`
}
