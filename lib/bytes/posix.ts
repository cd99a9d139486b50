/** Numbers of POSIX that more than one format builds on. */

/** File types as stat(2) has them in the mode. Source: sys/stat.h; the numbers are those of Linux and of cpio's newc form. */
export const S_IFMT = 0o170000
export const S_IFREG = 0o100000
export const S_IFLNK = 0o120000
export const S_IFDIR = 0o040000

/** Bytes of the longest path, its NUL included. Source: limits.h of Linux. */
export const PATH_MAX = 4096
