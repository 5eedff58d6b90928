import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { SplitRule } from '../split/split.rules';
import type { Reader } from './product.store';

export interface SplitRuleDraft extends Omit<SplitRule, 'version'> {
  /** Orders placed on this day and later are split by the rule. */
  readonly validFrom: Day;
  /** The document it stands in. */
  readonly source: string;
}

export interface DatedSplitRule extends SplitRule {
  readonly validFrom: Day;
  readonly source: string;
}

interface RuleRow {
  readonly version: number;
  readonly valid_from: Day;
  readonly afforestation_ppm: number;
  readonly suppliers_ppm: number;
  readonly fee_ppm: number;
  readonly tax_ppm: number;
  readonly channel_ppm: number;
  readonly refund_reserve_ppm: number;
  readonly source: string;
}

const COLUMNS = `version, valid_from::text AS valid_from, afforestation_ppm, suppliers_ppm, fee_ppm, tax_ppm,
  channel_ppm, refund_reserve_ppm, source`;

@Injectable()
export class SplitRuleStore {
  /** Returns the version, or undefined when a rule of this day exists. Two at once: one of them waits and loses. */
  async insert(tx: Tx, draft: SplitRuleDraft): Promise<number | undefined> {
    const rows = await tx.query<{ version: number }>(
      `INSERT INTO cards.split_rule (book, version, valid_from, afforestation_ppm, suppliers_ppm, fee_ppm, tax_ppm,
              channel_ppm, refund_reserve_ppm, source, adopted_at, adopted_by)
       SELECT $1, coalesce(max(r.version), 0) + 1, $2::date, $3, $4, $5, $6, $7, $8, $9, $10, $11
         FROM cards.split_rule r WHERE r.book = $1
       ON CONFLICT DO NOTHING RETURNING version`,
      [
        tx.book,
        draft.validFrom,
        draft.afforestationPpm,
        draft.suppliersPpm,
        draft.feePpm,
        draft.taxPpm,
        draft.channelPpm,
        draft.refundReservePpm,
        draft.source,
        tx.now,
        tx.context.actor,
      ],
    );
    return rows[0]?.version;
  }

  /** The rule in force on a day. */
  async inForce(reader: Reader, book: number, day: Day): Promise<DatedSplitRule | undefined> {
    const rows = await reader.query<RuleRow>(
      `SELECT ${COLUMNS} FROM cards.split_rule WHERE book = $1 AND valid_from <= $2::date
        ORDER BY valid_from DESC LIMIT 1`,
      [book, day],
    );
    return rows[0] && toRule(rows[0]);
  }

  async all(reader: Reader, book: number): Promise<Map<number, DatedSplitRule>> {
    const rows = await reader.query<RuleRow>(`SELECT ${COLUMNS} FROM cards.split_rule WHERE book = $1`, [
      book,
    ]);
    return new Map(rows.map((row) => [row.version, toRule(row)]));
  }
}

const toRule = (row: RuleRow): DatedSplitRule => ({
  version: row.version,
  validFrom: row.valid_from,
  afforestationPpm: BigInt(row.afforestation_ppm),
  suppliersPpm: BigInt(row.suppliers_ppm),
  feePpm: BigInt(row.fee_ppm),
  taxPpm: BigInt(row.tax_ppm),
  channelPpm: BigInt(row.channel_ppm),
  refundReservePpm: BigInt(row.refund_reserve_ppm),
  source: row.source,
});
