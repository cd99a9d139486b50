/** Counts up whenever facts change in form or meaning: what was kept by an older program is read anew. */
export const FACTS_VERSION = 1
