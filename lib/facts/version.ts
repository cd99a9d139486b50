/** Incremented whenever facts change in form or meaning: cached facts of an older program are then discarded. */
export const FACTS_VERSION = 4
