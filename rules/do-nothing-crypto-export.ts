import { HIDE_FROM_EXPORT, HIDING_IN_DETAIL, defineRule, distinctNames, exportFix, hidingData, findingAbout } from '../lib/plugin-api.js'
import type { GuardedExport } from '../lib/plugin-api.js'

/** A complete fork has a twentieth of its functions as stubs. A library with more than this share of them, and more than one, implements nothing. */
const PLACEHOLDER_SHARE = 1 / 4
/** A copy with this many functions is complete, and a share of stubs as small as this one comes from options of its build, such as no-comp. */
const COMPLETE = 1000
const OPTIONAL_SHARE = 1 / 100

export default defineRule({
  id: 'do-nothing-crypto-export',
  scope: 'object',
  severity: 'error',
  summary: 'An exported {family} function is a stub: its callers see success and get nothing',
  why:
    'The machine code of a stub returns at once. Its callers see success and get {stubEffect}; they fail later, in unrelated code. {incident} A few ' +
    'functions are stubs in {family} too, or in its forks: they count only if more than a quarter of the exported functions are stubs.',
  remedy: HIDE_FROM_EXPORT,
  remedyInDetail: HIDING_IN_DETAIL,
  references: ['https://akkadia.org/drepper/dsohowto.pdf'],
  messages: {
    stub: '{count:exported {families} function is a stub:exported {families} functions are stubs}: callers silently get {stubEffect}',
    generic: '{count:stub has a generic symbol:stubs have generic symbols} that {family} also defines, which alone does not prove a copy',
  },
  options: {},

  *check(subject) {
    const { facts, genuine, clients } = subject
    if (genuine !== null) return
    const functions = facts.guarded.filter(({ type, stub, reach, isOwnNode }) => {
      return (type === 'FUNC' || stub !== null) && (reach !== 'own-version' || isOwnNode)
    })
    const families = [...new Set(functions.map(({ family }) => family))]
    const stubs = families.flatMap(family => accusedOf(functions.filter(each => each.family === family)))
    yield* findingAbout(stubs, { proven: 'stub', generic: 'generic' }, symbols => ({
      // A program's exports are a warning, and the genuine library's own build leaves functions without code in a copy.
      severity: facts.isProgram ? 'warning' : 'error',
      data: { does: Object.fromEntries(symbols.map(({ name, stub }) => [name, stub])), ...hidingData(facts, clients) },
      remedy: facts.isProgram
        ? 'Remove the stubs, or keep them out of the dynamic symbol table: see rpmlint-ts explain crypto-export-from-program.'
        : exportFix(subject),
    }))
  },
})

/** Stubs where the library and its forks have code; all stubs if they make up too much of the family's functions. */
function accusedOf(functions: readonly GuardedExport[]): GuardedExport[] {
  const total = distinctNames(functions).length
  const stubs = functions.filter(({ stub }) => stub !== null)
  const count = distinctNames(stubs).length
  if (count > 1 && count > PLACEHOLDER_SHARE * total) return stubs
  const unexpected = stubs.filter(({ isKnownNoOp }) => !isKnownNoOp)
  return total >= COMPLETE && distinctNames(unexpected).length <= OPTIONAL_SHARE * total ? [] : unexpected
}
