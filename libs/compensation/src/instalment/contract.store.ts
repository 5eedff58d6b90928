import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import type { Tx } from '@app/platform';

/** 原承包户 of collective land; 按流转合同 where the land was transferred. */
export const PAYEE_RULES = ['original-contractor', 'per-contract'] as const;
export type PayeeRule = (typeof PAYEE_RULES)[number];

/** A dated share in a parcel, by which it is contracted. */
export interface ContractedRight {
  readonly parcel: string;
  readonly village: string;
  readonly parcelAreaMu100: bigint;
  /** What live contracts have of the parcel already. */
  readonly contractedMu100: bigint;
  readonly right: string;
  readonly holder: string;
}

export interface NewContract {
  readonly id: string;
  readonly programme: string;
  readonly contractNo: string;
  readonly parcel: string;
  readonly right: string;
  readonly areaMu100: bigint;
  readonly plantedYear: number;
  readonly scheme: Readonly<Record<string, string>>;
  readonly payeeRule: PayeeRule;
  readonly payee: string;
  readonly payeeDocumentNo?: string | undefined;
}

export interface Contract {
  readonly id: string;
  readonly programme: string;
  readonly contractNo: string;
  readonly parcel: string;
  readonly village: string;
  readonly areaMu100: bigint;
  readonly plantedYear: number;
  readonly scheme: Readonly<Record<string, string>>;
  readonly payee: string;
  readonly state: string;
}

@Injectable()
export class ContractStore {
  /** The right of the kind that the holder has to the parcel on the day, when there is one. */
  async right(
    tx: Tx,
    by: { parcelCode: string; rightKind: string; holderExternalNo: string; day: Day },
  ): Promise<ContractedRight | undefined> {
    const [row] = await tx.query<{
      parcel: string;
      village: string;
      area: string;
      contracted: string;
      right: string;
      party: string;
    }>(
      `SELECT p.id AS parcel, p.village, p.area_mu100 AS area, r.id AS right, r.party,
              (SELECT coalesce(sum(c.area_mu100), 0) FROM compensation.instalment_contract c
                WHERE c.book = p.book AND c.parcel = p.id AND c.state <> 'rejected') AS contracted
         FROM registry.parcel_current p
         JOIN registry.right_current r ON r.book = p.book AND r.parcel = p.id AND r.valid @> $5::date
        WHERE p.book = $1 AND p.code = $2 AND r.kind = $3 AND r.party_external_no = $4
          AND coalesce(upper(p.valid) > $5::date, true)`,
      [tx.book, by.parcelCode, by.rightKind, by.holderExternalNo, by.day],
    );
    return (
      row && {
        parcel: row.parcel,
        village: row.village,
        parcelAreaMu100: BigInt(row.area),
        contractedMu100: BigInt(row.contracted),
        right: row.right,
        holder: row.party,
      }
    );
  }

  async party(tx: Tx, externalNo: string): Promise<string | undefined> {
    const [row] = await tx.query<{ id: string }>(
      'SELECT id FROM registry.party WHERE book = $1 AND external_no = $2',
      [tx.book, externalNo],
    );
    return row?.id;
  }

  /** Returns false when the programme has a contract with this number that is not rejected. */
  async insert(tx: Tx, contract: NewContract): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO compensation.instalment_contract (book, id, programme, contract_no, parcel, right_share, area_mu100,
              planted_year, scheme, payee_rule, payee, payee_document_no, proposed_by, proposed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
       ON CONFLICT (book, programme, contract_no) WHERE state <> 'rejected' DO NOTHING RETURNING id`,
      [
        ...[tx.book, contract.id, contract.programme, contract.contractNo, contract.parcel, contract.right],
        ...[contract.areaMu100, contract.plantedYear, JSON.stringify(contract.scheme), contract.payeeRule],
        ...[contract.payee, contract.payeeDocumentNo ?? null, tx.context.actor, tx.now],
      ],
    );
    return rows.length === 1;
  }

  async find(tx: Tx, id: string): Promise<Contract | undefined> {
    const [row] = await tx.query<Omit<Contract, 'areaMu100'> & { areaMu100: string }>(
      `SELECT c.id, c.programme, c.contract_no AS "contractNo", c.parcel, p.village, c.area_mu100 AS "areaMu100",
              c.planted_year AS "plantedYear", c.scheme, c.payee, c.state
         FROM compensation.instalment_contract c JOIN registry.parcel p ON p.book = c.book AND p.id = c.parcel
        WHERE c.book = $1 AND c.id = $2`,
      [tx.book, id],
    );
    return row && { ...row, areaMu100: BigInt(row.areaMu100) };
  }
}
