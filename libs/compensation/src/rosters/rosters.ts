import { Injectable } from '@nestjs/common';

import { present, type Day } from '@app/kernel';
import { Ledger } from '@app/ledger';
import { Database } from '@app/platform';
import type { RuleKind } from '../entitlements/entitlement.words';
import type { LeftOut } from './draft.rules';
import type { RosterState } from './roster.store';

/** Where a locked roster's money stands (rules.md 1): the five are what is due, less what was released. */
export interface RosterMoney {
  /** 待发 */
  readonly pendingFen: bigint;
  /** 在途 */
  readonly inTransitFen: bigint;
  /** 已发 */
  readonly paidFen: bigint;
  /** 退回待处理 */
  readonly returnedFen: bigint;
  /** 停发 */
  readonly stoppedFen: bigint;
}

export interface RosterView extends RosterMoney {
  readonly id: string;
  readonly no: string;
  readonly programmeId: string;
  readonly ruleKind: RuleKind;
  readonly programmeNameZh: string;
  readonly programmeNameEn: string;
  readonly indicatorId: string;
  readonly region: string;
  readonly regionName: string;
  readonly year: number;
  readonly asOf: Day;
  readonly supplementaryOf: string | null;
  readonly state: RosterState;
  readonly posts: readonly string[];
  readonly stepsDone: number;
  /** The post whose turn it is; null outside review. */
  readonly nextPost: string | null;
  readonly villages: number;
  readonly villagesConfirmed: number;
  readonly lines: number;
  readonly parties: number;
  readonly areaMu100: bigint;
  readonly totalFen: bigint;
  /** What the notice left to pay (应发); null before its end. */
  readonly dueLines: number | null;
  readonly dueParties: number | null;
  readonly dueFen: bigint | null;
  readonly objectionsOpen: number;
  readonly objections: number;
  /** Settled lines that wait for a supplementary roster. */
  readonly linesToSupplement: number;
  readonly leftOut: LeftOut;
  readonly noticeFrom: Day | null;
  readonly noticeUntil: Day | null;
  readonly noticeHash: string | null;
  readonly voidReason: string | null;
  readonly madeAt: Date;
  readonly lockedAt: Date | null;
}

export interface RosterDetails extends RosterView {
  /** Each time a post sent it back, and what the other answered. */
  readonly returns: readonly {
    readonly from: string;
    readonly to: string;
    readonly reason: string;
    readonly returnedAt: Date;
    readonly answer: string | null;
    readonly answeredAt: Date | null;
  }[];
  readonly steps: readonly {
    readonly ordinal: number;
    readonly post: string;
    readonly actor: string;
    readonly at: Date;
    readonly region: string;
    readonly actingOrderNo: string | null;
  }[];
}

export interface RosterFilter {
  /** Region codes the reader sees; rosters above and below them are in sight, others are not. */
  readonly scope: readonly string[];
  readonly state?: RosterState | undefined;
  readonly year?: number | undefined;
  /** What the page before returned as `next`. */
  readonly cursor?: string | undefined;
  readonly limit: number;
}

type Row = Omit<RosterView, 'areaMu100' | 'totalFen' | 'dueFen' | keyof RosterMoney> & {
  readonly areaMu100: string;
  readonly totalFen: string;
  readonly dueFen: string | null;
};

const HEADS = {
  pendingFen: 'payable',
  inTransitFen: 'in-transit',
  paidFen: 'paid',
  returnedFen: 'returned',
  stoppedFen: 'stopped',
} as const satisfies Record<keyof RosterMoney, string>;

const FIGURES = Object.keys(HEADS) as (keyof RosterMoney)[];

const VIEW = `
  SELECT r.id, r.no, r.programme AS "programmeId", p.rule_kind AS "ruleKind", p.name_zh AS "programmeNameZh", p.name_en AS "programmeNameEn",
         r.indicator AS "indicatorId", r.region, g.name AS "regionName", r.year, r.as_of::text AS "asOf",
         r.supplementary_of AS "supplementaryOf", r.state, r.posts, r.step AS "stepsDone",
         CASE WHEN r.state = 'review' THEN r.posts[coalesce(r.return_to, r.step + 1)] END AS "nextPost",
         v.villages, v.confirmed AS "villagesConfirmed", r.lines, r.parties, r.area_mu100 AS "areaMu100",
         r.total_fen AS "totalFen", r.due_lines AS "dueLines", r.due_parties AS "dueParties", r.due_fen AS "dueFen",
         o.open AS "objectionsOpen", o.objections, s.lines AS "linesToSupplement", r.left_out AS "leftOut",
         r.notice_from::text AS "noticeFrom", r.notice_until::text AS "noticeUntil", r.notice_hash AS "noticeHash",
         r.void_reason AS "voidReason", r.made_at AS "madeAt", r.locked_at AS "lockedAt"
    FROM compensation.roster r
    JOIN compensation.programme p ON p.book = r.book AND p.id = r.programme
    JOIN regions.region g ON g.code = r.region
   CROSS JOIN LATERAL (
     SELECT count(*)::int AS villages, count(x.confirmed_at)::int AS confirmed
       FROM compensation.roster_village x WHERE x.book = r.book AND x.roster = r.id) v
   CROSS JOIN LATERAL (
     SELECT count(*)::int AS objections, (count(*) FILTER (WHERE x.outcome IS NULL))::int AS open
       FROM compensation.objection x WHERE x.book = r.book AND x.roster = r.id) o
   CROSS JOIN LATERAL (
     SELECT count(*)::int AS lines FROM compensation.roster_line x
      WHERE x.book = r.book AND x.roster = r.id AND x.state = 'dismissed') s`;

const IN_SIGHT = (scope: string) => `
  EXISTS (SELECT FROM unnest(${scope}::text[]) AS u (code)
           WHERE starts_with(r.region, u.code) OR starts_with(u.code, r.region))`;

/** Reads of rosters for the bureau. Money is a sum of the ledger; none is kept beside it. */
@Injectable()
export class Rosters {
  constructor(
    private readonly database: Database,
    private readonly ledger: Ledger,
  ) {}

  /** In order of their numbers, a page at a time. */
  async list(book: number, filter: RosterFilter): Promise<{ items: RosterView[]; next: string | null }> {
    const rows = await this.database.query<Row>(
      `${VIEW} WHERE r.book = $1 AND ${IN_SIGHT('$2')} AND ($3::text IS NULL OR r.state = $3)
          AND ($4::int IS NULL OR r.year = $4) AND ($5::text IS NULL OR r.no > $5) ORDER BY r.no LIMIT $6`,
      [
        book,
        filter.scope,
        filter.state ?? null,
        filter.year ?? null,
        filter.cursor ?? null,
        filter.limit + 1,
      ],
    );
    const page = rows.slice(0, filter.limit);
    const next = rows.length > filter.limit ? (page.at(-1)?.no ?? null) : null;
    return { items: await this.withMoney(book, page), next };
  }

  /** Undefined when there is none that the reader sees. */
  async byId(book: number, id: string, scope: readonly string[]): Promise<RosterDetails | undefined> {
    const rows = await this.database.query<Row>(
      `${VIEW} WHERE r.book = $1 AND r.id = $2 AND ${IN_SIGHT('$3')}`,
      [book, id, scope],
    );
    const [roster] = await this.withMoney(book, rows);
    if (!roster) return undefined;
    const steps = await this.database.query<RosterDetails['steps'][number]>(
      `SELECT ordinal, post, actor, at, region, acting_order_no AS "actingOrderNo"
         FROM compensation.roster_step WHERE book = $1 AND roster = $2 ORDER BY ordinal, at, actor`,
      [book, id],
    );
    const returns = await this.database.query<RosterDetails['returns'][number]>(
      `SELECT r.posts[b.from_ordinal] AS "from", r.posts[b.to_ordinal] AS "to", b.reason, b.returned_at AS "returnedAt",
              b.answer, b.answered_at AS "answeredAt"
         FROM compensation.roster_return b JOIN compensation.roster r ON r.book = b.book AND r.id = b.roster
        WHERE b.book = $1 AND b.roster = $2 ORDER BY b.returned_at, b.id`,
      [book, id],
    );
    return { ...roster, steps, returns };
  }

  private async withMoney(book: number, rows: readonly Row[]): Promise<RosterView[]> {
    if (rows.length === 0) return [];
    const headOf = (row: Row, figure: keyof RosterMoney) => `${HEADS[figure]}/${row.indicatorId}/${row.id}`;
    const sums = await this.ledger.sums(
      book,
      rows.flatMap((row) => FIGURES.map((figure) => headOf(row, figure))),
    );
    return rows.map((row) => {
      const money = FIGURES.map((figure) => [
        figure,
        present(sums.get(headOf(row, figure)), 'every head asked for has a sum'),
      ]);
      return {
        ...row,
        ...(Object.fromEntries(money) as Record<keyof RosterMoney, bigint>),
        areaMu100: BigInt(row.areaMu100),
        totalFen: BigInt(row.totalFen),
        dueFen: row.dueFen === null ? null : BigInt(row.dueFen),
      };
    });
  }
}
