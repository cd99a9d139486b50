/** Whole libraries of OpenSSL and its kin that a package brings, beside those of the distribution. */
import type { Incident } from './incident.js'

const CURL = '/usr/lib64/libcurl.so.4'
const CRYPTO_1_0 = '/usr/lib64/libcrypto.so.1.0.0'
const CRYPTO_1_1 = '/usr/lib64/libcrypto.so.1.1'
const CRYPTO_3 = '/usr/lib64/libcrypto.so.3'

const MATLAB = '/opt/matlab/bin/glnxa64/libcrypto.so.1.0.0'
const VMWARE = '/usr/lib/vmware/lib/libcrypto.so.1.0.1'
const GMSSL = '/usr/local/lib/libcrypto.so.1.1'
const WEBSTACK = '/usr/local/lib64/libcrypto.so.1.1'
const VAGRANT = '/opt/vagrant/embedded/lib64/libcrypto.so.1.1'
const LIBRESSL = '/usr/lib64/libcrypto.so.46'
const AWS_LC = '/usr/lib64/libcrypto.so'
const SCOPE = '/usr/lib/appscope/libscope.so'
const WHEEL = '/usr/lib64/python3.6/site-packages/cryptography'
const HASHED = `${WHEEL}.libs/libcrypto-2e5e6b7b.so.1.1`
const VENDOR = '/opt/vendor/lib/libvendor.so.1'
const VENDOR_CRYPTO = '/opt/vendor/lib/libcrypto-vendor.so.1.1'
const CONDA = '/opt/anaconda/lib/libcrypto.so.1.1'
const NETTY = '/usr/lib64/libnetty_tcnative.so'

export const PRIVATE_COPIES: readonly Incident[] = [
  {
    title: 'a libcrypto without versions in a directory of ld.so.conf.d serves ssh',
    reports: ['openssl/openssl#1631', 'hashdist/hashstack#765'],
    packages: [
      {
        name: 'matlab-runtime',
        objects: [{ path: MATLAB, defines: ['EVP_sha1', 'RAND_bytes'] }],
        texts: { '/etc/ld.so.conf.d/matlab.conf': '/opt/matlab/bin/glnxa64\n' },
      },
      { name: 'openssl-libs', objects: [{ path: CRYPTO_1_0, nodes: [['OPENSSL_1.0.0', ['EVP_sha1', 'RAND_bytes']]] }] },
      { name: 'openssh-clients', objects: [{ path: '/usr/bin/ssh', links: [CRYPTO_1_0], calls: ['EVP_sha1', 'RAND_bytes'] }] },
    ],
    starts: [{ program: '/usr/bin/ssh', binds: [`/usr/bin/ssh EVP_sha1 ${MATLAB}`, `/usr/bin/ssh RAND_bytes ${MATLAB}`] }],
    findings: [
      `matlab-runtime ${MATLAB}: error claimed-openssl-soname`,
      `matlab-runtime ${MATLAB}: error unversioned-crypto-export EVP_sha1 RAND_bytes`,
    ],
  },
  {
    title: 'a private libcrypto of another soname takes calls of the system’s libssl',
    reports: ['curl/curl#251'],
    packages: [
      {
        name: 'openssl-libs',
        objects: [
          { path: CRYPTO_1_0, nodes: [['OPENSSL_1.0.0', ['CRYPTO_free', 'CRYPTO_malloc']]], calls: ['CRYPTO_malloc'] },
          {
            path: '/usr/lib64/libssl.so.1.0.0',
            nodes: [['OPENSSL_1.0.0', ['SSL_CTX_new']]],
            links: [CRYPTO_1_0],
            calls: ['CRYPTO_free'],
          },
        ],
      },
      {
        name: 'libcurl',
        objects: [{ path: CURL, defines: ['curl_easy_init'], links: ['/usr/lib64/libssl.so.1.0.0'], calls: ['SSL_CTX_new'] }],
      },
      {
        name: 'vmware',
        objects: [
          { path: VMWARE, defines: ['CRYPTO_free', 'CRYPTO_malloc'] },
          {
            path: '/usr/bin/vmware',
            links: [VMWARE, CURL],
            calls: ['CRYPTO_malloc', 'curl_easy_init'],
            flags: ['-Wl,--disable-new-dtags,-rpath,/usr/lib/vmware/lib'],
          },
        ],
      },
    ],
    starts: [
      {
        program: '/usr/bin/vmware',
        binds: [
          `/usr/bin/vmware CRYPTO_malloc ${VMWARE}`,
          `/usr/bin/vmware curl_easy_init ${CURL}`,
          `${CRYPTO_1_0} CRYPTO_malloc ${VMWARE}`,
          `${CURL} SSL_CTX_new /usr/lib64/libssl.so.1.0.0`,
          `/usr/lib64/libssl.so.1.0.0 CRYPTO_free ${VMWARE}`,
        ],
      },
    ],
    findings: [
      `vmware ${VMWARE}: error hijacked-crypto-binding CRYPTO_free\n  /usr/lib64/libssl.so.1.0.0 CRYPTO_free ${VMWARE}`,
      `vmware ${VMWARE}: error hijacked-crypto-binding CRYPTO_malloc\n  ${CRYPTO_1_0} CRYPTO_malloc ${VMWARE}`,
      `vmware ${VMWARE}: error unversioned-crypto-export CRYPTO_free CRYPTO_malloc`,
      `vmware ${VMWARE}: warning private-openssl-soname`,
    ],
  },
  {
    title: 'a relative of OpenSSL with its soname and other nodes stops programs from starting',
    reports: ['guanzhi/GmSSL#520', 'openssl/openssl#10697'],
    packages: [
      {
        name: 'gmssl',
        objects: [{ path: GMSSL, nodes: [['GMSSL_2', ['EVP_sha1']]] }],
        texts: { '/etc/ld.so.conf.d/gmssl.conf': '/usr/local/lib\n' },
      },
      { name: 'openssl-libs', objects: [{ path: CRYPTO_1_1, nodes: [['OPENSSL_1_1_0', ['EVP_sha1']]] }] },
      { name: 'wget', objects: [{ path: '/usr/bin/wget', links: [CRYPTO_1_1], calls: ['EVP_sha1'] }] },
    ],
    starts: [{ program: '/usr/bin/wget', binds: [], error: `${GMSSL}: version \`OPENSSL_1_1_0' not found (required by /usr/bin/wget)` }],
    findings: [`gmssl ${GMSSL}: error claimed-openssl-soname`, `gmssl ${GMSSL}: warning foreign-crypto-version EVP_sha1`],
  },
  {
    title: 'a complete copy without one algorithm in a directory of ld.so.conf.d',
    reports: ['openssl/openssl#11227', 'openssl/openssl#11856'],
    packages: [
      {
        name: 'webstack',
        objects: [{ path: WEBSTACK, nodes: [['OPENSSL_1_1_0', ['EVP_sha1']]] }],
        texts: { '/etc/ld.so.conf.d/webstack.conf': '/usr/local/lib64\n' },
      },
      { name: 'openssl-libs', objects: [{ path: CRYPTO_1_1, nodes: [['OPENSSL_1_1_0', ['EVP_mdc2', 'EVP_sha1']]] }] },
      { name: 'openssl', objects: [{ path: '/usr/bin/openssl', links: [CRYPTO_1_1], calls: ['EVP_mdc2', 'EVP_sha1'] }] },
    ],
    starts: [
      {
        program: '/usr/bin/openssl',
        binds: [`/usr/bin/openssl EVP_sha1 ${WEBSTACK}`],
        error: 'undefined symbol: EVP_mdc2, version OPENSSL_1_1_0',
      },
    ],
    findings: [`webstack ${WEBSTACK}: error claimed-openssl-soname`, `webstack ${WEBSTACK}: info bundled-openssl`],
  },
  withSystemSoname({
    title: 'a private libcrypto with the system’s soname, found by RUNPATH, serves the system’s Kerberos, and lacks a function',
    reports: ['kingToolbox/WindTerm#491'],
    flags: ['-Wl,--enable-new-dtags,-rpath,/opt/vagrant/embedded/lib64'],
  }),
  withSystemSoname({
    title: 'the same, found by RPATH, which is searched for the libraries of the system, too',
    reports: ['vagrant-libvirt/vagrant-libvirt#1203'],
    flags: ['-Wl,--disable-new-dtags,-rpath,/opt/vagrant/embedded/lib64'],
  }),
  {
    title: 'LibreSSL beside OpenSSL in one process',
    reports: ['libressl/portable#610', 'opnsense/tools#150'],
    packages: [
      {
        name: 'libressl',
        objects: [
          { path: LIBRESSL, defines: ['BIO_new', 'EVP_sha1'] },
          { path: '/usr/lib64/libtls.so.20', defines: ['tls_init'], links: [LIBRESSL], calls: ['EVP_sha1'] },
        ],
      },
      { name: 'openssl-libs', objects: [{ path: CRYPTO_3, nodes: [['OPENSSL_3.0.0', ['BIO_new', 'EVP_sha1']]] }] },
      { name: 'libcurl', objects: [{ path: CURL, defines: ['curl_easy_init'], links: [CRYPTO_3], calls: ['BIO_new'] }] },
      {
        name: 'acme-client',
        objects: [{ path: '/usr/bin/acme-client', links: ['/usr/lib64/libtls.so.20', CURL], calls: ['curl_easy_init', 'tls_init'] }],
      },
    ],
    starts: [
      {
        program: '/usr/bin/acme-client',
        binds: [
          `/usr/bin/acme-client curl_easy_init ${CURL}`,
          '/usr/bin/acme-client tls_init /usr/lib64/libtls.so.20',
          `${CURL} BIO_new ${LIBRESSL}`,
          `/usr/lib64/libtls.so.20 EVP_sha1 ${LIBRESSL}`,
        ],
      },
    ],
    findings: [
      `libressl ${LIBRESSL}: error hijacked-crypto-binding BIO_new\n  ${CURL} BIO_new ${LIBRESSL}`,
      `libressl ${LIBRESSL}: warning unversioned-openssl BIO_new EVP_sha1`,
    ],
  },
  {
    title: 'two generations, both with versions, of which the link editor warns',
    reports: ['openssl/openssl#20666', 'openssl/openssl#20507'],
    packages: [
      { name: 'compat-openssl11', objects: [{ path: CRYPTO_1_1, nodes: [['OPENSSL_1_1_0', ['BIO_new', 'EVP_sha1']]] }] },
      { name: 'openssl-libs', objects: [{ path: CRYPTO_3, nodes: [['OPENSSL_3.0.0', ['BIO_new', 'EVP_sha1']]] }] },
      {
        name: 'libpq',
        objects: [{ path: '/usr/lib64/libpq.so.5', defines: ['PQconnectdb'], links: [CRYPTO_1_1], calls: ['BIO_new', 'EVP_sha1'] }],
      },
      {
        name: 'app',
        objects: [{ path: '/usr/bin/app', links: ['/usr/lib64/libpq.so.5', CRYPTO_3], calls: ['BIO_new', 'PQconnectdb'] }],
      },
    ],
    starts: [
      {
        program: '/usr/bin/app',
        binds: [
          `/usr/bin/app BIO_new ${CRYPTO_3}`,
          '/usr/bin/app PQconnectdb /usr/lib64/libpq.so.5',
          `/usr/lib64/libpq.so.5 BIO_new ${CRYPTO_1_1}`,
          `/usr/lib64/libpq.so.5 EVP_sha1 ${CRYPTO_1_1}`,
        ],
      },
    ],
    findings: [],
  },
  {
    title: 'a link with the soname of an older release',
    reports: ['tihmstar/tsschecker#99'],
    buildTime: [{ path: CRYPTO_1_0, defines: ['EVP_MD_CTX_create', 'EVP_sha1'] }],
    packages: [
      { name: 'openssl-libs', objects: [{ path: CRYPTO_1_1, nodes: [['OPENSSL_1_1_0', ['EVP_MD_CTX_new', 'EVP_sha1']]] }] },
      { name: 'openssl10-links', links: { [CRYPTO_1_0]: 'libcrypto.so.1.1' } },
      {
        name: 'tsschecker',
        objects: [{ path: '/usr/bin/tsschecker', links: [CRYPTO_1_0], calls: ['EVP_MD_CTX_create', 'EVP_sha1'] }],
      },
    ],
    starts: [
      {
        program: '/usr/bin/tsschecker',
        isOutsideCache: true,
        binds: [`/usr/bin/tsschecker EVP_sha1 ${CRYPTO_1_0}`],
        error: 'undefined symbol: EVP_MD_CTX_create',
      },
    ],
    findings: [`openssl10-links ${CRYPTO_1_0}: error claimed-openssl-soname`],
  },
  {
    title: 'AWS-LC under the name without a number, before OpenSSL',
    reports: ['aws4embeddedlinux/meta-aws#2887', 'aws/aws-sdk-cpp#2962'],
    packages: [
      { name: 'aws-lc', objects: [{ path: AWS_LC, defines: ['CRYPTO_tls1_prf', 'EVP_sha1'] }] },
      {
        name: 's2n-tls',
        objects: [{ path: '/usr/lib64/libs2n.so.1', defines: ['s2n_init'], links: [AWS_LC], calls: ['CRYPTO_tls1_prf', 'EVP_sha1'] }],
      },
      { name: 'openssl-libs', objects: [{ path: CRYPTO_3, nodes: [['OPENSSL_3.0.0', ['EVP_sha1']]] }] },
      { name: 'libcurl', objects: [{ path: CURL, defines: ['curl_easy_init'], links: [CRYPTO_3], calls: ['EVP_sha1'] }] },
      {
        name: 'aws-agent',
        objects: [{ path: '/usr/bin/aws-agent', links: ['/usr/lib64/libs2n.so.1', CURL], calls: ['curl_easy_init', 's2n_init'] }],
      },
    ],
    starts: [
      {
        program: '/usr/bin/aws-agent',
        binds: [
          `/usr/bin/aws-agent curl_easy_init ${CURL}`,
          '/usr/bin/aws-agent s2n_init /usr/lib64/libs2n.so.1',
          `${CURL} EVP_sha1 ${AWS_LC}`,
          `/usr/lib64/libs2n.so.1 CRYPTO_tls1_prf ${AWS_LC}`,
          `/usr/lib64/libs2n.so.1 EVP_sha1 ${AWS_LC}`,
        ],
      },
    ],
    findings: [
      `aws-lc ${AWS_LC}: error hijacked-crypto-binding EVP_sha1\n  ${CURL} EVP_sha1 ${AWS_LC}`,
      `aws-lc ${AWS_LC}: warning unversioned-openssl EVP_sha1`,
    ],
  },
  {
    title: 'an observer in /etc/ld.so.preload with a copy inside',
    reports: ['criblio/appscope#650', 'criblio/appscope#1425', 'appview-team/appview#13'],
    packages: [
      {
        name: 'appscope',
        objects: [{ path: SCOPE, soname: null, defines: ['OPENSSL_cleanup', 'SSL_read', 'SSL_write'] }],
        texts: { '/etc/ld.so.preload': `${SCOPE}\n` },
      },
      { name: 'openssl-libs', objects: [{ path: '/usr/lib64/libssl.so.3', nodes: [['OPENSSL_3.0.0', ['SSL_read', 'SSL_write']]] }] },
      { name: 'wget', objects: [{ path: '/usr/bin/wget', links: ['/usr/lib64/libssl.so.3'], calls: ['SSL_read', 'SSL_write'] }] },
    ],
    starts: [{ program: '/usr/bin/wget', binds: [`/usr/bin/wget SSL_read ${SCOPE}`, `/usr/bin/wget SSL_write ${SCOPE}`] }],
    findings: [
      `appscope ${SCOPE}: error hijacked-crypto-binding SSL_read SSL_write\n  /usr/bin/wget SSL_read ${SCOPE}\n  /usr/bin/wget SSL_write ${SCOPE}`,
      `appscope ${SCOPE}: error unversioned-crypto-export OPENSSL_cleanup SSL_read SSL_write`,
    ],
  },
  {
    title: 'a module built against another distribution’s nodes',
    reports: ['netty/netty-tcnative#471'],
    buildTime: [
      {
        path: '/usr/lib64/libssl.so.1.0.0',
        nodes: [
          ['OPENSSL_1.0.0', ['SSL_new']],
          ['OPENSSL_1.0.1', ['TLSv1_2_server_method']],
        ],
      },
    ],
    packages: [
      {
        name: 'libopenssl1_0_0',
        objects: [
          {
            path: '/usr/lib64/libssl.so.1.0.0',
            nodes: [
              ['OPENSSL_1.0.0', ['SSL_new', 'TLSv1_2_server_method']],
              ['OPENSSL_1.0.1', ['SSL_CTX_set_alpn_protos']],
            ],
          },
        ],
      },
      {
        name: 'netty-tcnative',
        objects: [
          { path: NETTY, defines: ['JNI_OnLoad'], links: ['/usr/lib64/libssl.so.1.0.0'], calls: ['SSL_new', 'TLSv1_2_server_method'] },
        ],
      },
      { name: 'flink', objects: [{ path: '/usr/bin/flink', links: [NETTY], calls: ['JNI_OnLoad'] }] },
    ],
    starts: [
      {
        program: '/usr/bin/flink',
        binds: [`/usr/bin/flink JNI_OnLoad ${NETTY}`, `${NETTY} SSL_new /usr/lib64/libssl.so.1.0.0`],
        error: 'undefined symbol: TLSv1_2_server_method, version OPENSSL_1.0.1',
      },
    ],
    findings: [],
  },
  {
    title: 'a wheel’s libcrypto with a hash in its soname and the nodes of the libcrypto that the host needs',
    reports: ['pyca/cryptography#3804', 'unbit/uwsgi#1590'],
    packages: [
      { name: 'openssl-libs', objects: [{ path: CRYPTO_1_1, nodes: [['OPENSSL_1_1_0', ['EVP_sha1', 'RAND_bytes']]] }] },
      {
        name: 'python3-cryptography',
        objects: [
          { path: HASHED, nodes: [['OPENSSL_1_1_0', ['EVP_chacha20', 'EVP_sha1', 'RAND_bytes']]] },
          {
            path: `${WHEEL}/_openssl.abi3.so`,
            soname: null,
            links: [HASHED],
            calls: ['EVP_chacha20', 'EVP_sha1'],
            flags: ['-Wl,-rpath,$ORIGIN/../cryptography.libs'],
          },
        ],
      },
      {
        name: 'uwsgi',
        objects: [{ path: '/usr/bin/uwsgi', links: [CRYPTO_1_1], calls: ['RAND_bytes'], opens: `${WHEEL}/_openssl.abi3.so` }],
      },
    ],
    starts: [
      {
        program: '/usr/bin/uwsgi',
        binds: [`/usr/bin/uwsgi RAND_bytes ${CRYPTO_1_1}`],
        bindsLater: [`${WHEEL}/_openssl.abi3.so EVP_chacha20 ${HASHED}`, `${WHEEL}/_openssl.abi3.so EVP_sha1 ${CRYPTO_1_1}`],
      },
    ],
    findings: [`python3-cryptography ${HASHED}: error forged-crypto-version EVP_chacha20 EVP_sha1 RAND_bytes`],
  },
  {
    title: 'the same in one process from its start: the copy’s user is the victim, the copy the cause',
    reports: ['pyca/cryptography#3804', 'unbit/uwsgi#1590'],
    packages: [
      { name: 'openssl-libs', objects: [{ path: CRYPTO_1_1, nodes: [['OPENSSL_1_1_0', ['EVP_sha1', 'RAND_bytes']]] }] },
      {
        name: 'vendor-sdk',
        objects: [
          { path: VENDOR_CRYPTO, nodes: [['OPENSSL_1_1_0', ['EVP_chacha20', 'EVP_sha1', 'RAND_bytes']]] },
          {
            path: VENDOR,
            defines: ['vendor_init'],
            links: [VENDOR_CRYPTO],
            calls: ['EVP_chacha20', 'EVP_sha1'],
            flags: ['-Wl,-rpath,$ORIGIN'],
          },
        ],
      },
      {
        name: 'app',
        objects: [
          {
            path: '/usr/bin/app',
            links: [CRYPTO_1_1, VENDOR],
            calls: ['RAND_bytes', 'vendor_init'],
            flags: ['-Wl,-rpath,/opt/vendor/lib'],
          },
        ],
      },
    ],
    starts: [
      {
        program: '/usr/bin/app',
        binds: [
          `${VENDOR} EVP_chacha20 ${VENDOR_CRYPTO}`,
          `${VENDOR} EVP_sha1 ${CRYPTO_1_1}`,
          `/usr/bin/app RAND_bytes ${CRYPTO_1_1}`,
          `/usr/bin/app vendor_init ${VENDOR}`,
        ],
      },
    ],
    findings: [
      `vendor-sdk ${VENDOR_CRYPTO}: error forged-crypto-version EVP_chacha20 EVP_sha1 RAND_bytes`,
      `vendor-sdk ${VENDOR}: error hijacked-crypto-binding EVP_sha1\n  ${VENDOR} EVP_sha1 ${CRYPTO_1_1}`,
    ],
  },
  {
    title: 'a program has copies of OpenSSL’s objects by R_X86_64_COPY, as every program that is not a PIE',
    reports: [],
    packages: [
      {
        name: 'openssl-libs',
        objects: [{ path: CRYPTO_1_0, nodes: [['OPENSSL_1.0.0', ['EVP_sha1', 'X509_it']]], data: ['X509_it'], calls: ['X509_it'] }],
      },
      {
        name: 'sscep',
        objects: [
          {
            path: '/usr/bin/sscep',
            links: [CRYPTO_1_0],
            calls: ['EVP_sha1', 'X509_it'],
            data: ['X509_it'],
            flags: ['-fno-pic', '-no-pie'],
          },
        ],
      },
    ],
    starts: [
      {
        program: '/usr/bin/sscep',
        binds: [`/usr/bin/sscep EVP_sha1 ${CRYPTO_1_0}`, `/usr/bin/sscep X509_it ${CRYPTO_1_0}`, `${CRYPTO_1_0} X509_it /usr/bin/sscep`],
      },
    ],
    findings: [],
  },
  {
    title: 'a program that is not a PIE takes the address of a function: its PLT entry stands for it in the whole process',
    reports: [],
    packages: [
      {
        name: 'openssl-libs',
        objects: [
          {
            path: CRYPTO_1_0,
            nodes: [['OPENSSL_1.0.0', ['X509_STORE_free', 'X509_free', 'sk_pop_free']]],
            calls: ['sk_pop_free'],
            addresses: ['X509_free'],
          },
        ],
      },
      {
        name: 'sscep',
        objects: [
          {
            path: '/usr/bin/sscep',
            links: [CRYPTO_1_0],
            calls: ['X509_free', 'sk_pop_free'],
            addresses: ['X509_free'],
            flags: ['-fno-pic', '-no-pie'],
          },
        ],
      },
    ],
    starts: [
      {
        program: '/usr/bin/sscep',
        binds: [
          `/usr/bin/sscep X509_free ${CRYPTO_1_0}`,
          `/usr/bin/sscep sk_pop_free ${CRYPTO_1_0}`,
          `${CRYPTO_1_0} X509_free /usr/bin/sscep`,
          `${CRYPTO_1_0} sk_pop_free ${CRYPTO_1_0}`,
        ],
      },
    ],
    findings: [],
  },
  {
    title: 'an environment’s libcrypto by LD_LIBRARY_PATH in a program of the system',
    reports: [
      'ContinuumIO/anaconda-issues#13210',
      'conda/conda#10241',
      'borgbackup/borg#5897',
      'google/syzkaller#6626',
      'openssl/openssl#30666',
    ],
    packages: [
      {
        name: 'openssl-libs',
        objects: [
          {
            path: CRYPTO_1_1,
            nodes: [
              ['OPENSSL_1_1_0', ['EVP_sha1']],
              ['OPENSSL_1_1_1b', ['EVP_KDF_ctrl', 'OPENSSL_INIT_set_config_filename']],
            ],
          },
        ],
      },
      {
        name: 'anaconda',
        objects: [
          {
            path: CONDA,
            nodes: [
              ['OPENSSL_1_1_0', ['EVP_sha1']],
              ['OPENSSL_1_1_1b', ['OPENSSL_INIT_set_config_filename']],
            ],
          },
        ],
      },
      { name: 'openssh-clients', objects: [{ path: '/usr/bin/ssh', links: [CRYPTO_1_1], calls: ['EVP_KDF_ctrl', 'EVP_sha1'] }] },
    ],
    starts: [
      { program: '/usr/bin/ssh', binds: [`/usr/bin/ssh EVP_KDF_ctrl ${CRYPTO_1_1}`, `/usr/bin/ssh EVP_sha1 ${CRYPTO_1_1}`] },
      {
        program: '/usr/bin/ssh',
        libraryPath: '/opt/anaconda/lib',
        binds: [`/usr/bin/ssh EVP_sha1 ${CONDA}`],
        error: 'undefined symbol: EVP_KDF_ctrl, version OPENSSL_1_1_1b',
      },
    ],
    findings: [`anaconda ${CONDA}: info bundled-openssl`, `anaconda ${CONDA}: warning private-openssl-soname`],
  },
]

function withSystemSoname({
  flags,
  ...rest
}: Pick<Incident, 'title' | 'reports' | 'pending'> & { readonly flags: readonly string[] }): Incident {
  const ruby = '/opt/vagrant/embedded/bin/ruby'
  const kerberos = '/usr/lib64/libk5crypto.so.3'
  return {
    ...rest,
    packages: [
      {
        name: 'openssl-libs',
        objects: [
          {
            path: CRYPTO_1_1,
            nodes: [
              ['OPENSSL_1_1_0', ['EVP_sha1']],
              ['OPENSSL_1_1_1b', ['EVP_KDF_ctrl', 'OPENSSL_INIT_set_config_filename']],
            ],
          },
        ],
      },
      {
        name: 'krb5-libs',
        objects: [{ path: kerberos, defines: ['krb5_c_encrypt'], links: [CRYPTO_1_1], calls: ['EVP_KDF_ctrl', 'EVP_sha1'] }],
      },
      {
        name: 'vagrant',
        objects: [
          {
            path: VAGRANT,
            nodes: [
              ['OPENSSL_1_1_0', ['EVP_sha1']],
              ['OPENSSL_1_1_1b', ['OPENSSL_INIT_set_config_filename']],
            ],
          },
          { path: ruby, links: [VAGRANT, kerberos], calls: ['EVP_sha1', 'krb5_c_encrypt'], flags },
        ],
      },
    ],
    starts: [
      {
        program: ruby,
        binds: [`${ruby} EVP_sha1 ${VAGRANT}`, `${ruby} krb5_c_encrypt ${kerberos}`, `${kerberos} EVP_sha1 ${VAGRANT}`],
        error: 'undefined symbol: EVP_KDF_ctrl, version OPENSSL_1_1_1b',
      },
    ],
    // EVP_KDF_ctrl is Red Hat's own addition, and not in the catalogue.
    findings: [`vagrant ${VAGRANT}: error private-openssl-soname EVP_KDF_ctrl EVP_sha1`, `vagrant ${VAGRANT}: info bundled-openssl`],
  }
}
