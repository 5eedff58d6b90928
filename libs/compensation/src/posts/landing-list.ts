import { Injectable } from '@nestjs/common';

import { present } from '@app/kernel';
import { Ledger } from '@app/ledger';
import { Books, Database } from '@app/platform';
import { waitingOf, type Standing, type Waiting } from './waiting.rules';

/** 到县指标, 已发, 在途: where the book's money stands. */
export interface LandingMoney {
  readonly allottedFen: bigint;
  readonly availableFen: bigint;
  readonly reservedFen: bigint;
  readonly pendingFen: bigint;
  readonly inTransitFen: bigint;
  readonly returnedFen: bigint;
  readonly stoppedFen: bigint;
  readonly paidFen: bigint;
  readonly recoveredFen: bigint;
}

export interface LandingRoster extends Waiting {
  readonly rosterId: string;
  readonly no: string;
  readonly programmeNameZh: string;
  readonly programmeNameEn: string;
  readonly region: string;
  readonly regionName: string;
  readonly year: number;
  readonly state: string;
  /** What is due, or before the notice's end what is listed. */
  readonly amountFen: bigint;
  readonly pendingFen: bigint;
  readonly inTransitFen: bigint;
  readonly returnedFen: bigint;
  readonly paidFen: bigint;
}

export interface Landing {
  readonly now: Date;
  readonly money: LandingMoney;
  /** All that is not paid yet, what has waited longest first; at most 500. */
  readonly rosters: readonly LandingRoster[];
}

const HEADS: Readonly<Record<keyof LandingMoney, string>> = {
  allottedFen: 'allotted',
  availableFen: 'fund',
  reservedFen: 'reserved',
  pendingFen: 'payable',
  inTransitFen: 'in-transit',
  returnedFen: 'returned',
  stoppedFen: 'stopped',
  paidFen: 'paid',
  recoveredFen: 'recovered',
};
const MONEY = Object.keys(HEADS) as (keyof LandingMoney)[];
const OF_ROSTER = ['pendingFen', 'inTransitFen', 'returnedFen', 'paidFen'] as const;
const ROSTERS_MAX = 500;

type Row = Omit<Standing, 'pendingFen' | 'inTransitFen' | 'returnedFen'> &
  Pick<
    LandingRoster,
    'rosterId' | 'no' | 'programmeNameZh' | 'programmeNameEn' | 'region' | 'regionName' | 'year'
  > & {
    readonly indicator: string;
    readonly amountFen: string;
  };

/** The director's first look: what came, what is paid, and with whom the rest waits for how many days. */
@Injectable()
export class LandingList {
  constructor(
    private readonly database: Database,
    private readonly books: Books,
    private readonly ledger: Ledger,
  ) {}

  async read(book: number, scope: readonly string[]): Promise<Landing> {
    const now = await this.books.now(book);
    const rows = await this.rows(book, scope);
    const headOf = ({ indicator, rosterId }: Row, figure: keyof LandingMoney) =>
      `${HEADS[figure]}/${indicator}/${rosterId}`;
    const sums = await this.ledger.sums(book, [
      ...MONEY.map((figure) => HEADS[figure]),
      ...rows.flatMap((row) => OF_ROSTER.map((figure) => headOf(row, figure))),
    ]);
    const sum = (head: string): bigint => present(sums.get(head), 'every head asked for has a sum');
    const rosters = rows.flatMap((row) => {
      const [pendingFen, inTransitFen, returnedFen, paidFen] = OF_ROSTER.map((figure) =>
        sum(headOf(row, figure)),
      );
      const money = {
        pendingFen: pendingFen!,
        inTransitFen: inTransitFen!,
        returnedFen: returnedFen!,
        paidFen: paidFen!,
      };
      const waiting = waitingOf({ ...row, ...money }, now);
      return waiting ? [{ ...toView(row), ...money, ...waiting }] : [];
    });
    rosters.sort((a, b) => a.since.getTime() - b.since.getTime() || (a.no < b.no ? -1 : 1));
    const money = Object.fromEntries(MONEY.map((figure) => [figure, sum(HEADS[figure])])) as Record<
      keyof LandingMoney,
      bigint
    >;
    return { now, money, rosters };
  }

  private rows(book: number, scope: readonly string[]): Promise<Row[]> {
    return this.database.query<Row>(
      `SELECT r.id AS "rosterId", r.no, p.name_zh AS "programmeNameZh", p.name_en AS "programmeNameEn", r.region,
              g.name AS "regionName", r.year, r.indicator, coalesce(r.due_fen, r.total_fen) AS "amountFen", r.state,
              r.posts, r.step, r.return_to AS "returnTo", r.made_at AS "madeAt",
              (r.notice_until + 1)::timestamp AT TIME ZONE 'Asia/Shanghai' AS "noticeOverAt",
              (SELECT max(s.at) FROM compensation.roster_step s WHERE s.book = r.book AND s.roster = r.id) AS "steppedAt",
              (SELECT max(coalesce(b.answered_at, b.returned_at)) FROM compensation.roster_return b
                WHERE b.book = r.book AND b.roster = r.id) AS "returnedAt",
              r.approved_at AS "approvedAt", r.locked_at AS "lockedAt"
         FROM compensation.roster r
         JOIN compensation.programme p ON p.book = r.book AND p.id = r.programme
         JOIN regions.region g ON g.code = r.region
        WHERE r.book = $1 AND r.state <> 'void'
          AND EXISTS (SELECT FROM unnest($2::text[]) AS u (code)
                       WHERE starts_with(r.region, u.code) OR starts_with(u.code, r.region))
        ORDER BY r.made_at DESC LIMIT ${ROSTERS_MAX}`,
      [book, scope],
    );
  }
}

const toView = (row: Row) => ({
  ...{
    rosterId: row.rosterId,
    no: row.no,
    programmeNameZh: row.programmeNameZh,
    programmeNameEn: row.programmeNameEn,
  },
  ...{ region: row.region, regionName: row.regionName, year: row.year, state: row.state },
  amountFen: BigInt(row.amountFen),
});
