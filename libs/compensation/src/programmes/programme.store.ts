import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { RuleKind } from '../entitlements/entitlement.words';
import type { Settings } from '../entitlements/settings.rules';
import type { NoticeDayKind } from '../notice/notice.rules';
import type { ProgrammeDraft, StandardDraft } from './programme.rules';

export interface Programme extends ProgrammeDraft {
  readonly id: string;
  readonly ruleKind: RuleKind;
  readonly settings: Settings;
}

interface ProgrammeRow {
  readonly id: string;
  readonly code: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly rule_kind: RuleKind;
  readonly settings: Settings;
  readonly right_kinds: string[];
  readonly notice_days: number;
  readonly notice_day_kind: NoticeDayKind;
  readonly posts: string[];
  readonly quality_min_ppm: string | null;
  readonly quality_max_ppm: string | null;
}

/** Same level and tenure, and keys that could both fit one parcel: an equally specific standard of the draft's. */
const RIVALS = `book = $1 AND programme = $2 AND level = $3 AND tenure = $4
          AND specificity = num_nonnulls($5::text, $6::int)
          AND coalesce(forest_class = $5, true) AND coalesce(management_grade = $6, true)`;

const keysOf = ({ programme, level, tenure, forestClass, managementGrade }: StandardDraft): unknown[] => [
  ...[programme, level, tenure, forestClass ?? null, managementGrade ?? null],
];

@Injectable()
export class ProgrammeStore {
  /** Returns false when the book has a programme with this code. */
  async insert(tx: Tx, id: string, draft: ProgrammeDraft): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO compensation.programme (book, id, code, name_zh, name_en, rule_kind, right_kinds, notice_days,
              notice_day_kind, posts, created_by, created_at, quality_min_ppm, quality_max_ppm,
              settings)
       VALUES ($1, $2, $3, $4, $5, $14, $6, $7, $8, $9, $10, $11, $12, $13, $15)
       ON CONFLICT (book, code) DO NOTHING RETURNING id`,
      [
        tx.book,
        id,
        draft.code,
        draft.nameZh,
        draft.nameEn,
        draft.rightKinds,
        draft.noticeDays,
        draft.noticeDayKind,
        draft.posts,
        tx.context.actor,
        tx.now,
        draft.quality?.minPpm ?? null,
        draft.quality?.maxPpm ?? null,
        draft.ruleKind ?? 'area',
        JSON.stringify(draft.settings ?? {}),
      ],
    );
    return rows.length === 1;
  }

  async find(tx: Tx, id: string): Promise<Programme | undefined> {
    const [row] = await tx.query<ProgrammeRow>(
      `SELECT id, code, name_zh, name_en, rule_kind, settings, right_kinds, notice_days, notice_day_kind, posts,
              quality_min_ppm, quality_max_ppm
         FROM compensation.programme WHERE book = $1 AND id = $2`,
      [tx.book, id],
    );
    return (
      row && {
        id: row.id,
        code: row.code,
        nameZh: row.name_zh,
        nameEn: row.name_en,
        ruleKind: row.rule_kind,
        settings: row.settings,
        rightKinds: row.right_kinds,
        noticeDays: row.notice_days,
        noticeDayKind: row.notice_day_kind,
        posts: row.posts,
        quality:
          row.quality_min_ppm === null || row.quality_max_ppm === null
            ? undefined
            : { minPpm: BigInt(row.quality_min_ppm), maxPpm: BigInt(row.quality_max_ppm) },
      }
    );
  }

  /** Those of the posts that nobody can hold. */
  async unknownPosts(tx: Tx, posts: readonly string[]): Promise<string[]> {
    const rows = await tx.query<{ post: string }>(
      `SELECT u.post FROM unnest($1::text[]) AS u (post)
        WHERE NOT EXISTS (SELECT FROM identity.posts p WHERE p.code = u.post)`,
      [posts],
    );
    return rows.map(({ post }) => post);
  }

  /**
   * One after another for a programme, until the commit: rosters that are made at once then see each other, and so
   * do standards.
   */
  async queue(tx: Tx, programme: string): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('compensation.programme/' || $1, $2))`, [
      programme,
      tx.book,
    ]);
  }

  /** Ends the open standard that a new one follows. Returns how many days' standards it ended: none or one. */
  endBefore(tx: Tx, draft: StandardDraft): Promise<number> {
    return tx.execute(
      `UPDATE compensation.standard SET valid = daterange(lower(valid), $7::date)
        WHERE ${RIVALS} AND forest_class IS NOT DISTINCT FROM $5 AND management_grade IS NOT DISTINCT FROM $6
          AND upper_inf(valid) AND lower(valid) < $7::date`,
      [tx.book, ...keysOf(draft), draft.validFrom],
    );
  }

  /** The standard that holds on some day of the draft's, if there is one. */
  async overlapping(
    tx: Tx,
    draft: StandardDraft,
  ): Promise<{ documentNo: string; validFrom: Day; validUntil: Day | null } | undefined> {
    const [row] = await tx.query<{ document_no: string; valid_from: Day; valid_until: Day | null }>(
      `SELECT document_no, lower(valid)::text AS valid_from, (upper(valid) - 1)::text AS valid_until
         FROM compensation.standard
        WHERE ${RIVALS} AND valid && daterange($7::date, $8::date, '[]') LIMIT 1`,
      [tx.book, ...keysOf(draft), draft.validFrom, draft.validUntil ?? null],
    );
    return row && { documentNo: row.document_no, validFrom: row.valid_from, validUntil: row.valid_until };
  }

  async insertStandard(tx: Tx, id: string, draft: StandardDraft): Promise<void> {
    await tx.query(
      `INSERT INTO compensation.standard (book, id, programme, level, tenure, forest_class, management_grade,
              payable_fen_per_mu, public_management_fen_per_mu, valid, document_no, recorded_by, recorded_at,
              deduction_kind, deduction_fen_per_mu, deduction_document_no)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, daterange($10::date, $11::date, '[]'), $12, $13, $14, $15, $16, $17)`,
      [
        tx.book,
        id,
        ...keysOf(draft),
        draft.payableFenPerMu,
        draft.publicManagementFenPerMu,
        draft.validFrom,
        draft.validUntil ?? null,
        draft.documentNo,
        tx.context.actor,
        tx.now,
        draft.deduction?.kind ?? null,
        draft.deduction?.fenPerMu ?? 0n,
        draft.deduction?.documentNo ?? null,
      ],
    );
  }
}
