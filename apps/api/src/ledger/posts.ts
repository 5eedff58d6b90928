/** Who may post open entries: domain entries come from operations, each with its own posts. */
export const POSTERS = ['administrator'];

/** Who may look at any account of the book. */
export const READERS = ['administrator', 'auditor'];
