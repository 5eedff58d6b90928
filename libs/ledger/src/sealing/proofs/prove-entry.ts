import { Injectable } from '@nestjs/common';

import { isUuid, ok, refuse, type Result } from '@app/kernel';
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
  type EntryRecord,
} from '@app/proof';
import { LogStore } from '../log.store';
import { EntryRecordStore } from './entry-record.store';
import { LogReader } from './log-reader';
import type { StoredSeal } from './seal-row';

export type ProveEntryRefusal =
  | { readonly code: 'ENTRY_UNKNOWN'; readonly entry: string }
  /** No checkpoint covers it yet: that takes about a second. */
  | { readonly code: 'PROOF_PENDING'; readonly entry: string }
  /** What is recorded now is not what was sealed. */
  | { readonly code: 'PROOF_BROKEN'; readonly entry: string; readonly seal: string };

/** All that somebody needs to check an entry without us: the entry, its salt, and two paths up to a signature. */
@Injectable()
export class ProveEntry {
  constructor(
    private readonly entries: EntryRecordStore,
    private readonly logs: LogStore,
    private readonly log: LogReader,
  ) {}

  /** By id or by number. */
  async execute(book: number, entry: string): Promise<Result<Bundle, ProveEntryRefusal>> {
    const record = await this.find(book, entry);
    if (!record) return refuse({ code: 'ENTRY_UNKNOWN', entry });
    const seal = await this.log.sealOfEntry(book, record.seq);
    const checkpoint = await this.logs.checkpoint(book);
    if (!seal || !checkpoint || checkpoint.size < seal.no) return refuse({ code: 'PROOF_PENDING', entry });
    const salt = saltOf(seal.seed, 'entry', record.seq);
    const sealPath = await this.pathInSeal(book, record, seal, salt);
    if (!sealPath) return refuse({ code: 'PROOF_BROKEN', entry, seal: seal.no.toString() });
    const logPath = await proveInclusion(seal.no - 1n, checkpoint.size, this.log.nodes(book));
    // The seed is for this book's readers: who has it can guess at the other records of the seal.
    const { no, entries, refusals, events, root, previous, sealedAt } = seal;
    const told = { no, entries, refusals, events, root, previous, sealedAt };
    return ok({ stream: 'entry', record, salt, seal: told, sealPath, logPath, checkpoint: checkpoint.note });
  }

  private find(book: number, entry: string): Promise<EntryRecord | undefined> {
    return isUuid(entry) ? this.entries.byId(book, entry) : this.entries.bySeq(book, BigInt(entry));
  }

  /** Undefined when the records of today do not lead to the seal's root. */
  private async pathInSeal(
    book: number,
    record: EntryRecord,
    seal: StoredSeal,
    salt: Bytes,
  ): Promise<Bytes[] | undefined> {
    const leaves = await this.log.leaves(book, seal);
    const tree = treeOf(leaves);
    const size = BigInt(leaves.length);
    const index = indexOf({ stream: 'entry', record, seal });
    const leaf = leaves[Number(index)];
    const own = saltedLeafHash(salt, formOf({ stream: 'entry', record }));
    if (!leaf || !isEqual(leaf, own) || !isEqual(await rootOf(size, tree), seal.root)) return undefined;
    return proveInclusion(index, size, tree);
  }
}
