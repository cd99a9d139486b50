/**
 * The rule contract: one object holds all that a rule is, so that documentation, tables and reports are made from it.
 */
import type { OptionDeclarations, OptionValues } from './options.js'
import type { ArchiveSubject, ObjectSubject, PackageSubject } from './subjects.js'

export type Severity = 'error' | 'warning' | 'info'

/** What a rule looks at, one at a time: every package (an inner one too), ELF object or static archive. */
export interface Subjects {
  readonly package: PackageSubject
  readonly object: ObjectSubject
  readonly archive: ArchiveSubject
}
export type Scope = keyof Subjects

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/**
 * One fault found. The runner adds file, severity and fingerprint, and fills the `{placeholders}` of message and remedy: from `data`, and with the
 * words of the families that it is about, such as `{families}` and `{systemLibraries}` (lib/catalogue/family-words.ts).
 */
export interface Problem<Message extends string = string> {
  readonly message: Message
  /** Path inside the subject's package, where it is not the subject itself: for a rule of scope `package` that faults a file. */
  readonly file?: string
  /** Complete; the runner sorts. */
  readonly symbols?: readonly string[]
  /** Ids of the guarded families that it is about, where its symbols do not say. */
  readonly families?: readonly string[]
  readonly data?: Readonly<Record<string, Json>>
  /** Weaker than the rule's severity where the evidence is. */
  readonly severity?: Severity
  /** Instead of the rule's own remedy. */
  readonly remedy?: string
}

export interface Rule<
  Where extends Scope = Scope,
  Options extends OptionDeclarations = OptionDeclarations,
  Message extends string = string,
> {
  /** Kebab-case; names the fault and reads well after "allow". */
  readonly id: string
  /** Ids that it had before; settings and waivers accept them for good. */
  readonly formerIds?: readonly string[]
  readonly scope: Where
  readonly severity: Severity
  /** Its texts may have placeholders for the words of all guarded families; described-rule.ts fills them. */
  readonly summary: string
  readonly why: string
  /** Only what was seen to work. */
  readonly remedy: string
  /** What is often tried and was seen not to work. */
  readonly doesNotHelp?: string
  readonly references: readonly string[]
  readonly messages: Readonly<Record<Message, string>>
  readonly options: Options
  /** Pure: facts in, problems out. */
  check(subject: Subjects[Where], options: OptionValues<Options>): Iterable<Problem<Message>>
}

/** Any rule, its types erased for the registry. */
export type AnyRule = Rule

/** Types a rule's options and messages from its own declaration. */
export function defineRule<Where extends Scope, const Options extends OptionDeclarations, Message extends string>(
  rule: Rule<Where, Options, Message>,
): AnyRule {
  return rule
}
