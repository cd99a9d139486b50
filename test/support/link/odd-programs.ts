/** Programs and libraries of rare kinds, one rule each, as shell commands that build them. */
import type { Circumstances } from './agreement.js'

export interface OddProgram {
  readonly title: string
  /** Shell commands, after COMMANDS, that build `program` in a folder of its own. */
  readonly build: string
  readonly environment?: Circumstances
  /** Part of the loader's refusal, where it refuses. */
  readonly refusal?: string
}

/** `lib FILE FLAGS…` compiles FILE.c (where there is none: a function f), `program FLAGS…` program.c (where there is none: a call of f). */
export const COMMANDS = `
set -e
lib() {
  out=$1
  source=$(basename $1).c
  shift
  [ -f $source ] || echo 'int f(void) { return 1; }' > $source
  mkdir -p $(dirname $out)
  gcc -shared -fPIC -O1 -o $out -Wl,--no-as-needed $source "$@"
}
program() {
  [ -f program.c ] || printf 'int f(void);\\nint main(void) { return f() - f(); }\\n' > program.c
  gcc -O1 -o program -Wl,--no-as-needed program.c "$@"
}
`

export const ODD_PROGRAMS: readonly OddProgram[] = [
  {
    title: 'inline functions and static data of C++ in two libraries, which are unique and weak',
    build: `
cat > v.h <<'C'
#include <string>
#include <map>
struct base { virtual ~base() {} virtual int number() { return 1; } };
template <class T> inline T &shared() { static T value; return value; }
inline int counter() { static int count; return ++count; }
C
for n in a b; do echo "#include \\"v.h\\"
struct d_$n : base { int number() override { return 2; } };
int $n() {
  d_$n d;
  std::map<std::string, int> m;
  m[\\"x\\"] = counter();
  return shared<int>() + d.number() + (int)m.size() + (dynamic_cast<d_$n *>((base *)&d) != 0);
}" > $n.cc
g++ -shared -fPIC -o lib$n.so $n.cc; done
cat > p.cc <<'C'
#include "v.h"
int a(); int b();
int main() { try { return (a() + b() + counter()) * 0; } catch (std::exception &e) { return 1; } }
C
g++ -o program p.cc ./liba.so ./libb.so`,
  },
  { title: 'DT_NEEDED with a slash', build: `lib sub/liba.so; program ./sub/liba.so; cp program program2; mv program2 program` },
  { title: 'DT_NEEDED with $ORIGIN and a slash', build: `lib sub/liba.so -Wl,-soname,'$ORIGIN/sub/liba.so'; program sub/liba.so` },
  {
    title: '$LIB in RUNPATH',
    build: `
lib lib/x86_64-linux-gnu/liba.so -Wl,-soname,liba.so
cp -r lib/x86_64-linux-gnu lib64
program lib64/liba.so -Wl,-rpath,'$ORIGIN/$LIB'`,
  },
  {
    title: '${PLATFORM} in RUNPATH',
    build: `lib x86_64/liba.so -Wl,-soname,liba.so; program x86_64/liba.so -Wl,-rpath,'$ORIGIN/\${PLATFORM}'`,
  },
  {
    title: 'an unknown token in RUNPATH',
    build: `lib sub/liba.so -Wl,-soname,liba.so; program sub/liba.so -Wl,-rpath,'$ORIGIN/$WHATEVER:$ORIGIN/sub'`,
  },
  {
    title: 'an empty part in RUNPATH, which is the working directory',
    build: `lib sub/liba.so -Wl,-soname,liba.so; program sub/liba.so -Wl,-rpath,'/nowhere::$ORIGIN/sub'`,
  },
  {
    title: 'a subdirectory of the platform in a searched directory',
    build: `lib liba.so -Wl,-soname,liba.so; mkdir -p x86_64; cp liba.so x86_64; program ./liba.so -Wl,-rpath,'$ORIGIN'`,
  },
  ...['tls', 'tls/x86_64', 'tls/x86_64/x86_64', 'x86_64/x86_64', 'x86_64/tls'].map(subdirectory => ({
    title: `the subdirectory ${subdirectory} beside lesser ones`,
    build: `
lib lib/liba.so -Wl,-soname,liba.so
mkdir -p lib/tls lib/x86_64 lib/${subdirectory}
cp lib/liba.so lib/x86_64
cp lib/liba.so lib/${subdirectory} || true
program lib/liba.so -Wl,-rpath,'$ORIGIN/lib'`,
  })),
  {
    title: 'glibc-hwcaps in LD_LIBRARY_PATH',
    build: `
lib lib/liba.so -Wl,-soname,liba.so
mkdir -p lib/glibc-hwcaps/x86-64-v2 lib/glibc-hwcaps/x86-64-v3
cp lib/liba.so lib/glibc-hwcaps/x86-64-v2
cp lib/liba.so lib/glibc-hwcaps/x86-64-v3
program lib/liba.so`,
    environment: { LD_LIBRARY_PATH: 'lib' },
  },
  {
    title: 'LD_LIBRARY_PATH with semicolons and empty parts',
    build: `lib lib/liba.so -Wl,-soname,liba.so; program lib/liba.so`,
    environment: { LD_LIBRARY_PATH: ';/nowhere:;lib' },
  },
  {
    title: 'LD_PRELOAD of two, separated by a space, by soname and by path',
    build: `lib lib/liba.so -Wl,-soname,liba.so; lib libpre.so; program lib/liba.so -Wl,-rpath,'$ORIGIN/lib'`,
    environment: { LD_PRELOAD: 'liba.so ./libpre.so' },
  },
  {
    title: 'LD_PRELOAD of what is not there, which is passed by',
    build: `lib lib/liba.so -Wl,-soname,liba.so; program lib/liba.so -Wl,-rpath,'$ORIGIN/lib'`,
    environment: { LD_PRELOAD: '/nowhere/libpre.so' },
  },
  {
    title: 'LD_PRELOAD of the loader, which stays where it is needed',
    build: `lib liba.so; lib libpre.so; program ./liba.so`,
    environment: { LD_PRELOAD: 'ld-linux-x86-64.so.2 ./libpre.so' },
  },
  {
    title: 'a program with DT_FLAGS_1 NOW, GLOBAL, NODELETE and INTERPOSE in its libraries',
    build: `lib liba.so -Wl,-z,global,-z,nodelete; lib libb.so -Wl,-z,interpose; program ./liba.so ./libb.so -Wl,-z,now`,
  },
  {
    title: 'a library that shuns the default directories',
    build: `echo '#include <stdio.h>
int f(void) { return puts("") < 0; }' > liba.so.c; lib liba.so -Wl,-z,nodefaultlib -Wl,-rpath,/nowhere; program ./liba.so`,
  },
  {
    title: 'a program that shuns the default directories and the cache',
    build: `lib liba.so -nostdlib; program ./liba.so -Wl,-z,nodefaultlib`,
    refusal: 'cannot open shared object file',
  },
  { title: 'a library without a soname, by its path', build: `lib libplain.so; program ./libplain.so` },
  {
    title: 'a position-independent program that is a library as well',
    build: `
printf 'int f(void) { return 2; }\\nint main(void) { return f() - 2; }' > program.c
lib liba.so
program -pie -rdynamic ./liba.so`,
  },
  {
    title: 'versions of one name: default, hidden and base, and references to each',
    build: `
cat > liba.so.c <<'C'
int f1(void) { return 1; }
int f2(void) { return 2; }
__asm__(".symver f1,f@V_1");
__asm__(".symver f2,f@@V_2");
int g(void) { return 3; }
C
echo 'V_1 { local: f1; f2; }; V_2 { } V_1;' > map
lib liba.so -Wl,--version-script=map
printf 'int f(void); int old(void); __asm__(".symver old,f@V_1"); int g(void);\\nint h(void) { return f() + old() + g(); }' > libb.so.c
lib libb.so ./liba.so
printf 'int h(void); int f(void);\\nint main(void) { return (h() + f()) * 0; }' > program.c
program ./libb.so ./liba.so`,
  },
  {
    title: 'thread-local variables by all four models',
    build: `
printf '__thread int t = 1; __thread int u __attribute__((tls_model("initial-exec"))) = 2;' > liba.so.c
lib liba.so
cat > libb.so.c <<'C'
extern __thread int t;
extern __thread int u __attribute__((tls_model("initial-exec")));
int h(void) { return t + u; }
C
lib libb.so ./liba.so
lib libc1.so ./liba.so -mtls-dialect=gnu2
printf 'extern __thread int t; int h(void);\\nint main(void) { return (t + h()) * 0; }' > program.c
program ./libb.so ./liba.so`,
  },
  {
    title: 'a common symbol and an absolute one',
    build: `
printf 'int shared_common;\\n__asm__(".globl absolute_one\\\\nabsolute_one = 0x1234");' > liba.so.c
lib liba.so -fcommon
printf 'int shared_common; extern char absolute_one[];\\nint main(void) { return (shared_common + (long)absolute_one) * 0; }' > program.c
program ./liba.so -fcommon`,
  },
  {
    title: 'copy relocations of protected and weak data, and of an alias',
    build: `
cat > liba.so.c <<'C'
__attribute__((visibility("protected"))) int p = 1;
__attribute__((weak)) int w = 2;
int n = 3;
extern int alias __attribute__((alias("n")));
int sum(void) { return p + w + n + alias; }
C
lib liba.so
printf 'extern int p, w, n, alias; int sum(void);\\nint main(void) { return (p + w + n + alias + sum()) * 0; }' > program.c
program -no-pie -fno-pie ./liba.so`,
  },
  {
    title: 'lazy binding asked for at link time',
    build: `lib liba.so -Wl,-z,lazy; program ./liba.so -Wl,-z,lazy`,
  },
  {
    title: 'relative relocations packed, without the node that says so',
    build: `
printf '.data\n.balign 8\n.rept 64\n.quad .data\n.endr\n.globl f\n.text\nf: call __tls_get_addr@PLT\n' > a.s
as -o a.o a.s
ld -shared -z pack-relative-relocs -soname liba.so -o liba.so a.o /lib64/ld-linux-x86-64.so.2 /lib/x86_64-linux-gnu/libc.so.6
program ./liba.so -Wl,-rpath,'$ORIGIN'`,
    refusal: 'DT_RELR without GLIBC_ABI_DT_RELR',
  },
  {
    title: 'relative relocations packed, with the node that says so',
    build: `
echo 'int x; int *y = &x; int f(void) { return *y; }' > liba.so.c
lib liba.so -Wl,-z,pack-relative-relocs
program ./liba.so`,
  },
  {
    title: 'a library of another machine, first in the search',
    build: `
lib good/liba.so -Wl,-soname,liba.so
mkdir bad
cp good/liba.so bad
printf '\\267' | dd of=bad/liba.so bs=1 seek=18 conv=notrunc 2>/dev/null
program good/liba.so -Wl,-rpath,'$ORIGIN/bad:$ORIGIN/good'`,
  },
  {
    title: 'a library with another OS ABI, first in the search',
    build: `
lib good/liba.so -Wl,-soname,liba.so
mkdir bad
cp good/liba.so bad
printf '\\011' | dd of=bad/liba.so bs=1 seek=7 conv=notrunc 2>/dev/null
program good/liba.so -Wl,-rpath,'$ORIGIN/bad:$ORIGIN/good'`,
    refusal: 'ELF file OS ABI invalid',
  },
  {
    title: 'an empty file of the wanted name',
    build: `
lib good/liba.so -Wl,-soname,liba.so
mkdir bad
: > bad/liba.so
program good/liba.so -Wl,-rpath,'$ORIGIN/bad:$ORIGIN/good'`,
    refusal: 'file too short',
  },
  {
    title: 'a directory of the wanted name',
    build: `
lib good/liba.so -Wl,-soname,liba.so
mkdir -p bad/liba.so
program good/liba.so -Wl,-rpath,'$ORIGIN/bad:$ORIGIN/good'`,
    refusal: 'cannot read file data',
  },
  {
    title: 'a link that leads nowhere, of the wanted name',
    build: `
lib good/liba.so -Wl,-soname,liba.so
mkdir bad
ln -s gone bad/liba.so
program good/liba.so -Wl,-rpath,'$ORIGIN/bad:$ORIGIN/good'`,
  },
  ...[
    ['in the first of two directories', '$ORIGIN/bad:$ORIGIN/good', 'cannot open shared object file'],
    ['in the second of two directories', '$ORIGIN/good:$ORIGIN/bad', undefined],
  ].map(([where, runpath, refusal]) => ({
    title: `links in a circle, of the wanted name, ${where}`,
    build: `
lib good/liba.so -Wl,-soname,liba.so
mkdir bad
ln -s liba.so bad/liba.so
program good/liba.so -Wl,-rpath,'${runpath}'`,
    ...(refusal === undefined ? {} : { refusal }),
  })),
  {
    title: 'links in a circle, of the wanted name, in LD_LIBRARY_PATH: the search goes on with RUNPATH',
    build: `
lib good/liba.so -Wl,-soname,liba.so
mkdir bad
ln -s liba.so bad/liba.so
program good/liba.so -Wl,-rpath,'$ORIGIN/good'`,
    environment: { LD_LIBRARY_PATH: 'bad' },
  },
  {
    title: 'links in a circle, of the wanted name, in a subdirectory for better processors',
    build: `
lib good/liba.so -Wl,-soname,liba.so
mkdir -p good/tls
ln -s liba.so good/tls/liba.so
program good/liba.so -Wl,-rpath,'$ORIGIN/good'`,
  },
  {
    title: 'a directory in RUNPATH that is a circle of links, and one that is a file',
    build: `
lib good/liba.so -Wl,-soname,liba.so
ln -s bad bad
program good/liba.so -Wl,-rpath,'$ORIGIN/bad:$ORIGIN/program.c:$ORIGIN/good'`,
  },
  {
    title: 'a link through a file, of the wanted name',
    build: `
lib good/liba.so -Wl,-soname,liba.so
mkdir bad
ln -s ../program.c/liba.so bad/liba.so
program good/liba.so -Wl,-rpath,'$ORIGIN/bad:$ORIGIN/good'`,
    refusal: 'cannot open shared object file',
  },
  {
    title: 'DT_NEEDED with a path of links in a circle',
    build: `
lib sub/liba.so -Wl,-soname,./sub/liba.so
program ./sub/liba.so
ln -sf liba.so sub/liba.so`,
    refusal: 'cannot open shared object file: Error 40',
  },
  {
    title: 'the library of the kernel, by its name and with its versions',
    build: `
echo 'int __vdso_time(long *t) { return 1; } int time(long *t) { return 2; }' > v.so.c
echo 'LINUX_2.6 { };' > map
lib v.so -Wl,-soname,linux-vdso.so.1 -Wl,--version-script=map
printf 'int __vdso_time(long *); int gettimeofday(long *, void *);\nint main(void) { long t[2]; return (__vdso_time(t) + gettimeofday(t, 0)) * 0; }' > program.c
program ./v.so -fno-builtin`,
  },
  {
    title: 'a program in place of a library',
    build: `
lib good/liba.so -Wl,-soname,liba.so
mkdir bad; echo 'int main(void) { return 0; }' > m.c; gcc -pie -o bad/liba.so m.c
program good/liba.so -Wl,-rpath,'$ORIGIN/bad:$ORIGIN/good'`,
    refusal: 'cannot dynamically load position-independent executable',
  },
  {
    title: '$ORIGIN where the program is reached by a link',
    build: `
mkdir bin
lib bin/liba.so -Wl,-soname,liba.so
program bin/liba.so -Wl,-rpath,'$ORIGIN'
mv program bin/real
ln -s bin/real program`,
  },
  {
    title: '$ORIGIN of a library that is reached by a link to another directory',
    build: `
lib real/libb.so -Wl,-soname,libb.so
lib real/liba.so -Wl,-soname,liba.so real/libb.so -Wl,-rpath,'$ORIGIN'
mkdir links
ln -s ../real/liba.so links/liba.so
cp real/libb.so links/
program real/liba.so -Wl,-rpath,'$ORIGIN/links' -Wl,-rpath-link,real`,
  },
  {
    title: 'the same library by two paths through a linked directory',
    build: `
lib real/liba.so -Wl,-soname,x.so
ln -s real other
cp real/liba.so real/y.so
ln -sf y.so real/x.so
program ./real/liba.so -Wl,-rpath,'$ORIGIN/real' 
lib libpre.so`,
    environment: { LD_PRELOAD: './other/y.so' },
  },
  {
    title: 'DT_RPATH that lasts two generations, cut by a RUNPATH between',
    build: `
lib sub/libc1.so -Wl,-soname,libc1.so
lib sub/libb.so -Wl,-soname,libb.so sub/libc1.so
lib sub/liba.so -Wl,-soname,liba.so -Wl,--enable-new-dtags,-rpath,/nowhere sub/libb.so
program sub/liba.so sub/libb.so -Wl,--disable-new-dtags,-rpath,'$ORIGIN/sub'`,
  },
]
