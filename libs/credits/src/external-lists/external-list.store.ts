import { Injectable } from '@nestjs/common';

import { newId, present, type Day } from '@app/kernel';
import type { Tx } from '@app/platform';
import type { Decidable } from '../decision.rules';
import { decideIn } from '../decide-in';
import type { ListEntry } from './list-file';

export interface NewList {
  readonly id: string;
  readonly registry: string;
  readonly listOn: Day;
  readonly source: string;
  readonly sha256: string;
}

/** A land unit of this book that an entry of a list names. */
export interface Match {
  readonly row: number;
  readonly landUnit: string;
  readonly landUnitCode: string;
}

/** Days of a land unit that somebody holds already. */
export interface HeldDays {
  readonly from: Day;
  readonly to: Day;
  readonly scheme: string;
  /** Code of the issuance, when this book credited them. */
  readonly issuance: string | null;
}

export interface Release {
  readonly id: string;
  readonly scheme: string;
  readonly reason: string;
  readonly documentNo: string;
  readonly credited: { readonly from: Day; readonly to: Day } | null;
}

/** Land that is as large as an entry says, in its place: within a twentieth. */
const ALIKE = `p.status <> 'cancelled' AND upper_inf(p.valid) AND p.village >= e.place AND p.village < e.place || ':'
  AND (e.area_mu100 IS NULL OR abs(p.area_mu100 - e.area_mu100) * 20 <= e.area_mu100)`;
const ALIKE_SHOWN = 20;

/** The only code that writes other registries' lists, what they claim and what was found. */
@Injectable()
export class ExternalListStore {
  /** The list that has these very bytes. */
  async known(tx: Tx, { registry, listOn, sha256 }: NewList): Promise<string | undefined> {
    const rows = await tx.query<{ id: string }>(
      `SELECT id FROM credits.external_list WHERE book = $1 AND registry = $2 AND list_on = $3 AND sha256 = $4`,
      [tx.book, registry, listOn, sha256],
    );
    return rows[0]?.id;
  }

  async insert(tx: Tx, list: NewList, entries: readonly ListEntry[]): Promise<void> {
    await tx.execute(
      `INSERT INTO credits.external_list (book, id, registry, list_on, source, sha256, entries, imported_by, imported_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        ...[tx.book, list.id, list.registry, list.listOn, list.source, list.sha256],
        ...[entries.length, tx.context.actor, tx.now],
      ],
    );
    await tx.execute(
      `INSERT INTO credits.external_entry (book, list, row, project_no, place, unit_no, certificate_no, parcel_code,
              land_unit_code, area_mu100, period)
       SELECT $1, $2, n.row, n.project_no, n.place, n.unit_no, n.certificate_no, n.parcel_code, n.land_unit_code, n.area,
              daterange(n.first, n.last, '[]')
         FROM unnest($3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::bigint[],
                     $11::date[], $12::date[])
              AS n (row, project_no, place, unit_no, certificate_no, parcel_code, land_unit_code, area, first, last)`,
      [
        ...[tx.book, list.id],
        entries.map(({ row }) => row),
        entries.map(({ projectNo }) => projectNo),
        entries.map(({ place }) => place),
        entries.map(({ unitNo }) => unitNo),
        entries.map(({ certificateNo }) => certificateNo),
        entries.map(({ parcelCode }) => parcelCode),
        entries.map(({ landUnitCode }) => landUnitCode),
        entries.map(({ areaMu100 }) => areaMu100?.toString() ?? null),
        entries.map(({ from }) => from),
        entries.map(({ to }) => to),
      ],
    );
  }

  /** Land that entries name by a code of their own, by row and land unit. */
  matches(tx: Tx, list: string): Promise<Match[]> {
    return tx.query<Match>(
      `WITH entry AS (SELECT e.* FROM credits.external_entry e WHERE e.book = $1 AND e.list = $2),
       hit AS (SELECT e.row, p.land_unit FROM entry e JOIN registry.parcel p ON p.book = $1 AND p.code = e.parcel_code
               UNION
               SELECT e.row, p.land_unit FROM entry e
                 JOIN registry.parcel p ON p.book = $1 AND p.certificate_no = e.certificate_no
               UNION
               SELECT e.row, p.land_unit FROM entry e
                 JOIN registry.parcel p ON p.book = $1 AND p.real_estate_certificate_no = e.certificate_no
               UNION
               SELECT e.row, p.land_unit FROM entry e
                 JOIN registry.parcel p ON p.book = $1 AND p.real_estate_unit_no = e.unit_no
               UNION
               SELECT e.row, u.id FROM entry e JOIN registry.land_unit u ON u.book = $1 AND u.code = e.land_unit_code)
       SELECT h.row, u.id AS "landUnit", u.code AS "landUnitCode"
         FROM hit h JOIN registry.land_unit u ON u.book = $1 AND u.id = h.land_unit ORDER BY h.row, u.code`,
      [tx.book, list],
    );
  }

  /** Claims the days of the land, and of what became of it, that nobody holds. Answers what others hold of them. */
  async claim(tx: Tx, list: string, { row, landUnit }: Match, scheme: string) {
    const rows = await tx.query<{ claimed: number; held: HeldDays[] }>(
      `WITH RECURSIVE land (land_unit, own) AS (
         SELECT $4::uuid, true
         UNION
         SELECT o.land_unit, false FROM land l
           JOIN registry.land_unit_origin o ON o.book = $1 AND o.origin = l.land_unit),
       entry AS (SELECT e.period FROM credits.external_entry e WHERE e.book = $1 AND e.list = $2 AND e.row = $3),
       held AS (SELECT c.period, c.scheme, i.code AS issuance
                  FROM entry e CROSS JOIN land l
                  JOIN credits.claim c ON c.book = $1 AND c.land_unit = l.land_unit AND c.period && e.period
                   AND (l.own OR NOT c.carried)
                  LEFT JOIN credits.issuance i ON i.book = c.book AND i.id = c.issuance),
       added AS (INSERT INTO credits.claim (book, land_unit, period, scheme, claimed_at)
                 SELECT $1, $4, f.period, $5, $6
                   FROM entry e, unnest(datemultirange(e.period)
                          - coalesce((SELECT range_agg(h.period) FROM held h), '{}'::datemultirange)) AS f (period)
                 RETURNING period)
       SELECT (SELECT count(*)::int FROM added) AS claimed,
              coalesce((SELECT jsonb_agg(jsonb_build_object('from', lower(h.period)::text,
                         'to', (upper(h.period) - 1)::text, 'scheme', h.scheme, 'issuance', h.issuance)
                         ORDER BY h.period) FROM held h WHERE h.scheme <> $5), '[]') AS held`,
      [tx.book, list, row, landUnit, scheme, tx.now],
    );
    return present(rows[0], 'a count has a row');
  }

  /** Of the entries that name no land of this book: what lies in their place and is as large. */
  alike(tx: Tx, list: string, matched: readonly number[]) {
    return tx.query<{ row: number; parcels: number; examples: string[] }>(
      `SELECT e.row, count(*)::int AS parcels, (array_agg(p.code ORDER BY p.code))[1:${ALIKE_SHOWN}] AS examples
         FROM credits.external_entry e JOIN registry.parcel p ON p.book = e.book AND ${ALIKE}
        WHERE e.book = $1 AND e.list = $2 AND e.row <> ALL ($3::int[])
        GROUP BY e.row ORDER BY e.row`,
      [tx.book, list, matched],
    );
  }

  async insertFindings(
    tx: Tx,
    list: string,
    findings: readonly { row: number; kind: string; evidence: object }[],
  ): Promise<void> {
    if (findings.length === 0) return;
    await tx.execute(
      `INSERT INTO credits.overlap_finding (book, id, list, row, kind, evidence, found_at, found_by)
       SELECT $1, n.id, $2, n.row, n.kind, n.evidence::jsonb, $3, $4
         FROM unnest($5::uuid[], $6::int[], $7::text[], $8::text[]) AS n (id, row, kind, evidence)`,
      [
        ...[tx.book, list, tx.now, tx.context.actor],
        findings.map(() => newId()),
        findings.map(({ row }) => row),
        findings.map(({ kind }) => kind),
        findings.map(({ evidence }) => JSON.stringify(evidence)),
      ],
    );
  }

  async lockFinding(tx: Tx, id: string): Promise<{ foundBy: string; isCleared: boolean } | undefined> {
    const rows = await tx.query<{ foundBy: string; isCleared: boolean }>(
      `SELECT f.found_by AS "foundBy", f.cleared_at IS NOT NULL AS "isCleared"
         FROM credits.overlap_finding f WHERE f.book = $1 AND f.id = $2 FOR UPDATE`,
      [tx.book, id],
    );
    return rows[0];
  }

  async clear(tx: Tx, id: string, clearance: string): Promise<void> {
    await tx.execute(
      `UPDATE credits.overlap_finding SET cleared_by = $3, cleared_at = $4, clearance = $5 WHERE book = $1 AND id = $2`,
      [tx.book, id, tx.context.actor, tx.now, clearance],
    );
  }

  async isClaimed(tx: Tx, scheme: string): Promise<boolean> {
    const rows = await tx.query(`SELECT FROM credits.claim WHERE book = $1 AND scheme = $2 LIMIT 1`, [
      tx.book,
      scheme,
    ]);
    return rows.length > 0;
  }

  async insertRelease(tx: Tx, release: Release): Promise<void> {
    await tx.execute(
      `INSERT INTO credits.external_release (book, id, scheme, reason, document_no, credited, proposed_by, proposed_at)
       VALUES ($1, $2, $3, $4, $5, CASE WHEN $6::date IS NOT NULL THEN daterange($6::date, $7::date, '[]') END, $8, $9)`,
      [
        ...[tx.book, release.id, release.scheme, release.reason, release.documentNo],
        ...[release.credited?.from ?? null, release.credited?.to ?? null, tx.context.actor, tx.now],
      ],
    );
  }

  async lockRelease(tx: Tx, id: string): Promise<(Decidable & { scheme: string }) | undefined> {
    const rows = await tx.query<Decidable & { scheme: string }>(
      `SELECT r.id, r.state, r.proposed_by AS "proposedBy", r.scheme
         FROM credits.external_release r WHERE r.book = $1 AND r.id = $2 FOR UPDATE`,
      [tx.book, id],
    );
    return rows[0];
  }

  /** Approving it lets go of the claims: the database does that. */
  async decideRelease(tx: Tx, id: string, rejection: string | null): Promise<void> {
    await decideIn(tx, 'credits.external_release', id, rejection);
  }
}
