/** All rules, in reading order: reports and documentation follow it. */
import bundledOpenssl from './bundled-openssl.js'
import claimedOpensslSoname from './claimed-openssl-soname.js'
import cryptoExportFromArchive from './crypto-export-from-archive.js'
import cryptoExportFromProgram from './crypto-export-from-program.js'
import doNothingCryptoExport from './do-nothing-crypto-export.js'
import foreignCryptoVersion from './foreign-crypto-version.js'
import forgedCryptoVersion from './forged-crypto-version.js'
import hijackedCryptoBinding from './hijacked-crypto-binding.js'
import malformedElf from './malformed-elf.js'
import missingSources from './missing-sources.js'
import nosrcDerived from './nosrc-derived.js'
import unusualPayload from './unusual-payload.js'
import unlinkedCryptoImport from './unlinked-crypto-import.js'
import unversionedCryptoExport from './unversioned-crypto-export.js'
import unversionedOpenssl from './unversioned-openssl.js'
import type { AnyRule } from '../lib/plugin-api.js'

export const rules: readonly AnyRule[] = [
  hijackedCryptoBinding,
  unversionedCryptoExport,
  forgedCryptoVersion,
  foreignCryptoVersion,
  doNothingCryptoExport,
  cryptoExportFromProgram,
  cryptoExportFromArchive,
  claimedOpensslSoname,
  unversionedOpenssl,
  unlinkedCryptoImport,
  bundledOpenssl,
  nosrcDerived,
  missingSources,
  malformedElf,
  unusualPayload,
]
