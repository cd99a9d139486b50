# The chain of 2012: a library is built, passed on without its source, packed again twice, and at last fixed.

mkdir -p mysql-5.1.61 percona-server-5.5.20
cp c/mysql.c c/do-nothing.c c/dbclient.h mysql-5.1.61/
cp c/mysql.c c/do-nothing.c c/dbclient.h maps/libmysqlclient.map percona-server-5.5.20/
tarball mysql-5.1.61.tar.gz mysql-5.1.61
tarball percona-server-5.5.20.tar.gz percona-server-5.5.20

source_file mysql-5.1.61.tar.gz
rpm_build -ba --define '_binary_payload w6.xzdio' specs/mysql-shared-compat.spec

source_file "$out/MySQL-shared-compat-5.1.61-1.x86_64.rpm"
rpm_build -ba --define '_binary_payload w6.xzdio' specs/percona-repackaged.spec
rpm_build -bs --define 'carried 1' specs/percona-repackaged.spec

source_file percona-server-5.5.20.tar.gz
rpm_build -ba --define '_binary_payload w6.xzdio' specs/percona-fixed.spec
