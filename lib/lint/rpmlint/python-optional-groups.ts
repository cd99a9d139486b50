/**
 * Backreferences to groups that may not participate in a match. They fail in Python and match the empty string in JavaScript: a filter would
 * suppress more than it does for rpmlint.
 *
 * Source: Python 3 documentation, `re`; ECMA-262, BackreferenceMatcher.
 */
import { characterClass } from './python-character-class.js'

const REFERENCE = /\\[1-9]|\(\?P=/
const OPTIONAL_REPEAT = /\)(?:[?*]|\{0*,|\{0+[,}])/
const CAPTURING = /\((?!\?)|\(\?P</y

/** Conservative: true for any backreference beside any optional group or group in an alternative. */
export function refersToOptionalGroup(pattern: string): boolean {
  return REFERENCE.test(pattern) && (OPTIONAL_REPEAT.test(pattern) || hasGroupInBranch(pattern))
}

interface Frame {
  hasGroup: boolean
  hasBranches: boolean
}

/** Is there a group inside one of several alternatives? */
function hasGroupInBranch(pattern: string): boolean {
  const frames: Frame[] = [{ hasGroup: false, hasBranches: false }]
  const isOptional = ({ hasGroup, hasBranches }: Frame): boolean => hasGroup && hasBranches
  for (let at = 0; at < pattern.length; at++) {
    const top = frames.at(-1)!
    const set = characterClass(pattern, at)
    if (set !== null) at = set.end - 1
    else if (pattern[at] === '\\') at++
    else if (pattern[at] === '|') top.hasBranches = true
    else if (pattern[at] === '(') {
      CAPTURING.lastIndex = at
      top.hasGroup ||= CAPTURING.test(pattern)
      frames.push({ hasGroup: false, hasBranches: false })
    } else if (pattern[at] === ')' && frames.length > 1) {
      if (isOptional(top)) return true
      frames.pop()
      frames.at(-1)!.hasGroup ||= top.hasGroup
    }
  }
  return frames.some(isOptional)
}
