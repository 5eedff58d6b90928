import { Injectable } from '@nestjs/common';

import { dayOf, newId, ok, refuse, type Day, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { dayFaults, textFaults } from '../fault.rules';
import { MeasurementStore } from '../measuring/measurement.store';
import type { ExternalListRefusal } from './external-list.refusals';
import { ExternalListStore, type Match, type NewList } from './external-list.store';
import { readList, type ListEntry, type ListFile } from './list-file';
import { listSummaryOf, type ListSummary } from './list-summary.rules';

export interface ExternalList {
  /** Name of the other registry, without a slash. */
  readonly registry: string;
  /** The day of which the list tells. */
  readonly listOn: Day;
  /** Where it was got. */
  readonly source: string;
  /** The file as it came: a workbook or CSV. */
  readonly bytes: Buffer;
  /** True: the same answer, and nothing is recorded. */
  readonly dryRun: boolean;
}

/** What a person has to look into. */
export interface ListOverlap {
  readonly row: number;
  readonly kind: 'land-held' | 'possible';
  readonly evidence: Readonly<Record<string, unknown>>;
}

export interface TakenList extends Pick<ListFile, 'sha256' | 'format' | 'encoding'> {
  /** Null after a dry run. */
  readonly id: string | null;
  readonly dryRun: boolean;
  readonly entries: number;
  /** Entries that name land of this book, and how many pieces of days they hold from now on. */
  readonly matched: number;
  readonly claims: number;
  readonly findings: { readonly landHeld: number; readonly possible: number };
  /** The first 200 of them. */
  readonly overlaps: readonly ListOverlap[];
  readonly summary: ListSummary;
}

const OVERLAPS_SHOWN = 200;

/** Under which name another registry's project holds land here. */
export const externalScheme = (registry: string, projectNo: string): string =>
  `external:${registry}/${projectNo}`;

/**
 * Takes in what another registry lists. Land that an entry names by a code is held for its days from now on; what
 * is held already, or only looks like it, becomes a finding with its evidence.
 */
@Injectable()
export class ImportExternalList {
  constructor(
    private readonly measurements: MeasurementStore,
    private readonly lists: ExternalListStore,
  ) {}

  /** Refuses EXTERNAL_LIST_TERMS_REFUSED, EXTERNAL_LIST_REFUSED with the rows, EXTERNAL_LIST_REPEATED. */
  async execute(
    tx: Tx,
    { bytes, dryRun, ...terms }: ExternalList,
  ): Promise<Result<TakenList, ExternalListRefusal>> {
    const errors = [
      ...dayFaults('listOn', terms.listOn, { most: dayOf(tx.now) }),
      ...textFaults('source', terms.source),
      ...textFaults('registry', terms.registry),
    ];
    if (errors.length > 0) return refuse({ code: 'EXTERNAL_LIST_TERMS_REFUSED', errors });
    const file = await readList(bytes);
    if (file.total > 0) {
      const { total, codes, errors: first } = file;
      return refuse({ code: 'EXTERNAL_LIST_REFUSED', total, codes, errors: first });
    }
    // Issuing takes it too: land is either issued or claimed by the list.
    await this.measurements.lockBook(tx);
    const list = { ...terms, id: newId(), sha256: file.sha256 };
    const before = await this.lists.known(tx, list);
    if (before !== undefined) return refuse({ code: 'EXTERNAL_LIST_REPEATED', list: before });
    // What a list would hold depends on each row before it: a dry run does all of it and takes it back.
    if (dryRun) await tx.query('SAVEPOINT dry_run');
    const taken = await this.take(tx, list, file);
    if (dryRun) await tx.query('ROLLBACK TO SAVEPOINT dry_run');
    const { sha256, format, encoding, entries } = file;
    const { id } = list;
    tx.audit({
      list: dryRun ? null : id,
      sha256,
      format,
      entries: entries.length,
      claims: taken.claims,
      dryRun,
    });
    return ok({ id: dryRun ? null : id, dryRun, sha256, format, encoding, ...taken });
  }

  private async take(
    tx: Tx,
    list: NewList,
    { entries }: ListFile,
  ): Promise<Omit<TakenList, 'id' | 'dryRun' | 'sha256' | 'format' | 'encoding'>> {
    await this.lists.insert(tx, list, entries);
    const matches = await this.lists.matches(tx, list.id);
    const { claims, held } = await this.claim(tx, list, matches, entries);
    const rows = new Set(matches.map(({ row }) => row));
    const alike = await this.lists.alike(tx, list.id, [...rows]);
    const possible = alike.map(({ row, ...evidence }) => ({ row, kind: 'possible' as const, evidence }));
    const overlaps = [...held, ...possible];
    await this.lists.insertFindings(tx, list.id, overlaps);
    const findings = { landHeld: held.length, possible: possible.length };
    return {
      ...{ entries: entries.length, matched: rows.size, claims, findings },
      overlaps: overlaps.slice(0, OVERLAPS_SHOWN),
      summary: listSummaryOf(entries, rows, { claims, ...findings }),
    };
  }

  private async claim(
    tx: Tx,
    list: { id: string; registry: string },
    matches: readonly Match[],
    entries: readonly ListEntry[],
  ) {
    const projects = new Map(entries.map(({ row, projectNo }) => [row, projectNo]));
    const held: ListOverlap[] = [];
    let claims = 0;
    for (const match of matches) {
      const scheme = externalScheme(list.registry, projects.get(match.row)!);
      const outcome = await this.lists.claim(tx, list.id, match, scheme);
      claims += outcome.claimed;
      if (outcome.held.length > 0) {
        const evidence = { landUnit: match.landUnitCode, scheme, held: outcome.held };
        held.push({ row: match.row, kind: 'land-held', evidence });
      }
    }
    return { claims, held };
  }
}
