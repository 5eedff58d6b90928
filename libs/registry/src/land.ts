import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Database } from '@app/platform';
import { payableOn } from './payable.rules';
import type { ParcelStatus, RightKind } from './registry.words';

/** One right of a party to one parcel on a day. */
export interface HeldLand {
  readonly party: string;
  readonly right: {
    readonly kind: RightKind;
    readonly sharePpm: bigint;
    readonly from: Day;
    readonly to: Day | null;
    readonly documentNo: string;
  };
  readonly parcel: {
    readonly id: string;
    readonly code: string;
    readonly landUnitCode: string;
    readonly village: string;
    readonly forestClass: string;
    readonly ageGroup: string;
    readonly origin: string;
    readonly publicWelfareLevel: string;
    readonly tenure: string;
    readonly areaMu100: bigint;
    readonly rightRegistered: boolean;
    /** Its middle is hidden: enough to recognise one's own, too little to use another's. */
    readonly certificateNo: string | null;
    readonly scopeDecision: string | null;
    readonly scopeFrom: Day | null;
    readonly scopeTo: Day | null;
    /** Right registered and inside scope on the day. */
    readonly isPayable: boolean;
    readonly status: ParcelStatus;
  };
}

type HeldRow = Pick<HeldLand, 'party'> & {
  readonly right: Omit<HeldLand['right'], 'sharePpm'> & { readonly sharePpm: string };
  readonly parcel: Omit<HeldLand['parcel'], 'areaMu100'> & { readonly areaMu100: string };
};

/** 紫林证字(2011)第0001234号 → 紫林证****234号. Short ones are hidden whole. */
export const maskCertificate = (text: string): string =>
  text.length < 8 ? '*'.repeat(text.length) : `${text.slice(0, 3)}****${text.slice(-4)}`;

@Injectable()
export class Land {
  constructor(private readonly database: Database) {}

  /** What the parties hold on the day, by parcel code. jsonb carries the integers as text. */
  async of(book: number, parties: readonly string[], day: Day): Promise<HeldLand[]> {
    const rows = await this.database.query<HeldRow>(
      `SELECT r.party,
              jsonb_build_object('kind', r.kind, 'sharePpm', r.share_ppm::text, 'from', lower(r.valid),
                'to', upper(r.valid) - 1, 'documentNo', r.document_no) AS "right",
              jsonb_build_object('id', p.id, 'code', p.code, 'landUnitCode', p.land_unit_code,
                'village', p.village, 'forestClass', p.forest_class, 'ageGroup', p.age_group,
                'origin', p.origin, 'publicWelfareLevel', p.public_welfare_level, 'tenure', p.tenure,
                'areaMu100', p.area_mu100::text, 'rightRegistered', p.right_registered,
                'certificateNo', p.certificate_no, 'scopeDecision', p.scope_decision,
                'scopeFrom', p.scope_from, 'scopeTo', p.scope_to,
                'isPayable', ${payableOn('p', '$3')}, 'status', p.status) AS parcel
         FROM registry.right_current r
         JOIN registry.parcel_current p ON p.book = r.book AND p.id = r.parcel
        WHERE r.book = $1 AND r.party = ANY ($2::uuid[]) AND r.valid @> $3::date
        ORDER BY p.code, r.kind, r.party`,
      [book, parties, day],
    );
    return rows.map(({ party, right, parcel }) => ({
      party,
      right: { ...right, sharePpm: BigInt(right.sharePpm) },
      parcel: {
        ...parcel,
        areaMu100: BigInt(parcel.areaMu100),
        certificateNo: parcel.certificateNo === null ? null : maskCertificate(parcel.certificateNo),
      },
    }));
  }
}
