/** A whole package in memory: its files in the header, and as gzip-compressed newc members in the payload. */
import { gzipSync } from 'node:zlib'
import { archive } from './cpio-builder.js'
import { buildPackage, type PackageParts } from './rpm-builder.js'

/** Paths are absolute, for a binary package. */
export function packageWith(files: Readonly<Record<string, Uint8Array>>, parts: PackageParts = {}): Buffer {
  const listed = Object.entries(files).map(([path, bytes]) => ({ path, content: Buffer.from(bytes).toString('latin1') }))
  const members = listed.map(({ path, content }, index) => ({ name: `.${path}`, data: content, inode: index + 1 }))
  return buildPackage({ files: listed, payload: gzipSync(archive(...members)), ...parts })
}
