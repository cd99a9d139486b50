/**
 * Package architectures: to distinguish `1.fc40` from `1.x86_64`, either of which may follow the last hyphen of a package's name, and to find packages that
 * no system has together.
 *
 * Source: the arch_canon lines of rpmrc, rpm 4.18, and what rpm 4.19 and 6 added; `noarch`, and `src` and `nosrc` for source packages.
 */
const ARCHITECTURES: ReadonlySet<string> = new Set(
  [
    'noarch src nosrc',
    'x86_64 x86_64_v2 x86_64_v3 x86_64_v4 amd64 ia32e em64t',
    'i386 i486 i586 i686 pentium3 pentium4 athlon geode i370',
    'aarch64 armv3l armv4b armv4l armv5tl armv5tel armv5tejl armv6l armv6hl armv7l armv7hl armv7hnl armv8l armv8hl',
    'ppc ppc8260 ppc8560 ppc32dy4 ppciseries ppcpseries ppc64 ppc64le ppc64pseries ppc64iseries ppc64p7 rs6000',
    's390 s390x riscv riscv32 riscv64 riscv128 loongarch64 ia64 xtensa IP',
    'mips mipsel mips64 mips64el mipsr6 mipsr6el mips64r6 mips64r6el',
    'alpha alphaev5 alphaev56 alphapca56 alphaev6 alphaev67 sh sh3 sh4 sh4a',
    'sparc sparcv8 sparcv9 sparcv9v sparc64 sparc64v sun4 sun4c sun4d sun4m sun4u',
    'm68k m68kmint atarist atariste ataritt falcon atariclone milan hades',
  ].flatMap(family => family.split(' ')),
)

export function isArchitecture(name: string): boolean {
  return ARCHITECTURES.has(name)
}

/** Architectures of which one system may have packages, by their beginnings. */
const SYSTEMS = [/^(?:x86_64|amd64|ia32e|em64t|i[3-6]86$|pentium|athlon|geode)/, /^ppc(?!64le)/, /^s390/, /^sparc|^sun4/, /^mips/, /^armv/]

/** May one system have packages of both? Every one has those that are `noarch`. */
export function shareSystem(a: string, b: string): boolean {
  return a === b || a === 'noarch' || b === 'noarch' || SYSTEMS.some(system => system.test(a) && system.test(b))
}
