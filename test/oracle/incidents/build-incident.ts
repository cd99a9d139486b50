/** Compiles the objects of an incident, makes packages of them in memory, and a root in which all of them are installed. */
import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { RPMTAG } from '../../../lib/rpm/tags.js'
import { archive } from '../../support/cpio-builder.js'
import { buildPackage, string, type TestFile } from '../../support/rpm-builder.js'
import { definesOf, isProgram, LOADER_CONFIGURATION, sonameOf, type Incident, type ObjectPlan, type PackagePlan } from './incident.js'

export interface BuiltIncident {
  /** With a cache of ldconfig. */
  readonly root: string
  /** Files, in the order of the plan. */
  readonly packages: readonly string[]
  /** The package with ld.so and libc. */
  readonly glibc: string
}

const LOADER = '/lib64/ld-linux-x86-64.so.2'
const LIBRARY_C = '/lib64/libc.so.6'

/** `folder` is for this incident alone. */
export function buildIncident(incident: Incident, folder: string): BuiltIncident {
  const root = join(folder, 'root')
  for (const object of incident.buildTime ?? []) compile(object, folder, join(folder, 'build'))
  const glibc = installLoader(root)
  const packages = incident.packages.map(plan => {
    for (const object of plan.objects ?? []) compile(object, folder, root)
    for (const [path, content] of Object.entries(plan.texts ?? {})) writeFileSync(placeIn(root, path), content)
    for (const [path, target] of Object.entries(plan.links ?? {})) symlinkSync(target, placeIn(root, path))
    return writePackage(folder, plan, root)
  })
  execFileSync('ldconfig', ['-r', root], { stdio: 'ignore' })
  return { root, packages, glibc: writePackage(folder, glibc, root) }
}

function placeIn(root: string, path: string): string {
  const place = join(root, path)
  mkdirSync(dirname(place), { recursive: true })
  return place
}

/** `links` refer to build-time libraries first. */
function compile(object: ObjectPlan, folder: string, root: string): void {
  const [source, script] = [join(folder, 'x.c'), join(folder, 'x.map')]
  writeFileSync(source, sourceOf(object))
  writeFileSync(script, scriptOf(object))
  const soname = sonameOf(object)
  const flags = [
    ...(isProgram(object) ? [] : ['-shared']),
    ...(soname === null ? [] : [`-Wl,-soname,${soname}`]),
    ...(object.nodes === undefined ? [] : [`-Wl,--version-script=${script}`]),
  ]
  const links = (object.links ?? []).map(path => builtFile(path, folder))
  const always = ['-O1', '-fPIC', '-fno-builtin', '-w', '-Wl,--no-as-needed,--allow-shlib-undefined,-z,now']
  execFileSync('gcc', [...always, ...flags, ...(object.flags ?? []), source, ...links, '-o', placeIn(root, object.path)])
}

function builtFile(path: string, folder: string): string {
  const file = ['build', 'root'].map(tree => join(folder, tree, path)).find(each => existsSync(each))
  if (file === undefined) throw new Error(`${path} is to be built before what links it`)
  return file
}

function sourceOf(object: ObjectPlan): string {
  const { path, calls = [], addresses = [], data = [], opens } = object
  const defined = definesOf(object)
  const isData = (name: string): boolean => data.includes(name)
  const own = isProgram(object) ? 'main' : `use_${basename(path).replace(/\W/g, '_')}`
  return [
    '#include <dlfcn.h>',
    ...[...calls, ...addresses]
      .filter(name => !defined.includes(name))
      .map(name => (isData(name) ? `extern int ${name}[4];` : `int ${name}(void);`)),
    'static volatile int calls;', // what does nothing is another finding
    ...defined.map(name => (isData(name) ? `int ${name}[4] = { 1 };` : `int ${name}(void) { calls += 2; return calls; }`)),
    `int ${own}(void) { ${opens === undefined ? '' : `if (!dlopen("${opens}", RTLD_NOW)) return 99;`}`,
    ...addresses.map((name, index) => `void *volatile kept${index} = (void *)${name};`),
    `return ${['0', ...calls.map(name => (isData(name) ? `${name}[0]` : `${name}()`))].join(' + ')}; }\n`,
  ].join('\n')
}

function scriptOf({ nodes = [] }: ObjectPlan): string {
  return nodes
    .map(([node, functions], index) => {
      const global = functions.length === 0 ? '' : `global: ${functions.join('; ')};`
      return `${node} { ${global} ${index === 0 ? 'local: _*;' : ''} } ${nodes[index - 1]?.[0] ?? ''};\n`
    })
    .join('')
}

function writePackage(folder: string, plan: PackagePlan, root: string): string {
  const file = join(folder, `${plan.name}.rpm`)
  writeFileSync(file, packageOf(plan, root))
  return file
}

function packageOf({ name, objects = [], texts = {}, links = {} }: PackagePlan, root: string): Buffer {
  const files: TestFile[] = [
    ...objects.map(({ path }) => ({ path, content: readFileSync(join(root, path), 'latin1'), mode: 0o100755 })),
    ...Object.entries(texts).map(([path, content]) => ({ path, content })),
    ...Object.entries(links).map(([path, linkTarget]) => ({ path, linkTarget, mode: 0o120777 })),
  ].sort((a, b) => (a.path < b.path ? -1 : 1))
  const members = files.map((file, index) => {
    return { name: `.${file.path}`, data: file.linkTarget ?? file.content ?? '', mode: file.mode ?? 0o100644, inode: index + 1 }
  })
  return buildPackage({ files, payload: gzipSync(archive(...members), { level: 1 }), tags: { [RPMTAG.NAME.number]: string(name) } })
}

/** What every process needs; the plan of its package. */
function installLoader(root: string): PackagePlan {
  const library = execFileSync('gcc', ['-print-file-name=libc.so.6'], { encoding: 'utf8' }).trim()
  copyFileSync(LOADER, placeIn(root, LOADER))
  copyFileSync(library, placeIn(root, LIBRARY_C))
  writeFileSync(placeIn(root, '/etc/ld.so.conf'), LOADER_CONFIGURATION)
  return { name: 'glibc', objects: [{ path: LOADER }, { path: LIBRARY_C }] }
}
