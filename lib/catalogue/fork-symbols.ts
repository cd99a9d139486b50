/**
 * Symbols that forks of a guarded library define beside its API, as patterns: in an object that exports a copy of the library they are the copy's too, and not
 * the object's own. By themselves they prove nothing.
 *
 * Source: dynamic symbol tables of BoringSSL, AWS-LC and LibreSSL built as shared libraries, and of static LibreSSL. Names of BoringSSL's C++ are mangled.
 */
import { wildcard } from '../bytes/wildcard.js'

const FORK_SYMBOLS: Readonly<Record<string, readonly string[]>> = {
  openssl: [
    'CBB_*',
    'CBS_*',
    'cbb_*',
    'cbs_*',
    'BORINGSSL_*',
    'AWSLC_*',
    'awslc_*',
    'libressl_*',
    '_ZN4bssl*',
    '_ZNK4bssl*',
    '_ZT?N4bssl*',
    'TRUST_TOKEN_*',
    'pmbtoken_*',
    'MLKEM*',
    'mlkem_*',
    'ml_kem_*',
    'MLDSA*',
    'ml_dsa_*',
    'SLHDSA_*',
    'KYBER_*',
    'HRSS_*',
    'XWING_*',
    'SPAKE2_*',
    'CTR_DRBG_*',
    'RSASSA_PSS_*',
    'ED25519*',
    'X25519*',
    'BLAKE2B256*',
    'SIPHASH_24',
    'HKDF*',
    'SSKDF_*',
    'KBKDF_*',
    'bignum_*',
    'jent_*',
    'x509v3_*',
    'tls12_*',
    'dtls12_*',
    'tlsext_*',
  ],
}

/** Is it a symbol of a fork of the family? `family` is its id. */
export function forkSymbolsOf(family: string): (name: string) => boolean {
  const patterns = (FORK_SYMBOLS[family] ?? []).map(wildcard)
  return name => patterns.some(matches => matches(name))
}
