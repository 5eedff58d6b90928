import { parseArgs } from 'node:util';

export interface VerifyCommand {
  /** All books when none is named. */
  readonly book?: string | undefined;
  readonly fromSeal?: bigint | undefined;
  /** Folders of published checkpoints, or addresses of single ones. */
  readonly checkpoints: readonly string[];
  readonly keys: readonly string[];
  readonly json: boolean;
}

export const USAGE = `verify [--book <code>] [--from-seal <n>] [--checkpoints <folder or url>]… [--key <verifier key>]… [--json]

Recomputes books from their postings with nothing but the right to read them: DATABASE_URL may be the auditor's.
Findings go to stdout as they come, progress to stderr. Exit code 0: all holds; 1: findings; 2: could not be done.

  --from-seal    only what came after that seal; for one book
  --checkpoints  copies that were published elsewhere: a folder of them, or the address of one
  --key          whose signatures are believed, as published beside the checkpoints; those that lie beside the copies when none is given
  --json         a JSON object a line`;

export function readOptions(args: readonly string[]): VerifyCommand | { readonly problem: string } {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        book: { type: 'string' },
        'from-seal': { type: 'string' },
        checkpoints: { type: 'string', multiple: true, default: [] },
        key: { type: 'string', multiple: true, default: [] },
        json: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
  const { book, checkpoints, key, json, 'from-seal': seal } = values;
  if (seal !== undefined && !/^\d{1,18}$/.test(seal)) return { problem: '--from-seal is a number of a seal' };
  if (seal !== undefined && book === undefined) return { problem: '--from-seal goes with --book' };
  return { book, checkpoints, keys: key, json, fromSeal: seal === undefined ? undefined : BigInt(seal) };
}
