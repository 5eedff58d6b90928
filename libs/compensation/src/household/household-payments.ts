import { Injectable } from '@nestjs/common';

import { present } from '@app/kernel';
import { Database, type Book } from '@app/platform';
import { payeeOf, type PayeeOf, type PayeeReason } from '@app/registry';
import {
  figuresOf,
  LINE_FIGURES,
  LINE_FIGURES_JOINS,
  type LineFiguresRow,
  type LineFiguresView,
} from '../rosters/line-figures';
import {
  PAYMENT_STATES,
  paymentStateOf,
  whomToAsk,
  type LineStanding,
  type PaymentState,
} from './payment-state.rules';
import type { RosterLineState } from '../rosters/roster-line.store';
import type { RosterState } from '../rosters/roster.store';

/** What one parcel pays one party in one year, where the money is, and whom to ask. */
export interface HouseholdPayment extends LineFiguresView {
  readonly rosterId: string;
  readonly rosterNo: string;
  readonly lineNo: number;
  readonly partyId: string;
  readonly partyName: string;
  readonly programmeNameZh: string;
  readonly programmeNameEn: string;
  readonly year: number;
  readonly villageName: string;
  readonly state: PaymentState;
  readonly stateZh: string;
  readonly stateEn: string;
  /** Objections are taken until the end of this day, while the notice is up. */
  readonly noticeUntil: string | null;
  readonly paidAt: Date | null;
  /** Last digits of the account it went or will go to. */
  readonly accountLast4: string | null;
  /** Who is or was paid in the party's place; null when the account is its own. */
  readonly payee: PayeeOf | null;
  /** Why the bank sent it back and what to do, in Chinese. */
  readonly returnReason: string | null;
  readonly whatToDo: string | null;
  readonly ask: {
    readonly post: string;
    readonly postNameZh: string;
    readonly postNameEn: string;
    readonly regionName: string;
  };
}

interface Row extends LineFiguresRow {
  readonly roster: string;
  readonly roster_no: string;
  readonly roster_state: RosterState;
  readonly next_post: string | null;
  readonly no: number;
  readonly party: string;
  readonly party_name: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly year: number;
  readonly village_name: string;
  readonly region_name: string;
  readonly county_name: string;
  readonly line_state: RosterLineState;
  readonly notice_until: string | null;
  readonly payment_state: string | null;
  readonly paid_at: Date | null;
  readonly last4: string | null;
  readonly payee_reason: PayeeReason | null;
  readonly payee_no: string | null;
  readonly payee_name: string | null;
  readonly return_reason: string | null;
  readonly what_to_do: string | null;
}

type PostNames = ReadonlyMap<string, { readonly name_zh: string; readonly name_en: string }>;

/** As many as a household will ever look at; a collective with more reads its rosters. */
const LINES_MAX = 500;

/** A person's own payments (我的补偿): of the parties whose phone is theirs. */
@Injectable()
export class HouseholdPayments {
  constructor(private readonly database: Database) {}

  /** Newest year first. Drafts are nobody's yet; a line that was carried is told by the roster that took it. */
  async list(book: Book, phoneIndex: Buffer): Promise<HouseholdPayment[]> {
    const rows = await this.database.query<Row>(
      `SELECT l.roster, r.no AS roster_no, r.state AS roster_state,
              CASE WHEN r.state = 'review' THEN r.posts[coalesce(r.return_to, r.step + 1)] END AS next_post, l.no, l.party,
              t.name AS party_name, g.name_zh, g.name_en, l.year, coalesce(v.name, l.village) AS village_name,
              a.name AS region_name, c.name AS county_name, ${LINE_FIGURES}, l.state AS line_state,
              CASE WHEN r.state = 'notice' THEN r.notice_until::text END AS notice_until, m.state AS payment_state,
              CASE WHEN m.state = 'paid' THEN b.settled_at END AS paid_at, coalesce(u.last4, k.last4) AS last4,
              CASE WHEN u.id IS NULL THEN k.payee_reason ELSE b.payee_reason END AS payee_reason,
              CASE WHEN u.id IS NULL THEN k.payee_external_no ELSE w.external_no END AS payee_no,
              CASE WHEN u.id IS NULL THEN k.payee_name ELSE w.name END AS payee_name,
              CASE WHEN m.state = 'returned' THEN f.text_zh END AS return_reason,
              CASE WHEN m.state = 'returned' THEN f.what_to_do END AS what_to_do
         FROM registry.party t
         JOIN compensation.roster_line l ON l.book = t.book AND l.party = t.id
         JOIN compensation.roster r ON r.book = l.book AND r.id = l.roster
         JOIN compensation.programme g ON g.book = r.book AND g.id = r.programme${LINE_FIGURES_JOINS}
         JOIN regions.region a ON a.code = r.region
         JOIN regions.region c ON c.code = $3
         LEFT JOIN regions.region v ON v.code = l.village
         LEFT JOIN compensation.roster_payee y
                ON y.book = l.book AND y.roster = l.roster AND y.party = l.party AND l.state = 'included'
         LEFT JOIN disbursement.payment_line m ON m.book = y.book AND m.id = y.payment_line
         LEFT JOIN disbursement.batch_line b ON b.book = m.book AND b.batch = m.batch AND b.line = m.id
         LEFT JOIN disbursement.failure_reason f ON f.code = b.reason_code
         LEFT JOIN registry.bank_account u ON u.book = b.book AND u.id = b.bank_account
         LEFT JOIN registry.party w ON w.book = u.book AND w.id = u.party
         LEFT JOIN registry.payee_account k ON k.book = l.book AND k.party = l.party
        WHERE t.book = $1 AND t.phone_index = $2 AND r.state <> 'draft' AND l.state <> 'carried'
          AND NOT (r.state = 'void' AND l.state = 'excluded')
        ORDER BY l.year DESC, r.no, l.no LIMIT ${LINES_MAX}`,
      [book.id, phoneIndex, book.region],
    );
    if (rows.length === 0) return [];
    const posts = await this.postNames();
    return rows.map((row) => toPayment(row, posts));
  }

  private async postNames(): Promise<PostNames> {
    const rows = await this.database.query<{ code: string; name_zh: string; name_en: string }>(
      'SELECT code, name_zh, name_en FROM identity.posts',
    );
    return new Map(rows.map((row) => [row.code, row]));
  }
}

function toPayment(row: Row, posts: PostNames): HouseholdPayment {
  const standing: LineStanding = {
    rosterState: row.roster_state,
    lineState: row.line_state,
    paymentState: row.payment_state,
    nextPost: row.next_post,
  };
  const state = paymentStateOf(standing);
  return {
    rosterId: row.roster,
    rosterNo: row.roster_no,
    lineNo: row.no,
    partyId: row.party,
    partyName: row.party_name,
    programmeNameZh: row.name_zh,
    programmeNameEn: row.name_en,
    year: row.year,
    villageName: row.village_name,
    ...figuresOf(row),
    state,
    stateZh: PAYMENT_STATES[state].zh,
    stateEn: PAYMENT_STATES[state].en,
    noticeUntil: row.notice_until,
    paidAt: row.paid_at,
    accountLast4: row.last4,
    payee:
      row.payee_reason === null ? null : payeeOf(row.payee_no ?? '', row.payee_name ?? '', row.payee_reason),
    returnReason: row.return_reason,
    whatToDo: row.what_to_do,
    ask: askOf(row, standing, posts),
  };
}

function askOf(row: Row, standing: LineStanding, posts: PostNames): HouseholdPayment['ask'] {
  const { post, at } = whomToAsk(standing);
  const names = present(posts.get(post), 'a roster passes posts of the house');
  const regionName = { village: row.village_name, region: row.region_name, county: row.county_name }[at];
  return { post, postNameZh: names.name_zh, postNameEn: names.name_en, regionName };
}
