/** Text of messages, section 3.11. */
import type { Message } from 'sarif'

/** A page may make a link of `[words](target)` in a message (3.11.6); what a package brought along makes none. */
export function messageOf(text: string): Message {
  return { text: text.replaceAll('](', ']\\x28') }
}
