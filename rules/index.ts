/** All rules, in the order of reports and documentation, with texts for the guarded families. */
import bundledOpenssl from './bundled-openssl.js'
import claimedOpensslSoname from './claimed-openssl-soname.js'
import cryptoExportFromArchive from './crypto-export-from-archive.js'
import cryptoExportFromProgram from './crypto-export-from-program.js'
import doNothingCryptoExport from './do-nothing-crypto-export.js'
import foreignCryptoVersion from './foreign-crypto-version.js'
import forgedCryptoVersion from './forged-crypto-version.js'
import hijackedCryptoBinding from './hijacked-crypto-binding.js'
import leakedOpensslInternals from './leaked-openssl-internals.js'
import malformedElf from './malformed-elf.js'
import missingSources from './missing-sources.js'
import privateOpensslSoname from './private-openssl-soname.js'
import nosrcDerived from './nosrc-derived.js'
import unusualPayload from './unusual-payload.js'
import unlinkedCryptoImport from './unlinked-crypto-import.js'
import unversionedCryptoExport from './unversioned-crypto-export.js'
import unversionedOpenssl from './unversioned-openssl.js'
import { SHIPPED_FAMILIES } from '../lib/catalogue/catalogue.js'
import type { FamilyData } from '../lib/catalogue/family.js'
import { wordsOf } from '../lib/catalogue/family-words.js'
import { describedRule } from '../lib/lint/described-rule.js'
import type { AnyRule } from '../lib/plugin-api.js'

const TEMPLATES: readonly AnyRule[] = [
  hijackedCryptoBinding,
  unversionedCryptoExport,
  forgedCryptoVersion,
  foreignCryptoVersion,
  leakedOpensslInternals,
  doNothingCryptoExport,
  cryptoExportFromProgram,
  cryptoExportFromArchive,
  claimedOpensslSoname,
  privateOpensslSoname,
  unversionedOpenssl,
  unlinkedCryptoImport,
  bundledOpenssl,
  nosrcDerived,
  missingSources,
  malformedElf,
  unusualPayload,
]

/** For other guarded families. */
export function rulesFor(families: readonly FamilyData[]): readonly AnyRule[] {
  const words = wordsOf(families)
  return TEMPLATES.map(rule => describedRule(rule, families, words))
}

export const rules = rulesFor(SHIPPED_FAMILIES)
