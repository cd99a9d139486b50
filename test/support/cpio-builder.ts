/** Builds cpio archives in memory, member by member. */

export interface TestMember {
  readonly name: string
  readonly data?: string
  readonly mode?: number
  readonly inode?: number
  readonly linkCount?: number
  readonly magic?: string
  /** Instead of the true length. */
  readonly fileSize?: number
  readonly nameSize?: number
}

/** A member of the newc form. */
export function member({
  name,
  data = '',
  mode = 0o100644,
  inode = 1,
  linkCount = 1,
  magic = '070701',
  fileSize,
  nameSize,
}: TestMember): Buffer {
  const fields = [inode, mode, 0, 0, linkCount, 0, fileSize ?? data.length, 0, 0, 0, 0, nameSize ?? name.length + 1, 0]
  const header = magic + fields.map(hex).join('') + name + '\0'
  return Buffer.concat([padded(header), padded(data)])
}

/** A member of the stripped form. */
export function strippedMember(index: number, data = ''): Buffer {
  return Buffer.concat([padded(`07070X${hex(index)}`), padded(data)])
}

export function trailer(): Buffer {
  return member({ name: 'TRAILER!!!', mode: 0, inode: 0 })
}

export function archive(...members: readonly (TestMember | Buffer)[]): Buffer {
  return Buffer.concat([...members.map(each => (Buffer.isBuffer(each) ? each : member(each))), trailer()])
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0')
}

function padded(text: string): Buffer {
  return Buffer.from(text + '\0'.repeat(-text.length & 3), 'latin1')
}
