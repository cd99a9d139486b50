/** Copies of OpenSSL and its kin inside programs and libraries, whose functions are exported. */
import type { Incident, PackagePlan } from './incident.js'

const CRYPTO_3 = '/usr/lib64/libcrypto.so.3'
const SSL_3 = '/usr/lib64/libssl.so.3'
const CRYPTO_1_1 = '/usr/lib64/libcrypto.so.1.1'
const SSL_0_9_8 = '/usr/lib64/libssl.so.0.9.8'

const BORINGSSL = '/usr/lib64/chromium-browser/libboringssl.so'
const PKCS11 = '/usr/lib64/opensc-pkcs11.so'
const ODBC = '/usr/lib64/libmyodbc8w.so'
const DRIVER = '/opt/driver/lib/libsqldriver.so.17'
const VENDOR_CURL = '/usr/lib64/libvendorcurl.so.4'
const HASH = '/usr/lib64/libr_hash.so.5'
const SSH = '/usr/lib64/libssh.so.4'
const WOLFSSL = '/usr/lib64/libwolfssl.so.42'
const LDAP = '/usr/lib64/libldap.so.2'
const NSS = '/usr/lib64/libnss3.so'
const CURL = '/usr/lib64/libcurl.so.4'
const ROS_CURL = '/opt/ros/lib/libcurl.so.4'
const [YMQ, STORAGE] = ['_ymq.so', '_storage.so'].map(name => `/usr/lib64/scaler/${name}`) as [string, string]
const WHEEL = '/usr/lib64/python3.8/site-packages/confluent_kafka'
const RDKAFKA = `${WHEEL}.libs/librdkafka-5e2f3a1c.so.1`

const crypto3 = (...functions: readonly string[]): PackagePlan => ({
  name: 'openssl-libs',
  objects: [{ path: CRYPTO_3, nodes: [['OPENSSL_3.0.0', functions]] }],
})

export const STATIC_COPIES: readonly Incident[] = [
  {
    title: 'a program exports its copy to the libcrypto that a library brings',
    reports: ['getsentry/sentry-native#337'],
    packages: [
      {
        name: 'openssl-libs',
        objects: [
          {
            path: CRYPTO_3,
            nodes: [['OPENSSL_3.0.0', ['EVP_sha1', 'OPENSSL_sk_value', 'X509_STORE_load_file']]],
            calls: ['OPENSSL_sk_value'],
          },
        ],
      },
      {
        name: 'sentry-native',
        objects: [{ path: '/usr/lib64/libsentry.so.0', defines: ['sentry_init'], links: [CRYPTO_3], calls: ['X509_STORE_load_file'] }],
      },
      {
        name: 'game',
        objects: [
          {
            path: '/usr/bin/game',
            defines: ['EVP_sha1', 'OPENSSL_sk_value'],
            links: ['/usr/lib64/libsentry.so.0'],
            calls: ['sentry_init'],
            flags: ['-rdynamic'],
          },
        ],
      },
    ],
    starts: [
      {
        program: '/usr/bin/game',
        binds: [
          '/usr/bin/game sentry_init /usr/lib64/libsentry.so.0',
          `${CRYPTO_3} OPENSSL_sk_value /usr/bin/game`,
          `/usr/lib64/libsentry.so.0 X509_STORE_load_file ${CRYPTO_3}`,
        ],
      },
    ],
    findings: [
      `game /usr/bin/game: error hijacked-crypto-binding OPENSSL_sk_value\n  ${CRYPTO_3} OPENSSL_sk_value /usr/bin/game`,
      'game /usr/bin/game: warning crypto-export-from-program EVP_sha1 OPENSSL_sk_value',
    ],
  },
  {
    title: 'a program with BoringSSL inside needs libssl, which makes the link editor export what both define',
    reports: ['livekit/rust-sdks#89', 'livekit/rust-sdks#1187', 'machinezone/IXWebSocket#375', 'googleapis/google-cloud-cpp#1087'],
    packages: [
      {
        name: 'openssl-libs',
        objects: [
          { path: CRYPTO_3, nodes: [['OPENSSL_3.0.0', ['EVP_sha1', 'HMAC', 'RAND_bytes']]] },
          { path: SSL_3, nodes: [['OPENSSL_3.0.0', ['SSL_new']]], links: [CRYPTO_3], calls: ['EVP_sha1', 'RAND_bytes'] },
        ],
      },
      {
        name: 'room',
        objects: [
          { path: '/usr/bin/room', defines: ['EVP_sha1', 'HMAC'], links: [SSL_3, CRYPTO_3], calls: ['EVP_sha1', 'HMAC', 'SSL_new'] },
        ],
      },
    ],
    starts: [
      {
        program: '/usr/bin/room',
        binds: [`/usr/bin/room SSL_new ${SSL_3}`, `${SSL_3} EVP_sha1 /usr/bin/room`, `${SSL_3} RAND_bytes ${CRYPTO_3}`],
      },
    ],
    findings: [
      `room /usr/bin/room: error hijacked-crypto-binding EVP_sha1\n  ${SSL_3} EVP_sha1 /usr/bin/room`,
      'room /usr/bin/room: warning crypto-export-from-program EVP_sha1 HMAC',
    ],
  },
  {
    title: 'an interpreter exports its copy to a driver that it loads later',
    reports: ['IBM/node-odbc#136'],
    packages: [
      {
        name: 'openssl-libs',
        objects: [{ path: '/usr/lib64/libssl.so.10', nodes: [['libssl.so.10', ['SSL_CTX_set_cipher_list', 'SSL_new']]] }],
      },
      {
        name: 'mysql-connector-odbc',
        objects: [{ path: ODBC, links: ['/usr/lib64/libssl.so.10'], calls: ['SSL_CTX_set_cipher_list', 'SSL_new'] }],
      },
      {
        name: 'nodejs',
        objects: [{ path: '/usr/bin/node', defines: ['SSL_CTX_set_cipher_list'], flags: ['-rdynamic'], opens: ODBC }],
      },
    ],
    starts: [
      {
        program: '/usr/bin/node',
        binds: [],
        bindsLater: [`${ODBC} SSL_CTX_set_cipher_list /usr/bin/node`, `${ODBC} SSL_new /usr/lib64/libssl.so.10`],
      },
    ],
    findings: [
      'nodejs /usr/bin/node: warning crypto-export-from-program SSL_CTX_set_cipher_list',
      `nodejs /usr/bin/node: warning hijacked-crypto-binding SSL_CTX_set_cipher_list\n  ${ODBC} SSL_CTX_set_cipher_list /usr/bin/node`,
    ],
  },
  {
    title: 'a browser’s private BoringSSL serves a PKCS#11 module',
    reports: ['OpenSC/OpenSC#1047'],
    packages: [
      { name: 'openssl-libs', objects: [{ path: CRYPTO_1_1, nodes: [['OPENSSL_1_1_0', ['EVP_sha1', 'X509_verify']]] }] },
      { name: 'opensc', objects: [{ path: PKCS11, links: [CRYPTO_1_1], calls: ['X509_verify'] }] },
      {
        name: 'chromium',
        objects: [
          { path: BORINGSSL, defines: ['EVP_sha1', 'X509_verify'] },
          {
            path: '/usr/bin/chromium',
            links: [BORINGSSL],
            calls: ['EVP_sha1'],
            flags: ['-Wl,-rpath,/usr/lib64/chromium-browser'],
            opens: PKCS11,
          },
        ],
      },
    ],
    starts: [
      {
        program: '/usr/bin/chromium',
        binds: [`/usr/bin/chromium EVP_sha1 ${BORINGSSL}`],
        bindsLater: [`${PKCS11} X509_verify ${BORINGSSL}`],
      },
    ],
    findings: [`chromium ${BORINGSSL}: error unversioned-crypto-export EVP_sha1 X509_verify`],
  },
  {
    title: 'two copies meet: a driver’s own calls go to the program',
    reports: ['openssl/openssl#18257'],
    packages: [
      {
        name: 'sqldriver',
        objects: [{ path: DRIVER, defines: ['EVP_md5', 'EVP_sha1', 'SQLConnect'], calls: ['EVP_md5', 'EVP_sha1'] }],
      },
      {
        name: 'fipsapp',
        objects: [
          {
            path: '/usr/bin/fipsapp',
            defines: ['EVP_sha1', 'OSSL_PROVIDER_load'],
            links: [DRIVER],
            calls: ['SQLConnect'],
            flags: ['-rdynamic', '-Wl,-rpath,/opt/driver/lib'],
          },
        ],
      },
    ],
    starts: [
      {
        program: '/usr/bin/fipsapp',
        binds: [`${DRIVER} EVP_md5 ${DRIVER}`, `${DRIVER} EVP_sha1 /usr/bin/fipsapp`, `/usr/bin/fipsapp SQLConnect ${DRIVER}`].sort(),
      },
    ],
    findings: [
      'fipsapp /usr/bin/fipsapp: warning crypto-export-from-program EVP_sha1 OSSL_PROVIDER_load',
      `sqldriver ${DRIVER}: error unversioned-crypto-export EVP_md5 EVP_sha1`,
      `sqldriver ${DRIVER}: warning hijacked-crypto-binding EVP_sha1\n  ${DRIVER} EVP_sha1 /usr/bin/fipsapp`,
    ],
  },
  {
    title: 'a libcurl with a copy inside, in a process that has an older libssl',
    reports: ['curl/curl#567'],
    packages: [
      { name: 'compat-openssl098', objects: [{ path: SSL_0_9_8, nodes: [['OPENSSL_0.9.8', ['SSL_connect', 'SSL_free']]] }] },
      {
        name: 'vendor-curl',
        objects: [{ path: VENDOR_CURL, defines: ['SSL_connect', 'SSL_free', 'curl_easy_init'], calls: ['SSL_connect', 'SSL_free'] }],
      },
      {
        name: 'tool',
        objects: [{ path: '/usr/bin/tool', links: [SSL_0_9_8, VENDOR_CURL], calls: ['SSL_free', 'curl_easy_init'] }],
      },
    ],
    starts: [
      {
        program: '/usr/bin/tool',
        binds: [
          `/usr/bin/tool SSL_free ${SSL_0_9_8}`,
          `/usr/bin/tool curl_easy_init ${VENDOR_CURL}`,
          `${VENDOR_CURL} SSL_connect ${SSL_0_9_8}`,
          `${VENDOR_CURL} SSL_free ${SSL_0_9_8}`,
        ],
      },
    ],
    findings: [
      `vendor-curl ${VENDOR_CURL}: error unversioned-crypto-export SSL_connect SSL_free`,
      `vendor-curl ${VENDOR_CURL}: warning hijacked-crypto-binding SSL_connect SSL_free\n  ${VENDOR_CURL} SSL_connect ${SSL_0_9_8}\n  ${VENDOR_CURL} SSL_free ${SSL_0_9_8}`,
    ],
  },
  {
    title: 'a library’s own MD5 under OpenSSL’s names',
    reports: ['radareorg/radare2#19125', 'cesanta/mongoose#757', 'jmcnamara/libxlsxwriter#260', 'informatikr/scrypt#9'],
    packages: [
      crypto3('MD5_Final', 'MD5_Init', 'MD5_Update'),
      { name: 'libssh', objects: [{ path: SSH, defines: ['ssh_new'], links: [CRYPTO_3], calls: ['MD5_Final', 'MD5_Init'] }] },
      { name: 'radare2', objects: [{ path: HASH, defines: ['MD5_Final', 'MD5_Init', 'MD5_Update', 'r_hash_new'] }] },
      { name: 'cutter', objects: [{ path: '/usr/bin/cutter', links: [HASH, SSH], calls: ['r_hash_new', 'ssh_new'] }] },
    ],
    starts: [
      {
        program: '/usr/bin/cutter',
        binds: [
          `/usr/bin/cutter r_hash_new ${HASH}`,
          `/usr/bin/cutter ssh_new ${SSH}`,
          `${SSH} MD5_Final ${HASH}`,
          `${SSH} MD5_Init ${HASH}`,
        ],
      },
    ],
    findings: [
      `radare2 ${HASH}: error hijacked-crypto-binding MD5_Final MD5_Init\n  ${SSH} MD5_Final ${HASH}\n  ${SSH} MD5_Init ${HASH}`,
      `radare2 ${HASH}: error unversioned-crypto-export MD5_Final MD5_Init MD5_Update`,
    ],
  },
  {
    title: 'one of OpenSSL’s names that wolfSSL defines by mistake',
    reports: ['wolfSSL/wolfssl#8171'],
    packages: [
      { name: 'openssl-libs', objects: [{ path: SSL_3, nodes: [['OPENSSL_3.0.0', ['ERR_load_SSL_strings', 'SSL_new']]] }] },
      {
        name: 'openldap',
        objects: [{ path: LDAP, defines: ['ldap_open'], links: [SSL_3], calls: ['ERR_load_SSL_strings', 'SSL_new'] }],
      },
      { name: 'wolfssl', objects: [{ path: WOLFSSL, defines: ['ERR_load_SSL_strings', 'wolfSSL_new'] }] },
      { name: 'service', objects: [{ path: '/usr/bin/service', links: [WOLFSSL, LDAP], calls: ['ldap_open', 'wolfSSL_new'] }] },
    ],
    starts: [
      {
        program: '/usr/bin/service',
        binds: [
          `/usr/bin/service ldap_open ${LDAP}`,
          `/usr/bin/service wolfSSL_new ${WOLFSSL}`,
          `${LDAP} ERR_load_SSL_strings ${WOLFSSL}`,
          `${LDAP} SSL_new ${SSL_3}`,
        ],
      },
    ],
    findings: [
      `wolfssl ${WOLFSSL}: error hijacked-crypto-binding ERR_load_SSL_strings\n  ${LDAP} ERR_load_SSL_strings ${WOLFSSL}`,
      `wolfssl ${WOLFSSL}: error unversioned-crypto-export ERR_load_SSL_strings`,
    ],
  },
  {
    title: 'HMAC of NSS in the process of a Python that uses OpenSSL’s',
    reports: ['Sigil-Ebook/Sigil#604'],
    packages: [
      crypto3('HMAC_Final', 'HMAC_Init_ex', 'HMAC_Update'),
      {
        name: 'python3-libs',
        objects: [
          {
            path: '/usr/lib64/libpython3.8.so.1.0',
            defines: ['Py_Main'],
            links: [CRYPTO_3],
            calls: ['HMAC_Final', 'HMAC_Init_ex', 'HMAC_Update'],
          },
        ],
      },
      { name: 'nss', objects: [{ path: NSS, defines: ['HMAC_Final', 'HMAC_Update', 'NSS_Init'] }] },
      {
        name: 'sigil',
        objects: [{ path: '/usr/bin/sigil', links: [NSS, '/usr/lib64/libpython3.8.so.1.0'], calls: ['NSS_Init', 'Py_Main'] }],
      },
    ],
    starts: [
      {
        program: '/usr/bin/sigil',
        binds: [
          `/usr/bin/sigil NSS_Init ${NSS}`,
          '/usr/bin/sigil Py_Main /usr/lib64/libpython3.8.so.1.0',
          `/usr/lib64/libpython3.8.so.1.0 HMAC_Final ${NSS}`,
          `/usr/lib64/libpython3.8.so.1.0 HMAC_Init_ex ${CRYPTO_3}`,
          `/usr/lib64/libpython3.8.so.1.0 HMAC_Update ${NSS}`,
        ],
      },
    ],
    findings: [
      `nss ${NSS}: error hijacked-crypto-binding HMAC_Final HMAC_Update\n  /usr/lib64/libpython3.8.so.1.0 HMAC_Final ${NSS}\n  /usr/lib64/libpython3.8.so.1.0 HMAC_Update ${NSS}`,
      `nss ${NSS}: info unversioned-crypto-export HMAC_Final HMAC_Update`,
    ],
  },
  {
    title: 'a wheel’s copy, in a library with a hash in its soname, calls the interpreter’s libcrypto',
    reports: ['confluentinc/confluent-kafka-python#1519'],
    packages: [
      { name: 'openssl-libs', objects: [{ path: CRYPTO_1_1, nodes: [['OPENSSL_1_1_0', ['CRYPTO_THREAD_read_lock', 'EVP_sha1']]] }] },
      {
        name: 'python3-confluent-kafka',
        objects: [
          {
            path: RDKAFKA,
            defines: ['CRYPTO_THREAD_read_lock', 'EVP_Q_digest', 'rd_kafka_new'],
            calls: ['CRYPTO_THREAD_read_lock', 'EVP_Q_digest'],
          },
          {
            path: `${WHEEL}/cimpl.so`,
            soname: null,
            links: [RDKAFKA],
            calls: ['rd_kafka_new'],
            flags: ['-Wl,-rpath,$ORIGIN/../confluent_kafka.libs'],
          },
        ],
      },
      {
        name: 'python3',
        objects: [{ path: '/usr/bin/python3', links: [CRYPTO_1_1], calls: ['EVP_sha1'], opens: `${WHEEL}/cimpl.so` }],
      },
    ],
    starts: [
      {
        program: '/usr/bin/python3',
        binds: [`/usr/bin/python3 EVP_sha1 ${CRYPTO_1_1}`],
        bindsLater: [
          `${RDKAFKA} CRYPTO_THREAD_read_lock ${CRYPTO_1_1}`,
          `${RDKAFKA} EVP_Q_digest ${RDKAFKA}`,
          `${WHEEL}/cimpl.so rd_kafka_new ${RDKAFKA}`,
        ],
      },
    ],
    findings: [`python3-confluent-kafka ${RDKAFKA}: error unversioned-crypto-export CRYPTO_THREAD_read_lock EVP_Q_digest`],
  },
  {
    title: 'a vendor’s libcurl with a copy inside takes the place of the system’s, by ld.so.conf.d',
    reports: ['ros/resource_retriever#62', 'CMU-Perceptual-Computing-Lab/openpose#507', 'curl/curl#11158'],
    packages: [
      { name: 'openssl-libs', objects: [{ path: SSL_3, nodes: [['OPENSSL_3.0.0', ['SSL_free', 'SSL_new']]] }] },
      {
        name: 'libcurl',
        objects: [{ path: CURL, nodes: [['CURL_OPENSSL_4', ['curl_easy_init']]], links: [SSL_3], calls: ['SSL_new'] }],
      },
      {
        name: 'ros-libcurl-vendor',
        objects: [{ path: ROS_CURL, defines: ['SSL_free', 'SSL_new', 'curl_easy_init'], calls: ['SSL_new'] }],
        texts: { '/etc/ld.so.conf.d/ros.conf': '/opt/ros/lib\n' },
      },
      {
        name: 'git-core',
        objects: [{ path: '/usr/libexec/git-remote-https', links: [CURL, SSL_3], calls: ['SSL_free', 'curl_easy_init'] }],
      },
    ],
    starts: [
      {
        program: '/usr/libexec/git-remote-https',
        binds: [
          `${ROS_CURL} SSL_new ${ROS_CURL}`,
          `/usr/libexec/git-remote-https SSL_free ${ROS_CURL}`,
          `/usr/libexec/git-remote-https curl_easy_init ${ROS_CURL}`,
        ],
      },
    ],
    findings: [
      `ros-libcurl-vendor ${ROS_CURL}: error hijacked-crypto-binding SSL_free\n  /usr/libexec/git-remote-https SSL_free ${ROS_CURL}`,
      `ros-libcurl-vendor ${ROS_CURL}: error unversioned-crypto-export SSL_free SSL_new`,
    ],
  },
  {
    title: 'two modules of one package, each with a copy',
    reports: ['finos/opengris-scaler#954', 'grpc/grpc#42325'],
    packages: [
      {
        name: 'python3-scaler',
        objects: [
          { path: YMQ, defines: ['SSL_CTX_new', 'SSL_read', 'ymq_init'], calls: ['SSL_CTX_new'] },
          { path: STORAGE, defines: ['SSL_CTX_new', 'SSL_read', 'storage_init'], calls: ['SSL_CTX_new', 'SSL_read'] },
          {
            path: '/usr/bin/scaler',
            links: [YMQ, STORAGE],
            calls: ['storage_init', 'ymq_init'],
            flags: ['-Wl,-rpath,/usr/lib64/scaler'],
          },
        ],
      },
    ],
    starts: [
      {
        program: '/usr/bin/scaler',
        binds: [
          `/usr/bin/scaler storage_init ${STORAGE}`,
          `/usr/bin/scaler ymq_init ${YMQ}`,
          `${STORAGE} SSL_CTX_new ${YMQ}`,
          `${STORAGE} SSL_read ${YMQ}`,
          `${YMQ} SSL_CTX_new ${YMQ}`,
        ],
      },
    ],
    findings: [
      `python3-scaler ${STORAGE}: error unversioned-crypto-export SSL_CTX_new SSL_read`,
      `python3-scaler ${STORAGE}: warning hijacked-crypto-binding SSL_CTX_new SSL_read\n  ${STORAGE} SSL_CTX_new ${YMQ}\n  ${STORAGE} SSL_read ${YMQ}`,
      `python3-scaler ${YMQ}: error unversioned-crypto-export SSL_CTX_new SSL_read`,
    ],
  },
  {
    title: 'symbols that are not OpenSSL’s go astray, which is not ours to report',
    reports: ['heimdal/heimdal#770', 'DCIT/perl-CryptX#68'],
    packages: [
      { name: 'heimdal-libs', objects: [{ path: '/usr/lib64/libasn1.so.8', defines: ['der_length_octet_string', 'der_put_length'] }] },
      {
        name: 'perl-CryptX',
        objects: [
          {
            path: '/usr/lib64/perl5/CryptX.so',
            soname: 'CryptX.so',
            defines: ['boot_CryptX', 'der_length_octet_string'],
            calls: ['der_length_octet_string'],
          },
        ],
      },
      {
        name: 'httpd',
        objects: [
          {
            path: '/usr/sbin/httpd',
            links: ['/usr/lib64/libasn1.so.8', '/usr/lib64/perl5/CryptX.so'],
            calls: ['boot_CryptX', 'der_put_length'],
            flags: ['-Wl,-rpath,/usr/lib64/perl5'],
          },
        ],
      },
    ],
    starts: [
      {
        program: '/usr/sbin/httpd',
        binds: [
          '/usr/lib64/perl5/CryptX.so der_length_octet_string /usr/lib64/libasn1.so.8',
          '/usr/sbin/httpd boot_CryptX /usr/lib64/perl5/CryptX.so',
          '/usr/sbin/httpd der_put_length /usr/lib64/libasn1.so.8',
        ],
      },
    ],
    findings: [],
  },
]
