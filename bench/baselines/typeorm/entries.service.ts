import { createHash } from 'node:crypto';

import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { AccountRow, EntryRow, PostingRow } from './entities';

export interface Line {
  readonly account: string;
  readonly asset: string;
  /** Positive debits, negative credits. */
  readonly amount: bigint;
}

export interface Wish {
  readonly key: string;
  readonly kind: string;
  readonly lines: readonly Line[];
}

export interface Done {
  readonly replayed: boolean;
  readonly entry: EntryRow;
  readonly postings: readonly (PostingRow & { readonly path: string; readonly asset: string })[];
}

/** Why nothing was posted; the controller makes a status of it. */
export class Refused extends Error {}

/**
 * One transaction a request, as a careful TypeORM service does it: the key first, then the accounts locked in the
 * order of their ids so that nobody deadlocks, floors checked under the locks, totals and postings written.
 */
@Injectable()
export class EntriesService {
  constructor(private readonly dataSource: DataSource) {}

  post(wish: Wish): Promise<Done> {
    return this.dataSource.transaction('READ COMMITTED', async (manager) => {
      const entry = await this.claim(manager, wish);
      return entry ? this.record(manager, wish, entry) : this.replay(manager, wish);
    });
  }

  /** Undefined when the key was used before. */
  private async claim(manager: EntityManager, wish: Wish): Promise<EntryRow | undefined> {
    const now = new Date();
    const row = {
      key: wish.key,
      body: bodyOf(wish),
      kind: wish.kind,
      actor: 'bench',
      recordedAt: now,
      effectiveAt: now,
    };
    const { raw } = await manager
      .createQueryBuilder()
      .insert()
      .into(EntryRow)
      .values(row)
      .orIgnore()
      .updateEntity(false)
      .returning('seq')
      .execute();
    const seq = (raw as { seq: string }[])[0]?.seq;
    return seq === undefined ? undefined : { ...row, seq };
  }

  private async record(manager: EntityManager, { lines }: Wish, entry: EntryRow): Promise<Done> {
    const accounts = await manager
      .createQueryBuilder(AccountRow, 'a')
      .where('a.path IN (:...paths)', { paths: lines.map(({ account }) => account) })
      .orderBy('a.id')
      .setLock('pessimistic_write')
      .getMany();
    const known = new Map(accounts.map((row) => [`${row.path} ${row.asset}`, row]));
    const postings = lines.map(({ account, asset, amount }, index) => {
      const row = known.get(`${account} ${asset}`);
      if (!row) throw new Refused('ACCOUNT_UNKNOWN');
      if (amount > 0n) row.debits = String(BigInt(row.debits) + amount);
      else row.credits = String(BigInt(row.credits) - amount);
      row.version = String(BigInt(row.version) + 1n);
      const balance = BigInt(row.credits) - BigInt(row.debits);
      if (row.floor !== null && balance < BigInt(row.floor)) throw new Refused('BALANCE_INSUFFICIENT');
      const { id, version, path } = row;
      const posting = { account: id, version, seq: entry.seq, leg: index + 1, amount: String(amount) };
      return { ...posting, balanceAfter: String(balance), path, asset };
    });
    for (const { id, debits, credits, version } of accounts) {
      await manager.update(AccountRow, { id }, { debits, credits, version });
    }
    await manager
      .createQueryBuilder()
      .insert()
      .into(PostingRow)
      .values(
        postings.map(({ account, version, seq, leg, amount, balanceAfter }) => {
          return { account, version, seq, leg, amount, balanceAfter };
        }),
      )
      .updateEntity(false)
      .execute();
    return { replayed: false, entry, postings };
  }

  private async replay(manager: EntityManager, wish: Wish): Promise<Done> {
    const entry = await manager.findOneByOrFail(EntryRow, { key: wish.key });
    if (!entry.body.equals(bodyOf(wish))) throw new Refused('KEY_REUSED');
    const rows = await manager.findBy(PostingRow, { seq: entry.seq });
    const ids = rows.map(({ account }) => account);
    const accounts = await manager.createQueryBuilder(AccountRow, 'a').whereInIds(ids).getMany();
    const byId = new Map(accounts.map((row) => [row.id, row]));
    const postings = rows.map((row) => {
      const { path = '', asset = '' } = byId.get(row.account) ?? {};
      return { ...row, path, asset };
    });
    return { replayed: true, entry, postings };
  }
}

const bodyOf = ({ kind, lines }: Wish): Buffer => {
  const text = lines.map(({ account, asset, amount }) => `${account} ${asset} ${amount}`).sort();
  return createHash('sha256')
    .update(`${kind}\n${text.join('\n')}`)
    .digest();
};
