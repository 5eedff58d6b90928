import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import type { Database, Tx } from '@app/platform';
import { EARMARKED_KINDS, type EarmarkedKind, type Used, type UseKind } from './use.rules';

export interface VoucherDraft {
  readonly party: string;
  readonly useKind: UseKind;
  readonly amountFen: bigint;
  readonly documentNo: string;
  readonly usedOn: Day;
  /** Of the paper that shows it, as 64 hex digits. */
  readonly evidenceSha256: string;
}

export interface Voucher extends VoucherDraft, Used {
  readonly id: string;
  readonly payeeKind: EarmarkedKind;
  readonly recordedBy: string;
  readonly recordedAt: Date;
  readonly voidedBy: string | null;
  readonly voidReason: string | null;
}

export interface EarmarkedParty {
  readonly id: string;
  readonly kind: string;
  readonly region: string;
}

export interface PayeeOfPurpose extends EarmarkedParty {
  readonly externalNo: string;
  readonly name: string;
}

type Row = Omit<Voucher, 'amountFen'> & { readonly amountFen: string };
const toVoucher = (row: Row): Voucher => ({ ...row, amountFen: BigInt(row.amountFen) });

const COLUMNS = `v.id, v.id AS voucher, v.party, v.payee_kind AS "payeeKind", v.use_kind AS "useKind",
  v.amount_fen AS "amountFen", v.document_no AS "documentNo", v.used_on::text AS "usedOn",
  v.evidence_sha256 AS "evidenceSha256", v.recorded_by AS "recordedBy", v.recorded_at AS "recordedAt",
  v.voided_by AS "voidedBy", v.void_reason AS "voidReason",
  EXISTS (SELECT FROM funds.earmark e WHERE e.book = v.book AND e.payee_kind = v.payee_kind
             AND e.use_kind = v.use_kind AND e.valid @> v.used_on) AS "isAllowed"`;

@Injectable()
export class UseStore {
  async party(tx: Tx, id: string): Promise<EarmarkedParty | undefined> {
    const rows = await tx.query<EarmarkedParty>(
      'SELECT id, kind, region FROM registry.party WHERE book = $1 AND id = $2',
      [tx.book, id],
    );
    return rows[0];
  }

  /** False when the party has shown this document already. */
  async insert(tx: Tx, id: string, draft: VoucherDraft, payeeKind: EarmarkedKind): Promise<boolean> {
    const inserted = await tx.execute(
      `INSERT INTO funds.use_voucher (book, id, party, payee_kind, use_kind, amount_fen, document_no, used_on,
              evidence_sha256, recorded_by, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       ON CONFLICT (book, party, document_no) WHERE voided_at IS NULL DO NOTHING`,
      [
        ...[tx.book, id, draft.party, payeeKind, draft.useKind, draft.amountFen, draft.documentNo],
        ...[draft.usedOn, draft.evidenceSha256, tx.context.actor, tx.now],
      ],
    );
    return inserted === 1;
  }

  async lock(tx: Tx, id: string): Promise<(Voucher & { readonly region: string }) | undefined> {
    const rows = await tx.query<Row & { region: string }>(
      `SELECT ${COLUMNS}, p.region FROM funds.use_voucher v
         JOIN registry.party p ON p.book = v.book AND p.id = v.party
        WHERE v.book = $1 AND v.id = $2 FOR UPDATE OF v`,
      [tx.book, id],
    );
    return rows.map((row) => ({ ...toVoucher(row), region: row.region }))[0];
  }

  async void(tx: Tx, id: string, reason: string): Promise<void> {
    await tx.execute(
      `UPDATE funds.use_voucher SET voided_by = $3, voided_at = $4, void_reason = $5
        WHERE book = $1 AND id = $2`,
      [tx.book, id, tx.context.actor, tx.now, reason],
    );
  }

  /** Void ones too, the last first. */
  async list(
    from: Pick<Database, 'query'>,
    book: number,
    filter: { readonly party?: string; readonly regions: readonly string[] },
  ): Promise<Voucher[]> {
    const rows = await from.query<Row>(
      `SELECT ${COLUMNS} FROM funds.use_voucher v JOIN registry.party p ON p.book = v.book AND p.id = v.party
        WHERE v.book = $1 AND ($2::uuid IS NULL OR v.party = $2)
          AND EXISTS (SELECT FROM unnest($3::text[]) AS r (code) WHERE starts_with(p.region, r.code))
        ORDER BY v.used_on DESC, v.id LIMIT 500`,
      [book, filter.party ?? null, filter.regions],
    );
    return rows.map(toVoucher);
  }

  /** Payees of purpose within the regions, by their number. */
  async payees(
    from: Pick<Database, 'query'>,
    book: number,
    regions: readonly string[],
  ): Promise<PayeeOfPurpose[]> {
    return from.query<PayeeOfPurpose>(
      `SELECT p.id, p.kind, p.region, p.external_no AS "externalNo", p.name FROM registry.party p
        WHERE p.book = $1 AND p.kind = ANY ($2)
          AND EXISTS (SELECT FROM unnest($3::text[]) AS r (code) WHERE starts_with(p.region, r.code))
        ORDER BY p.external_no`,
      [book, EARMARKED_KINDS, regions],
    );
  }

  /** What was used up to the day, void ones left out. */
  async usedBy(
    from: Pick<Database, 'query'>,
    book: number,
    parties: readonly string[],
    day: Day,
  ): Promise<Voucher[]> {
    const rows = await from.query<Row>(
      `SELECT ${COLUMNS} FROM funds.use_voucher v
        WHERE v.book = $1 AND v.party = ANY ($2::uuid[]) AND v.used_on <= $3::date AND v.voided_at IS NULL
        ORDER BY v.used_on, v.id`,
      [book, parties, day],
    );
    return rows.map(toVoucher);
  }
}
