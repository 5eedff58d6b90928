/** Who proposes a change of what is registered, who decides it, and who may read of it. */
export const PROPOSERS = ['forestry-handler'];
export const DECIDERS = ['forestry-reviewer'];
export const READERS = [...PROPOSERS, ...DECIDERS, 'town-finance', 'credit-registrar', 'auditor'];
