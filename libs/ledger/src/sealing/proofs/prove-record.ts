import { Injectable } from '@nestjs/common';

import { ok, refuse, type Result } from '@app/kernel';
import {
  formOf,
  indexOf,
  isEqual,
  proveInclusion,
  rootOf,
  saltedLeafHash,
  saltOf,
  treeOf,
  type Bundle,
  type Bytes,
  type ProvenRecord,
  type SealRecord,
  type Stream,
} from '@app/proof';
import { LogStore } from '../log.store';
import { LogReader } from './log-reader';
import type { StoredSeal } from './seal-row';

export type ProveRecordRefusal =
  /** No checkpoint covers it yet: that takes about a second. */
  | { readonly code: 'PROOF_PENDING'; readonly stream: Stream; readonly no: string }
  /** What is recorded now is not what was sealed. */
  | { readonly code: 'PROOF_BROKEN'; readonly stream: Stream; readonly no: string; readonly seal: string };

/** All that somebody needs to check a record without us: the record, its salt, and two paths up to a signature. */
@Injectable()
export class ProveRecord {
  constructor(
    private readonly logs: LogStore,
    private readonly log: LogReader,
  ) {}

  async execute(book: number, proven: ProvenRecord): Promise<Result<Bundle, ProveRecordRefusal>> {
    const { stream } = proven;
    const number = numberOf(proven);
    const no = number.toString();
    const seal = await this.log.sealOf(book, stream, number);
    const checkpoint = await this.logs.checkpoint(book);
    if (!seal || !checkpoint || checkpoint.size < seal.no) {
      return refuse({ code: 'PROOF_PENDING', stream, no });
    }
    const salt = saltOf(seal.seed, stream, number);
    const sealPath = await this.pathInSeal(book, proven, seal, salt);
    if (!sealPath) return refuse({ code: 'PROOF_BROKEN', stream, no, seal: seal.no.toString() });
    const logPath = await proveInclusion(seal.no - 1n, checkpoint.size, this.log.nodes(book));
    return ok({ ...proven, salt, seal: told(seal), sealPath, logPath, checkpoint: checkpoint.note });
  }

  /** Undefined when the records of today do not lead to the seal's root. */
  private async pathInSeal(
    book: number,
    proven: ProvenRecord,
    seal: StoredSeal,
    salt: Bytes,
  ): Promise<Bytes[] | undefined> {
    const leaves = await this.log.leaves(book, seal);
    const tree = treeOf(leaves);
    const size = BigInt(leaves.length);
    const index = indexOf({ ...proven, seal });
    const leaf = leaves[Number(index)];
    const own = saltedLeafHash(salt, formOf(proven));
    if (!leaf || !isEqual(leaf, own) || !isEqual(await rootOf(size, tree), seal.root)) return undefined;
    return proveInclusion(index, size, tree);
  }
}

/** Without its seed: who has that can guess at the other records of the seal. */
const told = ({ no, entries, refusals, events, root, previous, sealedAt }: StoredSeal): SealRecord => ({
  ...{ no, entries, refusals, events },
  ...{ root, previous, sealedAt },
});

const numberOf = (proven: ProvenRecord): bigint =>
  proven.stream === 'entry' ? proven.record.seq : proven.record.no;
