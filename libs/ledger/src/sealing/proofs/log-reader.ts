import { Injectable } from '@nestjs/common';

import { invariant, ok, refuse, type Result } from '@app/kernel';
import { Database } from '@app/platform';
import { HASH_BYTES, proveConsistency, type Bytes, type NodeSource, type Stream } from '@app/proof';
import { LogStore } from '../log.store';
import type { Published } from '../publish/publication-target';
import { SignCheckpoint } from '../sign-checkpoint';
import { SEAL_COLUMNS, sealOf, type SealRow, type StoredSeal } from './seal-row';

export interface CheckpointUnknown {
  readonly code: 'CHECKPOINT_UNKNOWN';
  readonly size: string;
}

export interface SizesWrong {
  readonly code: 'PROOF_SIZES_WRONG';
  readonly from: string;
  readonly to: string;
}

const NEXT: Readonly<Record<Stream, string>> = {
  entry: 's.next_entry',
  refusal: 's.next_refusal',
  event: 's.next_event',
};

/** A book's log as everybody may see it: checkpoints, and that each continues the ones before. */
@Injectable()
export class LogReader {
  constructor(
    private readonly database: Database,
    private readonly logs: LogStore,
    private readonly signCheckpoint: SignCheckpoint,
  ) {}

  vkey(origin: string): string {
    return this.signCheckpoint.vkey(origin);
  }

  /** The checkpoint of that many seals, or the last one. */
  async checkpoint(book: number, size?: bigint): Promise<Result<Published, CheckpointUnknown>> {
    const found = await this.logs.checkpoint(book, size);
    return found ? ok(found) : refuse({ code: 'CHECKPOINT_UNKNOWN', size: size?.toString() ?? 'latest' });
  }

  /** Hashes that prove that the log of `to` seals begins with the log of `from`. Both have been signed or passed. */
  async consistency(book: number, from: bigint, to: bigint): Promise<Result<Bytes[], SizesWrong>> {
    const last = await this.logs.checkpoint(book);
    if (from < 1n || from > to || to > (last?.size ?? 0n)) {
      return refuse({ code: 'PROOF_SIZES_WRONG', from: from.toString(), to: to.toString() });
    }
    return ok(await proveConsistency(from, to, this.nodes(book)));
  }

  /** The seal that covers this number of a stream: the first that reaches beyond it. */
  async sealOf(book: number, stream: Stream, no: bigint): Promise<StoredSeal | undefined> {
    const next = NEXT[stream];
    const [row] = await this.database.query<SealRow>(
      `SELECT ${SEAL_COLUMNS} FROM ledger.seal s
        WHERE s.book = $1 AND ${next} > $2 ORDER BY ${next}, s.no LIMIT 1`,
      [book, no],
    );
    return row && sealOf(row);
  }

  /** Hashes of a seal's leaves, from the records as they are now. */
  async leaves(book: number, { seed, entries, refusals, events }: StoredSeal): Promise<Bytes[]> {
    const [row] = await this.database.query<{ leaves: Buffer }>(
      'SELECT ledger.seal_leaves($1, $2, $3, $4, $5, $6, $7, $8) AS leaves',
      [book, seed, ...[entries, refusals, events].flatMap(({ first, next }) => [first, next])],
    );
    const leaves = row?.leaves ?? Buffer.alloc(0);
    return Array.from({ length: leaves.length / HASH_BYTES }, (_none, at) =>
      leaves.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES),
    );
  }

  /** The perfect subtrees of the log; each is kept with the seal it ends with. */
  nodes(book: number): NodeSource {
    return async (nodes) => {
      const rows = await this.database.query<{ hash: Buffer }>(
        `SELECT CASE WHEN u.level = 0 THEN s.hash ELSE substring(s.subtrees, 32 * (u.level - 1) + 1, 32) END AS hash
           FROM unnest($2::bigint[], $3::int[]) WITH ORDINALITY AS u (no, level, i)
           JOIN ledger.seal s ON s.book = $1 AND s.no = u.no ORDER BY u.i`,
        [
          book,
          nodes.map(({ level, index }) => (index + 1n) << BigInt(level)),
          nodes.map(({ level }) => level),
        ],
      );
      invariant(rows.length === nodes.length, 'every subtree of the log is kept');
      return rows.map(({ hash }) => hash);
    };
  }
}
