/**
 * The rule contract: one object defines a rule completely, so that documentation, lists and reports are generated from it.
 */
import type { OptionDeclarations, OptionValues } from './options.js'
import type { ArchiveSubject, ObjectSubject, PackageSubject } from './subjects.js'

export type Severity = 'error' | 'warning' | 'info'

/** A rule is called for each subject of its scope: packages (inner ones too), ELF objects or static archives. */
export interface Subjects {
  readonly package: PackageSubject
  readonly object: ObjectSubject
  readonly archive: ArchiveSubject
}
export type Scope = keyof Subjects

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/**
 * A finding as a rule yields it. The runner adds file, severity and fingerprint, and fills the `{placeholders}` of message and remedy from `data` and
 * from the families that it is about, such as `{families}` and `{systemLibraries}` (lib/catalogue/family-words.ts).
 */
export interface RawFinding<Message extends string = string> {
  readonly message: Message
  /** Path inside the subject's package, if not the subject itself: for a rule of scope `package` that is about a file. */
  readonly file?: string
  /** All of them; the runner sorts them. */
  readonly symbols?: readonly string[]
  /** Ids of the guarded families that it is about, if not determined by its symbols. */
  readonly families?: readonly string[]
  readonly data?: Readonly<Record<string, Json>>
  /** Lower than the rule's severity if the evidence is weak. */
  readonly severity?: Severity
  /** Instead of the rule's own remedy. */
  readonly remedy?: string
}

export interface Rule<
  Where extends Scope = Scope,
  Options extends OptionDeclarations = OptionDeclarations,
  Message extends string = string,
> {
  /** Kebab-case; describes the defect, and reads well after "allow". */
  readonly id: string
  /** Earlier ids, which settings and waivers accept permanently. */
  readonly formerIds?: readonly string[]
  readonly scope: Where
  readonly severity: Severity
  /** Texts may have placeholders for the guarded families, which described-rule.ts fills. */
  readonly summary: string
  readonly why: string
  /** Only what was tested. Short: a finding stays on one screen. Lines beginning with `- ` are alternatives, the best first. */
  readonly remedy: string
  /** All there is to say about the fix, for `explain` and the documentation. */
  readonly remedyInDetail?: string
  /** Common attempts that were tested and do not work. */
  readonly doesNotHelp?: string
  readonly references: readonly string[]
  readonly messages: Readonly<Record<Message, string>>
  readonly options: Options
  /** The module that it was loaded from, which `loadRules` fills in; not for built-in rules. */
  readonly module?: string
  /** Pure. */
  check(subject: Subjects[Where], options: OptionValues<Options>): Iterable<RawFinding<Message>>
}

/** Any rule, with its type parameters erased. */
export type AnyRule = Rule

/** Infers the types of options and messages from the declaration. */
export function defineRule<Where extends Scope, const Options extends OptionDeclarations, Message extends string>(
  rule: Rule<Where, Options, Message>,
): AnyRule {
  return rule
}
