/** POSIX constants that more than one format uses. */

/** File types in st_mode. Source: sys/stat.h; the values are those of Linux and of cpio's newc format. */
export const S_IFMT = 0o170000
export const S_IFREG = 0o100000
export const S_IFLNK = 0o120000
export const S_IFDIR = 0o040000
export const S_IFIFO = 0o010000
export const S_IFCHR = 0o020000
export const S_IFBLK = 0o060000
export const S_IFSOCK = 0o140000

/** Bytes of the longest path, including its NUL. Source: Linux' limits.h. */
export const PATH_MAX = 4096
