/**
 * Functions and data that a host looks up by name in a plugin: all that a plugin has to export.
 *
 * Sources: the loaders of the hosts (dlsym and its wrappers), and 1,902 shared objects of 103 Debian packages that were examined for these symbols; none of
 * 585 ordinary libraries has a symbol of a row without `imports`. Left out are hosts that look up arbitrary symbols (PostgreSQL, R without registration).
 */
import { wildcard } from '../bytes/wildcard.js'
import type { ObjectFacts } from './model.js'

export interface PluginHost {
  readonly host: string
  /** Patterns (lib/bytes/wildcard.ts), valid in version scripts too. */
  readonly entryPoints: readonly string[]
  /** Other exports that the host looks up if an entry point is there. */
  readonly companions?: readonly string[]
  /** Entry points as common as these are recognised beside an import from the host alone. */
  readonly imports?: readonly string[]
  /** Patterns of file names of the programs that load such plugins; without them, any program may. */
  readonly programs?: readonly string[]
  /** Ending of file names: such a file is a plugin although no entry point is exported, because a constructor registers it. */
  readonly suffix?: string
}

export const PLUGIN_HOSTS: readonly PluginHost[] = [
  { host: 'Python', entryPoints: ['PyInit_*', 'PyInitU_*'], programs: ['python*', 'pypy*', 'uwsgi*', 'httpd*', 'apache2*'] },
  { host: 'Python 2', entryPoints: ['init*'], imports: ['Py_InitModule*'], programs: ['python*'] },
  { host: 'Perl', entryPoints: ['boot_*'], programs: ['perl*', 'httpd*', 'apache2*'] },
  { host: 'Ruby', entryPoints: ['Init_*'], programs: ['ruby*'] },
  { host: 'Lua', entryPoints: ['luaopen_*'] },
  {
    host: 'PHP',
    entryPoints: ['get_module', 'zend_extension_entry'],
    companions: ['extension_version_info'],
    programs: ['php*', 'httpd*', 'apache2*'],
  },
  { host: 'R', entryPoints: ['R_init_*'], companions: ['R_unload_*'], imports: ['R_registerRoutines'], programs: ['R', 'Rscript'] },
  {
    host: 'Tcl',
    entryPoints: ['*_Init'],
    companions: ['*_SafeInit', '*_Unload', '*_SafeUnload'],
    imports: ['Tcl_*', 'tclStubsPtr'],
    programs: ['tcl*', 'wish*'],
  },
  { host: 'Erlang', entryPoints: ['nif_init', 'driver_init'], programs: ['beam*'] },
  { host: 'Java', entryPoints: ['JNI_OnLoad', 'Java_*'], companions: ['JNI_OnUnload'], programs: ['java*', 'j*'] },
  {
    host: 'Node.js',
    entryPoints: ['napi_register_module_v*', 'node_register_module_v*'],
    companions: ['node_api_module_get_api_version_v*'],
    suffix: '.node',
  },
  { host: 'Apache httpd', entryPoints: ['*_module'], imports: ['ap_*', 'apr_*'], programs: ['httpd*', 'apache2*'] },
  { host: 'nginx', entryPoints: ['ngx_modules'], companions: ['ngx_module_names', 'ngx_module_order'], programs: ['nginx*', 'openresty*'] },
  { host: 'PAM', entryPoints: ['pam_sm_*'] },
  { host: 'NSS', entryPoints: ['_nss_*'] },
  { host: 'OpenSSL engines', entryPoints: ['bind_engine', 'v_check'] },
  { host: 'OpenSSL providers', entryPoints: ['OSSL_provider_init'] },
  { host: 'PKCS #11', entryPoints: ['C_GetFunctionList', 'C_GetInterface', 'C_GetInterfaceList'], companions: ['C_*'] },
  { host: 'Cyrus SASL', entryPoints: ['sasl_client_plug_init', 'sasl_server_plug_init', 'sasl_auxprop_plug_init', 'sasl_canonuser_init'] },
  { host: 'Kerberos', entryPoints: ['*_initvt', 'kdb_function_table'], imports: ['krb5_*'] },
  { host: 'Postfix', entryPoints: ['dict_*_open', 'mkmap_*_open'], imports: ['dict_*', 'msg_*', 'mkmap_*'] },
  { host: 'Exim', entryPoints: ['_lookup_module_info'] },
  { host: 'MySQL', entryPoints: ['_mysql_plugin_*'], companions: ['_mysql_sizeof_*'] },
  { host: 'MariaDB', entryPoints: ['_maria_plugin_*'], companions: ['_maria_sizeof_*', '_mysql_plugin_*', '_mysql_sizeof_*'] },
  { host: 'MySQL clients', entryPoints: ['_mysql_client_plugin_declaration_'] },
  { host: 'ODBC', entryPoints: ['SQLDriverConnect', 'SQLDriverConnectW'], companions: ['SQL*', 'ConfigDSN*', 'ConfigDriver*'] },
  { host: 'GStreamer', entryPoints: ['gst_plugin_*'] },
  { host: 'GIO', entryPoints: ['g_io_module_load', 'g_io_*_load'], companions: ['g_io_*_unload', 'g_io_*_query'] },
  { host: 'Qt', entryPoints: ['qt_plugin_*'] },
  { host: 'VLC', entryPoints: ['vlc_entry*'] },
  { host: 'LADSPA and LV2', entryPoints: ['ladspa_descriptor', 'lv2_descriptor', 'lv2ui_descriptor', 'lv2_lib_descriptor'] },
  { host: 'collectd', entryPoints: ['module_register'] },
  { host: 'rsyslog', entryPoints: ['modInit'] },
  { host: 'uWSGI', entryPoints: ['*_plugin'], imports: ['uwsgi*'] },
  { host: 'FreeRADIUS', entryPoints: ['rlm_*', 'proto_*'], imports: ['cf_*', 'fr_*', 'radlog'], programs: ['radiusd*', 'freeradius*'] },
  { host: 'strongSwan', entryPoints: ['*_plugin_create'] },
  { host: 'OpenVPN', entryPoints: ['openvpn_plugin_*'] },
  { host: 'Kamailio', entryPoints: ['module_interface_ver', 'mod_register'], companions: ['exports'] },
  { host: 'BIND', entryPoints: ['plugin_register', 'dlz_create', 'dyndb_init'], companions: ['plugin_*', 'dlz_*', 'dyndb_*'] },
]

/** Directories that one kind of program loads its plugins from, and patterns of the names of these programs. Source: the hosts' defaults in distributions. */
const PLUGIN_DIRECTORIES: readonly (readonly [directory: string, programs: readonly string[]])[] = [
  ['python*', ['python*', 'pypy*', 'uwsgi*', 'httpd*', 'apache2*']],
  ['perl*', ['perl*', 'httpd*', 'apache2*']],
  ['ruby*', ['ruby*']],
  ['php*', ['php*', 'httpd*', 'apache2*']],
  ['R', ['R', 'Rscript']],
  ['tcl*', ['tcl*', 'wish*']],
  ['erlang', ['beam*']],
  ['jvm', ['java*', 'j*']],
  ['httpd', ['httpd*']],
  ['apache2', ['apache2*', 'httpd*']],
  ['apr-util-1', ['httpd*', 'apache2*', 'svn*']],
  ['nginx', ['nginx*']],
  ['postfix', ['smtp*', 'lmtp*', 'tlsmgr', 'proxymap', 'master', 'cleanup', 'trivial-rewrite', 'local', 'virtual', 'post*']],
  ['dovecot', ['dovecot*', 'imap*', 'pop3*', 'lmtp*', 'auth*', 'managesieve*', 'doveadm*']],
  ['openldap', ['slapd*']],
  ['pgsql', ['postgres*']],
  ['postgresql', ['postgres*']],
  ['libvirt', ['libvirt*', 'virt*']],
  ['asterisk', ['asterisk*']],
  ['kamailio', ['kamailio*']],
  ['opensips', ['opensips*']],
  ['freeradius', ['radiusd*', 'freeradius*']],
  ['strongswan', ['charon*', 'starter', 'swanctl', 'pki', 'ipsec']],
  ['openvpn', ['openvpn*']],
  ['collectd', ['collectd*']],
  ['rsyslog', ['rsyslog*']],
  ['syslog-ng', ['syslog-ng*']],
  ['uwsgi', ['uwsgi*']],
  ['named', ['named*']],
  ['squid', ['squid*']],
  ['vlc', ['vlc*']],
]

/** What the hosts of a plugin look up in it. */
export interface EntryPoints {
  readonly hosts: readonly PluginHost[]
  /** Exports of the object; sorted. */
  readonly names: readonly string[]
  /** Patterns for these names. */
  readonly patterns: readonly string[]
}

/**
 * `own` are the exports that are not a bundled library's: OpenSSL's MD5_Init looks like an entry point of Tcl. `null` for an object that is not recognised
 * as a plugin: libpython has entry points too, but also a versioned soname.
 */
export function entryPointsOf({ path, soname, imports, isProgram }: ObjectFacts, own: readonly string[]): EntryPoints | null {
  if (isProgram) return null
  const imported = imports.map(({ name }) => name)
  const hosts = PLUGIN_HOSTS.filter(host => isPluginOf(host, path, own, imported))
  if (hosts.every(({ host }) => host !== 'NSS' && isVersionedLibrary(soname))) return null
  const patterns = [...new Set(hosts.flatMap(({ entryPoints, companions = [] }) => [...entryPoints, ...companions]))]
  const found = patterns.filter(pattern => own.some(wildcard(pattern)))
  const isFound = found.map(wildcard)
  return { hosts, names: own.filter(name => isFound.some(matches => matches(name))), patterns: found }
}

/**
 * May the program load an object with dlopen? A plugin of known hosts is loaded by these, by its entry points or its directory, and any by a program whose
 * API it imports; of the rest, everything but ordinary libraries may be a plugin.
 */
export function pluginsOf(program: ObjectFacts): (object: ObjectFacts) => boolean {
  const api = new Set(ownExports(program))
  const name = program.path.slice(program.path.lastIndexOf('/') + 1)
  const isNamed = (patterns: readonly string[]): boolean => patterns.some(pattern => wildcard(pattern)(name))
  return object => {
    if (object.imports.some(reference => reference.from === null && api.has(reference.name))) return true
    const programs = programsByDirectory(object.path)
    if (programs !== null && !isNamed(programs)) return false
    const entry = entryPointsOf(object, ownExports(object))
    if (entry === null) return !isVersionedLibrary(object.soname)
    return entry.hosts.some(({ programs: hosts = ['*'] }) => isNamed(hosts))
  }
}

function ownExports({ exports, guarded }: ObjectFacts): string[] {
  const foreign = new Set(guarded.map(({ name }) => name))
  return exports.map(({ name }) => name).filter(name => !foreign.has(name))
}

/** `null` for a directory that does not tell. */
function programsByDirectory(path: string): readonly string[] | null {
  const parts = path.split('/').slice(0, -1)
  return PLUGIN_DIRECTORIES.find(([directory]) => parts.some(wildcard(directory)))?.[1] ?? null
}

function isPluginOf(host: PluginHost, path: string, own: readonly string[], imported: readonly string[]): boolean {
  const { entryPoints, imports = null, suffix = null } = host
  if (suffix !== null && path.endsWith(suffix)) return true
  if (!entryPoints.some(pattern => own.some(wildcard(pattern)))) return false
  return imports === null || imports.some(pattern => imported.some(wildcard(pattern)))
}

function isVersionedLibrary(soname: string | null): boolean {
  return soname !== null && /^lib.*\.so\.\d/.test(soname)
}
