/**
 * All that a rule may import: ours use nothing else, so a third party's rule can do all that ours can.
 */
export { textOf } from './bytes/names.js'
export { matchesWildcard } from './bytes/wildcard.js'
export { count, flag, names } from './lint/options.js'
export { defineRule } from './lint/rule.js'
export type { AnyRule, Json, Problem, Rule, Scope, Severity, Subjects } from './lint/rule.js'
export { isPublicPath } from './facts/public-path.js'
export type { InterposedStart, Interposition, ObjectReference } from './interposition/interposition.js'
export type { Genuineness } from './facts/genuineness.js'
export type { ArchiveSubject, ObjectSubject, PackageSubject } from './lint/subjects.js'
export { conclusive, distinctNames, verdictOn } from './lint/evidence.js'
export { versionScriptFor } from './lint/version-script.js'
export type * from './facts/model.js'
export { DOES_NOT_HELP, HIDE_FROM_EXPORT, hideFromExport } from './lint/remedies.js'
