/**
 * The API for rules. The built-in rules import nothing else, so third-party rules have the same capabilities.
 */
export { textOf } from './bytes/names.js'
export { matchesWildcard } from './bytes/wildcard.js'
export type { FamilyData, FamilyTexts, InternalSymbol, LibraryData, Series, TraceData } from './catalogue/family.js'
export type { GuardedLibrary } from './catalogue/genuine.js'
export { count, flag, names } from './lint/options.js'
export type { OptionDeclaration, OptionDeclarations, OptionValue, OptionValues } from './lint/options.js'
export { defineRule } from './lint/rule.js'
export type { AnyRule, Json, RawFinding, Rule, Scope, Severity, Subjects } from './lint/rule.js'
export { isPublicPath } from './facts/public-path.js'
export type { Client } from './interposition/clients.js'
export type { InterposedStart, Interposition, ObjectReference } from './interposition/interposition.js'
export type { Genuineness } from './facts/genuineness.js'
export type { ArchiveSubject, ObjectSubject, PackageSubject } from './lint/subjects.js'
export { conclusive, distinctNames, findingAbout, internalsBeside } from './lint/evidence.js'
export type { Evidence } from './lint/evidence.js'
export { conclusiveInternals, isLeak, onceExported } from './lint/internal-evidence.js'
export type { InternalEvidence } from './lint/internal-evidence.js'
export { datingOf } from './lint/dating.js'
export type { Dating } from './lint/dating.js'
export { versionScriptFor } from './lint/version-script.js'
export type * from './facts/model.js'
export type { StubKind } from './facts/stubs/stub-kind.js'
export type { Endianness } from './bytes/reader.js'
export type { ElfClass, ElfType } from './elf/header.js'
export type { Definitions } from './link/definitions.js'
export type { References } from './link/references.js'
export type { Reach } from './link/definition.js'
export type { Dependency, LinkDynamic, LinkObject, LinkVersion, VersionName, VersionNeed } from './link/link-object.js'
export {
  DOES_NOT_HELP,
  HIDE_FROM_EXPORT,
  HIDE_FROM_PROGRAM,
  SEPARATE_COPY,
  exportFix,
  versionsFor,
  HIDING_IN_DETAIL,
  HIDING_IN_PROGRAMS_IN_DETAIL,
  hideFromExport,
  hidingData,
} from './lint/remedies.js'
