import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Database } from '@app/platform';
import type { Level } from '../compensation.words';

export interface StandardView {
  readonly id: string;
  readonly level: Level;
  readonly tenure: string;
  readonly payableFenPerMu: bigint;
  readonly publicManagementFenPerMu: bigint;
  readonly validFrom: Day;
  readonly validUntil: Day | null;
  readonly documentNo: string;
}

export interface ProgrammeView {
  readonly id: string;
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly ruleKind: string;
  readonly rightKinds: readonly string[];
  readonly noticeDays: number;
  readonly noticeDayKind: string;
  readonly posts: readonly string[];
  readonly standards: readonly StandardView[];
}

interface Row extends Omit<ProgrammeView, 'standards'> {
  readonly standards: readonly (Omit<StandardView, 'payableFenPerMu' | 'publicManagementFenPerMu'> & {
    readonly payableFenPerMu: string;
    readonly publicManagementFenPerMu: string;
  })[];
}

/** Reads of programmes with their standards, newest standard first. */
@Injectable()
export class Programmes {
  constructor(private readonly database: Database) {}

  async list(book: number): Promise<ProgrammeView[]> {
    const rows = await this.database.query<Row>(
      `SELECT p.id, p.code, p.name_zh AS "nameZh", p.name_en AS "nameEn", p.rule_kind AS "ruleKind",
              p.right_kinds AS "rightKinds", p.notice_days AS "noticeDays",
              p.notice_day_kind AS "noticeDayKind", p.posts,
              coalesce((SELECT jsonb_agg(jsonb_build_object(
                  'id', s.id, 'level', s.level, 'tenure', s.tenure,
                  'payableFenPerMu', s.payable_fen_per_mu::text,
                  'publicManagementFenPerMu', s.public_management_fen_per_mu::text,
                  'validFrom', lower(s.valid), 'validUntil', upper(s.valid) - 1, 'documentNo', s.document_no)
                  ORDER BY s.level, s.tenure, s.valid DESC)
                FROM compensation.standard s WHERE s.book = p.book AND s.programme = p.id), '[]') AS standards
         FROM compensation.programme p WHERE p.book = $1 ORDER BY p.code`,
      [book],
    );
    return rows.map((row) => ({
      ...row,
      standards: row.standards.map((standard) => ({
        ...standard,
        payableFenPerMu: BigInt(standard.payableFenPerMu),
        publicManagementFenPerMu: BigInt(standard.publicManagementFenPerMu),
      })),
    }));
  }
}
