# Symbols that prove nothing alone.

client "$(version_script md5-init)" c/md5.c
package libdbclient-one-generic-name 'One generic name alone'

client c/md5.c
package libdbclient-three-generic-names 'Three generic names of one family'

client "$(version_script md5-init-and-lock)" c/md5.c c/working.c
package libdbclient-generic-beside-strong 'A generic name beside one of OpenSSL alone'
