import { Injectable } from '@nestjs/common';

import { present } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { EntitlementKind } from '../entitlements/entitlement.words';
import type { Figures } from '../entitlements/sentence.rules';
import type { NoticeLine } from './notice.rules';

interface Row {
  readonly no: number;
  readonly village: string;
  readonly party: string;
  readonly amount_fen: string;
  readonly parcel: string | null;
  readonly right_share: string | null;
  readonly standard: string | null;
  readonly area_mu100: string | null;
  readonly fen_per_mu: string | null;
  readonly deduction_fen_per_mu: string;
  readonly quality_ppm: string;
  readonly quality_result: string | null;
  readonly share_ppm: string | null;
  readonly parcel_fen: string | null;
  readonly entitlement: string | null;
  readonly kind: EntitlementKind | null;
  readonly figures: Figures | null;
}

@Injectable()
export class NoticeLineStore {
  /** The whole roster as its notice fixes it, in order. */
  async list(tx: Tx, roster: string): Promise<NoticeLine[]> {
    const rows = await tx.query<Row>(
      `SELECT l.no, l.village, l.party, l.amount_fen, l.parcel, l.right_share, l.standard, l.area_mu100, l.fen_per_mu,
              l.deduction_fen_per_mu, l.quality_ppm, l.quality_result, l.share_ppm, l.parcel_fen, l.entitlement, e.kind,
              e.figures
         FROM compensation.roster_line l
         LEFT JOIN compensation.entitlement e ON e.book = l.book AND e.id = l.entitlement
        WHERE l.book = $1 AND l.roster = $2 ORDER BY l.no`,
      [tx.book, roster],
    );
    return rows.map(toLine);
  }
}

function toLine(row: Row): NoticeLine {
  const { no, village, party } = row;
  const shared = { no, village, party, amountFen: BigInt(row.amount_fen) };
  if (row.entitlement !== null) {
    return {
      ...shared,
      entitlement: row.entitlement,
      kind: present(row.kind, 'an entitlement has a kind'),
      figures: present(row.figures, 'an entitlement has figures'),
    };
  }
  const of = (value: string | null): string => present(value, 'a line of land has all its columns');
  return {
    ...shared,
    parcel: of(row.parcel),
    right: of(row.right_share),
    standard: of(row.standard),
    areaMu100: BigInt(of(row.area_mu100)),
    fenPerMu: BigInt(of(row.fen_per_mu)),
    deductionFenPerMu: BigInt(row.deduction_fen_per_mu),
    qualityPpm: BigInt(row.quality_ppm),
    qualityResult: row.quality_result,
    sharePpm: BigInt(of(row.share_ppm)),
    parcelFen: BigInt(of(row.parcel_fen)),
  };
}
