import { Injectable } from '@nestjs/common';

import { ok, refuse, type Day, type Result } from '@app/kernel';
import type { Book } from '@app/platform';
import { OneBook } from '../one-book/one-book';
import type { OneBookPage } from '../one-book/one-book.rules';
import { ReportPlace, type Asked, type PageQuery, type PlaceRefusal } from '../one-book/report-place';
import { BalanceSheet } from './balance-sheet';
import { CarbonFixation } from './gep';
import { LeavingAudit } from './leaving-audit';
import { LulucfActivity } from './lulucf';
import { oneBookTables } from './one-book.report';
import { sealed, type Report, type ReportKind, type ReportTable, type Words } from './report';
import { NOTES, TITLES } from './report.words';
import { Reserve } from './reserve';
import { TOWNSHIP_DIGITS, VILLAGE_DIGITS, WithheldPlaces, type PlaceWithheld } from './withheld-places';

export type ReportRefusal = PlaceRefusal | PlaceWithheld;

/** Everybody reads what tells of nobody; staff read all of their regions. */
export type Audience = 'public' | 'staff';

interface Made {
  readonly tables: readonly ReportTable[];
  readonly illustrative?: boolean;
  readonly notes?: readonly Words[];
}

/** The statutory reports, each as tables with their units, provenance and fingerprint. */
@Injectable()
export class Reports {
  constructor(
    private readonly places: ReportPlace,
    private readonly withheld: WithheldPlaces,
    private readonly oneBook: OneBook,
    private readonly balanceSheet: BalanceSheet,
    private readonly fixation: CarbonFixation,
    private readonly lulucf: LulucfActivity,
    private readonly reserve: Reserve,
    private readonly leavingAudit: LeavingAudit,
  ) {}

  /** Refuses REGION_UNKNOWN, REGION_NOT_IN_BOOK, REPORT_DAY_WRONG, and in public PLACE_WITHHELD. */
  async of(
    book: Book,
    kind: ReportKind,
    query: PageQuery,
    audience: Audience,
  ): Promise<Result<Report, ReportRefusal>> {
    const found = await this.places.find(book, query);
    if (!found.ok) return found;
    const asked = withDays(kind, found.value);
    if (audience === 'public') {
      const reason = await this.withheld.refusalOf(book.id, asked.region, asked.day);
      if (reason) return refuse(reason);
    }
    const { tables, illustrative, notes = [] } = await this.make(kind, asked, audience);
    const { region, regionName, day, against } = asked;
    const all = [
      ...(book.mode === 'rehearsal' ? [NOTES.rehearsal] : []),
      ...[NOTES.ledger, NOTES.recorded, ...notes],
      ...(illustrative ? [NOTES.illustrative] : []),
    ];
    const body = { kind, title: TITLES[kind], book: book.code, region, regionName, from: against, day };
    return ok(sealed({ ...body, tables, notes: all }, asked.now));
  }

  private async make(kind: ReportKind, asked: Asked, audience: Audience): Promise<Made> {
    const { day } = asked;
    const from = asked.against ?? lastYearEnd(day);
    switch (kind) {
      case 'one-book': {
        const page = await this.oneBook.at(asked);
        return { tables: oneBookTables(page), illustrative: page.note !== null, notes: notesOf(page) };
      }
      case 'balance-sheet': {
        const made = await this.balanceSheet.tables(asked, from, day);
        return { ...made, notes: [NOTES.stock, NOTES.noPrice] };
      }
      case 'gep':
        return { ...(await this.fixation.tables(asked, day)), notes: [NOTES.noPrice] };
      case 'lulucf':
        return { tables: await this.lulucf.tables(asked, from, day) };
      case 'reserve':
        return this.reserveOf(asked, audience);
      case 'audit': {
        const page = await this.oneBook.at({ ...asked, against: from });
        const tables = [
          ...oneBookTables({ ...page, reversals: [] }),
          ...(await this.leavingAudit.tables(asked, from, day)),
        ];
        return { tables, illustrative: page.note !== null, notes: notesOf(page) };
      }
    }
  }

  /** Staff read it by village; everybody by the places directly below. */
  private async reserveOf(asked: Asked, audience: Audience): Promise<Made> {
    const { book, region, day } = asked;
    if (audience === 'staff') {
      return { tables: await this.reserve.tables(asked, day, VILLAGE_DIGITS, new Set()) };
    }
    const digits = region.length < TOWNSHIP_DIGITS ? TOWNSHIP_DIGITS : VILLAGE_DIGITS;
    const isVillage = region.length === VILLAGE_DIGITS;
    const withheld = isVillage ? new Set<string>() : await this.withheld.below(book, region, day);
    return { tables: await this.reserve.tables(asked, day, digits, withheld), notes: [NOTES.withheld] };
  }
}

/** Wherever grams are said to be counted once, it is said how far that is known. */
const notesOf = ({ uniqueness: { zh, en } }: OneBookPage): Words[] => [NOTES.stock, { zh, en }];

const BETWEEN: ReadonlySet<ReportKind> = new Set<ReportKind>(['balance-sheet', 'lulucf', 'audit']);

const lastYearEnd = (day: Day): Day => `${String(Number(day.slice(0, 4)) - 1).padStart(4, '0')}-12-31`;

/** Reports on what lies between two days begin at the end of the year before, unless another day is asked for. */
const withDays = (kind: ReportKind, asked: Asked): Asked =>
  BETWEEN.has(kind) ? { ...asked, against: asked.against ?? lastYearEnd(asked.day) } : asked;
