import { Injectable } from '@nestjs/common';

import { ok, refuse, type Day, type Result } from '@app/kernel';
import { Books, Database } from '@app/platform';
import type { Refused } from '../compensation.refusals';
import { isNoticeOver } from './notice.rules';
import { RosterLines, type RosterLineView } from '../rosters/roster-lines';

/** A line as the notice board shows it: names, never a number of a person. */
export type NoticeLineView = Omit<
  RosterLineView,
  'entitlementId' | 'partyId' | 'payee' | 'state' | 'village'
> & {
  /** Somebody objected; the line waits for a decision. */
  readonly objected: boolean;
};

export interface NoticeView {
  readonly rosterId: string;
  readonly no: string;
  readonly programmeNameZh: string;
  readonly programmeNameEn: string;
  readonly region: string;
  readonly regionName: string;
  readonly year: number;
  readonly lines: number;
  readonly parties: number;
  readonly areaMu100: bigint;
  readonly totalFen: bigint;
  readonly noticeFrom: Day;
  /** The last day on which objections are taken. */
  readonly noticeUntil: Day;
  readonly noticeHash: string;
  readonly standards: readonly {
    readonly level: string;
    readonly tenure: string;
    readonly forestClass: string | null;
    readonly managementGrade: number | null;
    readonly payableFenPerMu: bigint;
    readonly deductionFenPerMu: bigint;
    readonly deductionDocumentNo: string | null;
    readonly documentNo: string;
  }[];
  /** The period is over: totals stay, names are taken down. */
  readonly expired: boolean;
  readonly items: readonly NoticeLineView[];
  readonly next: string | null;
}

/** A notice as the board lists it. */
export type NoticeHead = Pick<
  NoticeView,
  'rosterId' | 'no' | 'region' | 'regionName' | 'year' | 'noticeFrom' | 'noticeUntil'
>;

interface Row extends Omit<
  NoticeView,
  'areaMu100' | 'totalFen' | 'standards' | 'expired' | 'items' | 'next'
> {
  readonly areaMu100: string;
  readonly totalFen: string;
  readonly standards: readonly {
    level: string;
    tenure: string;
    forestClass: string | null;
    managementGrade: number | null;
    payableFenPerMu: string;
    deductionFenPerMu: string;
    deductionDocumentNo: string | null;
    documentNo: string;
  }[];
}

const EVERYWHERE = [''];

/** The public side of a notice (公示): for anyone, while it lasts. */
@Injectable()
export class PublicNotice {
  constructor(
    private readonly database: Database,
    private readonly books: Books,
    private readonly rosterLines: RosterLines,
  ) {}

  /** Refuses ROSTER_UNKNOWN for what was never published, drafts included: the two are not told apart. */
  async read(
    book: number,
    id: string,
    page: { readonly after?: number | undefined; readonly limit: number },
  ): Promise<Result<NoticeView, Refused<'ROSTER_UNKNOWN'>>> {
    const head = await this.head(book, id);
    if (!head) return refuse({ code: 'ROSTER_UNKNOWN', roster: id });
    const expired = isNoticeOver(head.noticeUntil, await this.books.now(book));
    const found = expired
      ? { items: [], next: null }
      : await this.rosterLines.page(book, { roster: id, scope: EVERYWHERE, ...page });
    return ok({
      ...head,
      areaMu100: BigInt(head.areaMu100),
      totalFen: BigInt(head.totalFen),
      standards: head.standards.map((one) => ({
        ...one,
        payableFenPerMu: BigInt(one.payableFenPerMu),
        deductionFenPerMu: BigInt(one.deductionFenPerMu),
      })),
      expired,
      items: found.items.map(toNoticeLine),
      next: found.next,
    });
  }

  /** Published rosters of the book, the latest first: what a notice board lists. */
  list(book: number): Promise<NoticeHead[]> {
    return this.database.query(
      `SELECT r.id AS "rosterId", r.no, r.region, g.name AS "regionName", r.year,
              r.notice_from::text AS "noticeFrom", r.notice_until::text AS "noticeUntil"
         FROM compensation.roster r JOIN regions.region g ON g.code = r.region
        WHERE r.book = $1 AND r.state = 'notice'
          AND (platform.book_now(r.book) AT TIME ZONE 'Asia/Shanghai')::date <= r.notice_until
        ORDER BY r.notice_from DESC, r.no LIMIT 200`,
      [book],
    );
  }

  private async head(book: number, id: string): Promise<Row | undefined> {
    const [row] = await this.database.query<Row>(
      `SELECT r.id AS "rosterId", r.no, p.name_zh AS "programmeNameZh", p.name_en AS "programmeNameEn", r.region,
              g.name AS "regionName", r.year, r.lines, r.parties, r.area_mu100 AS "areaMu100",
              r.total_fen AS "totalFen", r.notice_from::text AS "noticeFrom",
              r.notice_until::text AS "noticeUntil", r.notice_hash AS "noticeHash",
              (SELECT coalesce(jsonb_agg(jsonb_build_object('level', s.level, 'tenure', s.tenure,
                        'forestClass', s.forest_class, 'managementGrade', s.management_grade,
                        'payableFenPerMu', s.payable_fen_per_mu::text,
                        'deductionFenPerMu', s.deduction_fen_per_mu::text,
                        'deductionDocumentNo', s.deduction_document_no, 'documentNo', s.document_no)
                        ORDER BY s.level, s.tenure, s.specificity, s.id), '[]')
                 FROM compensation.standard s
                WHERE s.book = r.book AND s.id IN (SELECT l.standard FROM compensation.roster_line l
                                                    WHERE l.book = r.book AND l.roster = r.id)) AS standards
         FROM compensation.roster r
         JOIN compensation.programme p ON p.book = r.book AND p.id = r.programme
         JOIN regions.region g ON g.code = r.region
        WHERE r.book = $1 AND r.id = $2 AND r.notice_hash IS NOT NULL`,
      [book, id],
    );
    return row;
  }
}

const toNoticeLine = (line: RosterLineView): NoticeLineView => ({
  no: line.no,
  villageName: line.villageName,
  name: line.name,
  parcelCode: line.parcelCode,
  kind: line.kind,
  areaMu100: line.areaMu100,
  fenPerMu: line.fenPerMu,
  deductionFenPerMu: line.deductionFenPerMu,
  qualityPpm: line.qualityPpm,
  sharePpm: line.sharePpm,
  amountFen: line.amountFen,
  explanationZh: line.explanationZh,
  explanationEn: line.explanationEn,
  objected: line.state === 'objected',
});
