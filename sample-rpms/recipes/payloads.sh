# Every compressor that rpmbuild has, and two packages that come damaged.

payload=w9.gzdio sample gzip 'Payload by gzip' c/do-nothing.c
payload=w9.bzdio sample bzip2 'Payload by bzip2' c/do-nothing.c
payload=w6.lzdio sample lzma 'Payload by lzma' c/do-nothing.c
payload=w6.xzdio sample xz 'Payload by xz' c/do-nothing.c
payload=w19.zstdio sample zstd 'Payload by zstd' c/do-nothing.c
payload=w.ufdio sample uncompressed 'Payload as it is' c/do-nothing.c

sample cut 'A package that arrived in part' c/do-nothing.c
truncate -s -200 "$out/libdbclient-cut-1.0-1.x86_64.rpm"

client c/do-nothing.c
truncate -s 600 staged/usr/lib64/libdbclient.so.16.0.0
package libdbclient-cut-library 'A sound package with a library cut short'
