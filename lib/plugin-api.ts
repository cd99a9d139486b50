/**
 * The API for rules. The built-in rules import nothing else, so third-party rules have the same capabilities.
 */
export { textOf } from './bytes/names.js'
export { matchesWildcard } from './bytes/wildcard.js'
export { count, flag, names } from './lint/options.js'
export { defineRule } from './lint/rule.js'
export type { AnyRule, Json, RawFinding, Rule, Scope, Severity, Subjects } from './lint/rule.js'
export { isPublicPath } from './facts/public-path.js'
export type { InterposedStart, Interposition, ObjectReference } from './interposition/interposition.js'
export type { Genuineness } from './facts/genuineness.js'
export type { ArchiveSubject, ObjectSubject, PackageSubject } from './lint/subjects.js'
export { conclusive, distinctNames, findingAbout } from './lint/evidence.js'
export { versionScriptFor } from './lint/version-script.js'
export type * from './facts/model.js'
export { DOES_NOT_HELP, HIDE_FROM_EXPORT, hideFromExport } from './lint/remedies.js'
