import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { PartyKind, RightKind } from '../registry.words';
import type { DatedShare } from '../shares.rules';

export interface KnownParty {
  readonly id: string;
  readonly region: string;
  /** The first day on which it is no more. */
  readonly closedOn: Day | null;
}

export interface KnownParcel {
  readonly id: string;
  readonly village: string;
  /** First day on which it is no more. */
  readonly closedOn: Day | null;
}

export interface KnownRight extends DatedShare {
  readonly parcel: string;
  readonly party: string;
  readonly kind: RightKind;
}

interface SpanRow {
  readonly from: Day;
  readonly to: Day | null;
}

/** What the book already has of what a file names: one query a question, however long the file. */
@Injectable()
export class KnownStore {
  async parties(tx: Tx, externalNos: readonly string[]): Promise<Map<string, KnownParty>> {
    const rows = await tx.query<KnownParty & { external_no: string }>(
      `SELECT external_no, id, region, closed_on::text AS "closedOn"
         FROM registry.party WHERE book = $1 AND external_no = ANY ($2::text[])`,
      [tx.book, externalNos],
    );
    return new Map(rows.map((row) => [row.external_no, row]));
  }

  /** The blind indexes (hex) and kinds that are taken: whoever left a household that is closed may begin another. */
  async idNumbers(tx: Tx, indexes: readonly string[]): Promise<{ index: string; kind: PartyKind }[]> {
    return tx.query(
      `SELECT encode(p.id_number_index, 'hex') AS index, p.kind
         FROM registry.party p
        WHERE p.book = $1 AND p.closed_on IS NULL
          AND p.id_number_index IN (SELECT decode(x, 'hex') FROM unnest($2::text[]) x)`,
      [tx.book, indexes],
    );
  }

  async parcels(tx: Tx, codes: readonly string[]): Promise<Map<string, KnownParcel>> {
    const rows = await tx.query<KnownParcel & { code: string }>(
      `SELECT code, id, village, upper(valid)::text AS "closedOn" FROM registry.parcel WHERE book = $1 AND code = ANY ($2::text[])`,
      [tx.book, codes],
    );
    return new Map(rows.map((row) => [row.code, row]));
  }

  /** Those of the codes that land units have already. */
  async landUnits(tx: Tx, codes: readonly string[]): Promise<Set<string>> {
    const rows = await tx.query<{ code: string }>(
      `SELECT code FROM registry.land_unit WHERE book = $1 AND code = ANY ($2::text[])`,
      [tx.book, codes],
    );
    return new Set(rows.map(({ code }) => code));
  }

  async rights(tx: Tx, parcels: readonly string[]): Promise<KnownRight[]> {
    const rows = await tx.query<
      SpanRow & { parcel: string; party: string; kind: RightKind; share_ppm: string }
    >(
      `SELECT parcel, party, kind, share_ppm, lower(valid)::text AS "from", (upper(valid) - 1)::text AS "to"
         FROM registry.right_share
        WHERE book = $1 AND parcel = ANY ($2::uuid[]) AND NOT isempty(valid)`,
      [tx.book, parcels],
    );
    return rows.map(({ share_ppm, ...right }) => ({ ...right, sharePpm: BigInt(share_ppm) }));
  }

  /** Consents that were not revoked. */
  async consents(tx: Tx, parties: readonly string[]): Promise<(SpanRow & { party: string })[]> {
    return tx.query(
      `SELECT party, lower(valid)::text AS "from", (upper(valid) - 1)::text AS "to"
         FROM registry.consent
        WHERE book = $1 AND party = ANY ($2::uuid[]) AND revoked_at IS NULL`,
      [tx.book, parties],
    );
  }
}
