/** A public report, as packages of our own with the same relations between their libraries, and what is right to say about them. */

export interface Incident {
  readonly title: string
  /** Public reports of this shape: `owner/repository#number`. */
  readonly reports: readonly string[]
  /** Why the findings are not compared yet. */
  readonly pending?: string
  readonly packages: readonly PackagePlan[]
  /** Libraries to link with at build time that are not installed: another build of the same soname. */
  readonly buildTime?: readonly ObjectPlan[]
  readonly starts: readonly StartPlan[]
  /**
   * All findings about all packages, each checked with all others, sorted: `PACKAGE PATH: severity rule SYMBOLS`, and below a hijack's first line, with
   * two blanks, `REFERRER SYMBOL PROVIDER` of its bindings.
   */
  readonly findings: readonly string[]
}

export interface PackagePlan {
  readonly name: string
  readonly objects?: readonly ObjectPlan[]
  /** Content by path. */
  readonly texts?: Readonly<Record<string, string>>
  /** Target by path. */
  readonly links?: Readonly<Record<string, string>>
}

export interface ObjectPlan {
  readonly path: string
  /** The base name of the path for a library; `null` for none. Programs are in bin or libexec, without a dot. */
  readonly soname?: string | null
  /** Functions without versions, or below `nodes`. */
  readonly defines?: readonly string[]
  /** Version nodes in order, each the parent of the next, with their functions. */
  readonly nodes?: readonly (readonly [node: string, functions: readonly string[]])[]
  /** Functions that it calls; of its own ones, too. */
  readonly calls?: readonly string[]
  /** Functions whose addresses it takes. */
  readonly addresses?: readonly string[]
  /** Which of these names are not functions, but objects of 16 bytes. */
  readonly data?: readonly string[]
  /** Paths of the objects on the link line, in order. */
  readonly links?: readonly string[]
  /** Further flags of the compiler. */
  readonly flags?: readonly string[]
  /** Loads this file when it runs. */
  readonly opens?: string
}

export interface StartPlan {
  readonly program: string
  /** A library is found in /usr/lib64 without the cache, which Fedora's ld.so searches by default and Debian's does not. */
  readonly isOutsideCache?: boolean
  /** LD_LIBRARY_PATH. */
  readonly libraryPath?: string
  /** `REFERRER SYMBOL PROVIDER` with absolute paths, for every reference to a function of the plan that is bound, sorted. */
  readonly binds: readonly string[]
  /** The same of what dlopen brings, which ld.so alone can know. */
  readonly bindsLater?: readonly string[]
  /** A part of ld.so's message that ends the process. */
  readonly error?: string
}

export function isProgram({ path }: ObjectPlan): boolean {
  return /\/(?:s?bin|libexec)\/[^/.]+$/.test(path)
}

export function sonameOf(object: ObjectPlan): string | null {
  if (isProgram(object)) return null
  return object.soname === undefined ? object.path.slice(object.path.lastIndexOf('/') + 1) : object.soname
}

export function definesOf({ defines = [], nodes = [] }: ObjectPlan): string[] {
  return [...defines, ...nodes.flatMap(([, functions]) => functions)]
}

/** What ldconfig of Fedora scans, although this machine's may not. */
export const LOADER_CONFIGURATION = 'include ld.so.conf.d/*.conf\n/lib64\n/usr/lib64\n'
