import { Client } from 'pg';

import {
  DecideFindings,
  RosterFindings,
  type FindingOutcome,
  type RosterFindingView,
  type RosterGuard,
} from '@app/compensation';
import type { Principal } from '@app/identity';
import { CompensationCounty } from './compensation-county';
import { TOWN, type Land } from './compensation-land';

export const VILLAGE = `${TOWN}001`;

/** A county whose registry holds what no door of the product writes: somebody with more rights planted it. */
export class GuardedCounty {
  private constructor(
    readonly county: CompensationCounty,
    private readonly admin: Client,
    readonly programme: string,
    readonly indicator: string,
  ) {}

  static async open(): Promise<GuardedCounty> {
    const county = await CompensationCounty.open();
    const admin = new Client({ connectionString: county.database.adminUrl });
    await admin.connect();
    await admin.query('SET session_replication_role = replica');
    return new GuardedCounty(county, admin, await county.programme(), await county.indicator());
  }

  async close(): Promise<void> {
    await this.admin.end();
    await this.county.close();
  }

  /** The book is `$1`. */
  async plant(sql: string, ...params: readonly unknown[]): Promise<void> {
    await this.admin.query(sql, [this.county.book, ...params]);
  }

  account({ party }: Land, number: string): Promise<void> {
    return this.plant(
      `INSERT INTO registry.bank_account (book, id, party, bank, number_sealed, number_index, last4, holder_name, valid,
              evidence, recorded_by, recorded_at)
       VALUES ($1, gen_random_uuid(), $2, '农村信用社', $3, $3, '0001', '户', '[2020-01-01,)', '导入', 'test', now())`,
      party,
      Buffer.from(number),
    );
  }

  payFor(holder: Land, payee: Land): Promise<void> {
    return this.plant(
      `INSERT INTO registry.payee (book, id, party, payee, reason, valid, document_no, payee_order, recorded_at)
       VALUES ($1, gen_random_uuid(), $2, $3, 'proxy', '[2020-01-01,)', '委托1号', gen_random_uuid(), now())`,
      holder.party,
      payee.party,
    );
  }

  closed({ party }: Land): Promise<void> {
    return this.plant(
      `UPDATE registry.party SET closed_on = '2026-01-31' WHERE book = $1 AND id = $2`,
      party,
    );
  }

  findings(roster: string): Promise<RosterFindingView[]> {
    return this.county.get(RosterFindings).list(this.county.book, { roster, limit: 500 });
  }

  /** The guards that hold something, each with its lines. */
  async held(roster: string): Promise<[RosterGuard, readonly number[]][]> {
    const found = await this.findings(roster);
    return found.filter(({ holds }) => holds).map(({ guard, lines }) => [guard, lines]);
  }

  propose(who: Principal, roster: string, findings: readonly string[], reason = '村委会出具证明，情况属实') {
    const order = { roster, findings, reason };
    return this.county.run(who, (tx) => this.county.get(DecideFindings).propose(tx, who, order));
  }

  decide(who: Principal, roster: string, findings: readonly string[], outcome: FindingOutcome) {
    const order = { roster, findings, outcome, reason: '已核对档案' };
    return this.county.run(who, (tx) => this.county.get(DecideFindings).decide(tx, who, order));
  }
}
