export type MessageRefusal = { readonly code: 'MESSAGE_UNKNOWN'; readonly message: string };
