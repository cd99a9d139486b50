/** Text of messages, section 3.11. */
import type { Message } from 'sarif'

/** Viewers render `[text](target)` as a link (3.11.6): text from a package must not become one. */
export function messageOf(text: string): Message {
  return { text: text.replaceAll('](', ']\\x28') }
}
