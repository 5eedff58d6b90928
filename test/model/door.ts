/** Through which door a draft comes: the open one, or that of the lib which owns the kind. */
export type Door = 'open' | { readonly owner: string };
