import { Injectable } from '@nestjs/common';

import type { Day } from '@app/kernel';
import { Database } from '@app/platform';
import { formatSerials, type SerialRange } from '../serials/serial.rules';
import type { ReversalKind } from './reversal.words';

/** What a reversal did to a run of serials. */
export interface SerialMark extends SerialRange {
  readonly serial: string;
  readonly reversal: string;
  readonly kind: ReversalKind;
  readonly day: Day;
  /** Cancelled (or void before); replaced gram for gram; or open: nothing stands in for it yet. */
  readonly state: 'cancelled' | 'replaced' | 'open';
  /** Since when it is so. */
  readonly since: Date;
  /** The serials that were cancelled in its stead, and where they were taken from. */
  readonly by: string | null;
  readonly from: 'buffer' | 'holding' | null;
}

interface MarkRow {
  readonly code: string;
  readonly first: string;
  readonly last: string;
  readonly reversal: string;
  readonly kind: ReversalKind;
  readonly day: Day;
  readonly state: SerialMark['state'];
  readonly since: Date;
  readonly from: SerialMark['from'];
  readonly byCode: string | null;
  readonly byFirst: string | null;
}

/** A gram that stands in may be lost itself: so far its own stand-ins are looked for. */
const GENERATIONS = 8;

/** Which of some serials were lost, and what stands in for them. For everybody: it names no person. */
@Injectable()
export class SerialMarks {
  constructor(private readonly database: Database) {}

  /** In order of code and serial; serials that nothing happened to have none. */
  async of(book: number, ranges: readonly SerialRange[], generations = GENERATIONS): Promise<SerialMark[]> {
    if (ranges.length === 0) return [];
    const rows = await this.database.query<MarkRow>(MARKS, [
      ...[book, ranges.map(({ code }) => code)],
      ...[ranges.map(({ first }) => first.toString()), ranges.map(({ last }) => last.toString())],
    ]);
    const marks = rows.map(markOf);
    const standIns = marks.flatMap(({ by }) => (by ? [by] : []));
    const lost = generations > 0 ? await this.of(book, standIns, generations - 1) : [];
    return marks.flatMap((mark) => (mark.by ? inheriting(mark, mark.by, lost) : [plain(mark)]));
  }
}

type Mark = Omit<SerialMark, 'by'> & { readonly by: SerialRange | null };

const plain = ({ by, ...mark }: Mark): SerialMark => ({ ...mark, by: by && formatSerials(by) });

/** Where what stands in was lost itself, its own state is that of the gram it stands in for. */
function inheriting(mark: Mark, by: SerialRange, lost: readonly SerialMark[]): SerialMark[] {
  const parts: SerialMark[] = [];
  let next = by.first;
  const upTo = (end: bigint): void => {
    if (end < next) return;
    const range = {
      code: mark.code,
      first: mark.first + next - by.first,
      last: mark.first + end - by.first,
    };
    const own = { code: by.code, first: next, last: end };
    parts.push({ ...mark, ...range, serial: formatSerials(range), by: formatSerials(own) });
  };
  const ofThese = lost.filter(
    ({ code, first, last }) => code === by.code && first <= by.last && last >= by.first,
  );
  for (const each of ofThese) {
    const first = each.first > by.first ? each.first : by.first;
    const last = each.last < by.last ? each.last : by.last;
    upTo(first - 1n);
    const range = {
      code: mark.code,
      first: mark.first + first - by.first,
      last: mark.first + last - by.first,
    };
    parts.push({ ...each, ...range, serial: formatSerials(range) });
    next = last + 1n;
  }
  upTo(by.last);
  return parts;
}

const markOf = ({ byCode, byFirst, ...row }: MarkRow): Mark => {
  const range = { code: row.code, first: BigInt(row.first), last: BigInt(row.last) };
  const from = byFirst === null ? null : BigInt(byFirst);
  const by =
    byCode === null || from === null
      ? null
      : { code: byCode, first: from, last: from + range.last - range.first };
  return { ...row, ...range, serial: formatSerials(range), by };
};

const MARKS = `
  WITH hit AS (
    SELECT DISTINCT r.book, r.issuance, i.code, r.reversal, r.fate, v.kind, v.day::text AS day, v.decided_at,
           r.serials * int8range(a.first, a.last, '[]') AS run
      FROM unnest($2::text[], $3::bigint[], $4::bigint[]) AS a (code, first, last)
      JOIN credits.issuance i ON i.book = $1 AND i.code = a.code
      JOIN credits.reversed_serials r
        ON r.book = i.book AND r.issuance = i.id AND r.serials && int8range(a.first, a.last, '[]')
      JOIN credits.reversal v ON v.book = r.book AND v.id = r.reversal),
  stood AS (
    SELECT h.*, h.run * p.serials AS part, k.code AS by_code, p.replaced_at,
           split_part(p.by_place, '/', 1) AS origin,
           p.by_issuance = p.issuance AND p.by_serials = p.serials AS is_itself,
           lower(p.by_serials) + lower(h.run * p.serials) - lower(p.serials) AS by_first
      FROM hit h
      JOIN credits.replacement p ON p.book = h.book AND p.issuance = h.issuance AND p.serials && h.run
      JOIN credits.issuance k ON k.book = p.book AND k.id = p.by_issuance
     WHERE h.fate = 'owed'),
  mark AS (
    SELECT h.code, h.run, h.reversal, h.kind, h.day, 'cancelled' AS state, h.decided_at AS since, NULL AS by_code,
           NULL::bigint AS by_first, NULL AS origin
      FROM hit h WHERE h.fate <> 'owed'
    UNION ALL
    -- What came back unsold is cancelled itself.
    SELECT s.code, s.part, s.reversal, s.kind, s.day, CASE WHEN s.is_itself THEN 'cancelled' ELSE 'replaced' END,
           s.replaced_at, CASE WHEN NOT s.is_itself THEN s.by_code END, s.by_first,
           CASE WHEN NOT s.is_itself THEN s.origin END
      FROM stood s
    UNION ALL
    SELECT h.code, o.run, h.reversal, h.kind, h.day, 'open', h.decided_at, NULL, NULL, NULL
      FROM hit h
     CROSS JOIN LATERAL unnest(int8multirange(h.run) - coalesce(
       (SELECT range_agg(s.part) FROM stood s WHERE s.issuance = h.issuance AND s.run = h.run), '{}')) AS o (run)
     WHERE h.fate = 'owed')
  SELECT m.code, lower(m.run) AS first, upper(m.run) - 1 AS last, m.reversal, m.kind, m.day, m.state, m.since,
         m.by_code AS "byCode", m.by_first AS "byFirst", m.origin AS "from"
    FROM mark m ORDER BY m.code, m.run`;
