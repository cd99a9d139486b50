/** Smaller inputs that still fail: first fewer mutations, then fewer bytes. */
import type { FuzzCase } from './cases.js'

const MOST_TRIES = 400
const MOST_MS = 20_000

type Fails<Value> = (value: Value) => Promise<boolean>

/** The list without what `fails` does not need: ddmin, with halves, quarters and so on left out. */
export async function shortest<Item>(items: readonly Item[], fails: Fails<readonly Item[]>): Promise<readonly Item[]> {
  let list = items
  for (let size = Math.ceil(list.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < list.length;) {
      const without = [...list.slice(0, at), ...list.slice(at + size)]
      if (await fails(without)) list = without
      else at += size
    }
  }
  return list
}

/** `fails` says whether a case still has the same failure. */
export async function smallest(
  genes: readonly number[],
  made: (genes: readonly number[]) => FuzzCase,
  fails: Fails<FuzzCase>,
): Promise<FuzzCase> {
  const limited = within(fails)
  const [first = 0, ...mutations] = genes
  const fewest = await shortest(mutations, shorter => limited(made([first, ...shorter])))
  const input = made([first, ...fewest])
  return withoutBytes(await withoutFiles(input, limited), limited)
}

/** After enough tries or seconds nothing fails any more, which ends the search. */
function within(fails: Fails<FuzzCase>): Fails<FuzzCase> {
  const end = performance.now() + MOST_MS
  let tries = 0
  return async input => tries++ < MOST_TRIES && performance.now() < end && (await fails(input))
}

async function withoutFiles(input: FuzzCase, fails: Fails<FuzzCase>): Promise<FuzzCase> {
  if (input.companions === null) return input
  const companions = await shortest(input.companions, fewer => fails({ ...input, companions: fewer }))
  const targets = await shortest(input.targets, fewer => fails({ ...input, companions, targets: fewer }))
  return { ...input, companions, targets }
}

/** Only what is small already, or what is left of it would take the whole time; a text by lines. */
async function withoutBytes(input: FuzzCase, fails: Fails<FuzzCase>): Promise<FuzzCase> {
  const { text, targets } = input
  if (text !== null) {
    const lines = await shortest(text.content.split('\n'), fewer => fails({ ...input, text: { ...text, content: fewer.join('\n') } }))
    return { ...input, text: { ...text, content: lines.join('\n') } }
  }
  const [target] = targets
  if (target === undefined || targets.length > 1) return input
  const withBytes = (bytes: Buffer<ArrayBuffer>): FuzzCase => ({ ...input, targets: [{ ...target, bytes }] })
  let bytes = target.bytes
  for (let length = bytes.length >> 1; length >= 1; length >>= 1) {
    if (await fails(withBytes(bytes.subarray(0, bytes.length - length)))) bytes = bytes.subarray(0, bytes.length - length)
  }
  for (let size = bytes.length >> 2; size >= 8; size >>= 1) {
    for (let at = 0; at + size <= bytes.length; at += size) {
      const without = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + size)])
      if (await fails(withBytes(without))) bytes = without
    }
  }
  return withBytes(bytes)
}
