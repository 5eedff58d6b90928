import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';

import { compareCheckpoints, verifyBundle } from '@app/proof';
import { tellComparison, tellVerdict } from './telling';

const USAGE = `Usage:
  proof verify <bundle.json> --key <key>
  proof compare <checkpoint> <checkpoint> --key <key> [--path <consistency.json>]

The key is that of the book's log, as its public page shows it; take it from a place you trust.
Nothing is read but these files: neither a database nor the network.`;

/** Checks proofs where there is nothing of ours but this program. 0: it holds; 1: it does not; 2: wrongly asked. */
export async function proof(args: readonly string[]): Promise<number> {
  const asked = read(args);
  if (asked?.command === 'verify' && asked.files.length === 1) return verify(asked.files[0]!, asked.key);
  if (asked?.command === 'compare' && asked.files.length === 2) return compare(asked);
  console.error(USAGE);
  return 2;
}

interface Asked {
  readonly command: string;
  readonly files: readonly string[];
  readonly key: string;
  readonly path?: string | undefined;
}

function read(args: readonly string[]): Asked | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { key: { type: 'string' }, path: { type: 'string' } },
      allowPositionals: true,
    });
    const [command = '', ...files] = positionals;
    return values.key === undefined ? undefined : { command, files, key: values.key, path: values.path };
  } catch {
    return undefined;
  }
}

async function verify(file: string, key: string): Promise<number> {
  const verdict = verifyBundle(await readFile(file, 'utf8'), key);
  console.log(tellVerdict(verdict));
  return verdict.ok ? 0 : 1;
}

async function compare({ files, key, path }: Asked): Promise<number> {
  const [first = '', second = ''] = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  const comparison = compareCheckpoints([first, second], await hashesOf(path), key);
  console.log(tellComparison(comparison));
  return comparison.ok ? 0 : 1;
}

/** What `GET …/consistency` answered; nothing is needed for two checkpoints of one size. */
async function hashesOf(file: string | undefined): Promise<string[]> {
  if (file === undefined) return [];
  const { path } = JSON.parse(await readFile(file, 'utf8')) as { path?: unknown };
  return Array.isArray(path) ? path.map(String) : [];
}
