import type { FileType } from './file-type.rules';

export type StoreFileRefusal =
  | { readonly code: 'FILE_EMPTY' }
  | { readonly code: 'FILE_TOO_LARGE'; readonly size: number; readonly most: number }
  | { readonly code: 'FILE_TYPE_UNKNOWN'; readonly taken: readonly FileType[] }
  /** What the media type or the name says is not what the bytes are. */
  | { readonly code: 'FILE_TYPE_DIFFERS'; readonly said: FileType; readonly found: FileType }
  | { readonly code: 'FILE_NAME_WRONG'; readonly expected: string }
  | { readonly code: 'PERSONAL_NUMBER_IN_TEXT'; readonly field: 'name'; readonly expected: string };

export type FileUnknown = { readonly code: 'FILE_UNKNOWN'; readonly sha256: string };
