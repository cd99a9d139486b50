import { HIDE_FROM_EXPORT, HIDING_IN_DETAIL, defineRule, hideFromExport, hidingData, findingAbout } from '../lib/plugin-api.js'

export default defineRule({
  id: 'do-nothing-crypto-export',
  scope: 'object',
  severity: 'error',
  summary: 'An exported {family} function is a stub: its callers see success and get nothing',
  why: 'The machine code of a stub returns at once. Its callers see success and get {stubEffect}; they fail later, in unrelated code. {incident}',
  remedy: HIDE_FROM_EXPORT,
  remedyInDetail: HIDING_IN_DETAIL,
  references: ['https://akkadia.org/drepper/dsohowto.pdf'],
  messages: {
    stub: '{count:exported {families} function is a stub:exported {families} functions are stubs}: callers silently get {stubEffect}',
    generic: '{count:stub has a generic symbol:stubs have generic symbols} that {family} also defines, which alone does not prove a copy',
  },
  options: {},

  *check({ facts, genuine, clients }) {
    if (genuine !== null) return
    const stubs = facts.guarded.filter(({ stub, isKnownNoOp, reach, isOwnNode }) => {
      const isReached = reach === 'all' || reach === 'unversioned' || isOwnNode
      return stub !== null && !isKnownNoOp && isReached
    })
    yield* findingAbout(stubs, { proven: 'stub', generic: 'generic' }, symbols => ({
      // A program's exports are a warning, and the genuine library's own build leaves functions without code in a copy.
      severity: facts.isProgram ? 'warning' : 'error',
      data: { does: Object.fromEntries(symbols.map(({ name, stub }) => [name, stub])), ...hidingData(facts, clients) },
      remedy: facts.isProgram
        ? 'Remove the stubs, or keep them out of the dynamic symbol table: see rpmlint-ts explain crypto-export-from-program.'
        : hideFromExport(facts, clients),
    }))
  },
})
