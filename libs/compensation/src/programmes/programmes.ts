import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Database } from '@app/platform';
import type { RuleKind } from '../entitlements/entitlement.words';
import type { Settings } from '../entitlements/settings.rules';
import type { Level } from '../compensation.words';

export interface StandardView {
  readonly id: string;
  readonly level: Level;
  readonly tenure: string;
  /** For every forest class, for every management grade (管护等级), when null. */
  readonly forestClass: string | null;
  readonly managementGrade: number | null;
  readonly payableFenPerMu: bigint;
  readonly deductionKind: string | null;
  readonly deductionFenPerMu: bigint;
  readonly deductionDocumentNo: string | null;
  /** The standard and the index decision that it follows from, when it does. */
  readonly derivedFrom: string | null;
  readonly indexDecision: string | null;
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
  readonly ruleKind: RuleKind;
  /** What the kind goes by. */
  readonly settings: Settings;
  readonly rightKinds: readonly string[];
  readonly noticeDays: number;
  readonly noticeDayKind: string;
  readonly posts: readonly string[];
  /** Within these quality moves what a mu pays, in millionths; null when it does not. */
  readonly qualityMinPpm: bigint | null;
  readonly qualityMaxPpm: bigint | null;
  readonly standards: readonly StandardView[];
}

type Fen = 'payableFenPerMu' | 'publicManagementFenPerMu' | 'deductionFenPerMu';

interface Row extends Omit<ProgrammeView, 'standards' | 'qualityMinPpm' | 'qualityMaxPpm'> {
  readonly qualityMinPpm: string | null;
  readonly qualityMaxPpm: string | null;
  readonly standards: readonly (Omit<StandardView, Fen> & {
    readonly payableFenPerMu: string;
    readonly publicManagementFenPerMu: string;
    readonly deductionFenPerMu: string;
  })[];
}

/** Reads of programmes with their standards, newest standard first. */
@Injectable()
export class Programmes {
  constructor(private readonly database: Database) {}

  async list(book: number): Promise<ProgrammeView[]> {
    const rows = await this.database.query<Row>(
      `SELECT p.id, p.code, p.name_zh AS "nameZh", p.name_en AS "nameEn", p.rule_kind AS "ruleKind", p.settings,
              p.right_kinds AS "rightKinds", p.notice_days AS "noticeDays",
              p.notice_day_kind AS "noticeDayKind", p.posts,
              p.quality_min_ppm AS "qualityMinPpm", p.quality_max_ppm AS "qualityMaxPpm",
              coalesce((SELECT jsonb_agg(jsonb_build_object(
                  'id', s.id, 'level', s.level, 'tenure', s.tenure,
                  'forestClass', s.forest_class, 'managementGrade', s.management_grade,
                  'deductionKind', s.deduction_kind, 'deductionFenPerMu', s.deduction_fen_per_mu::text,
                  'deductionDocumentNo', s.deduction_document_no, 'derivedFrom', s.derived_from,
                  'indexDecision', s.index_decision,
                  'payableFenPerMu', s.payable_fen_per_mu::text,
                  'publicManagementFenPerMu', s.public_management_fen_per_mu::text,
                  'validFrom', lower(s.valid), 'validUntil', upper(s.valid) - 1, 'documentNo', s.document_no)
                  ORDER BY s.level, s.tenure, s.specificity, s.valid DESC)
                FROM compensation.standard s WHERE s.book = p.book AND s.programme = p.id), '[]') AS standards
         FROM compensation.programme p WHERE p.book = $1 ORDER BY p.code`,
      [book],
    );
    return rows.map((row) => ({
      ...row,
      qualityMinPpm: row.qualityMinPpm === null ? null : BigInt(row.qualityMinPpm),
      qualityMaxPpm: row.qualityMaxPpm === null ? null : BigInt(row.qualityMaxPpm),
      standards: row.standards.map((standard) => ({
        ...standard,
        payableFenPerMu: BigInt(standard.payableFenPerMu),
        publicManagementFenPerMu: BigInt(standard.publicManagementFenPerMu),
        deductionFenPerMu: BigInt(standard.deductionFenPerMu),
      })),
    }));
  }
}
