/**
 * Hardlink sets: regular files of one device and inode, whose data the payload holds once.
 *
 * Source: rpm manual, "RPM v4 format", Payload; rpm's lib/rpmfi.cc (rpmfilesBuildNLink).
 */
import { isGhost, isRegular, type PackageFile } from './package-files.js'

/** Sets of two or more, each as ascending indexes into the file list, in the order of their first members. */
export function hardlinkSetsOf(files: readonly PackageFile[]): readonly (readonly number[])[] {
  const sets = new Map<string, number[]>()
  files.forEach((file, index) => {
    if (!isRegular(file) || isGhost(file) || file.inode === 0) return
    const key = `${file.device}:${file.inode}`
    const set = sets.get(key)
    if (set === undefined) sets.set(key, [index])
    else set.push(index)
  })
  return [...sets.values()].filter(set => set.length > 1)
}
