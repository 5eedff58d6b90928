import { createHash } from 'node:crypto';

import { Injectable } from '@nestjs/common';

import { dayOf, newId, ok, refuse, type Day, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { dayFaults, textFaults } from '../fault.rules';
import { MeasurementStore } from '../measuring/measurement.store';
import type { ExternalListRefusal } from './external-list.refusals';
import { ExternalListStore, type Match } from './external-list.store';
import { readList, type ListEntry } from './list-file.rules';

export interface ExternalList {
  /** Name of the other registry, without a slash. */
  readonly registry: string;
  /** The day of which the list tells. */
  readonly listOn: Day;
  /** Where it was got. */
  readonly source: string;
  readonly csv: string;
}

export interface TakenList {
  readonly id: string;
  readonly entries: number;
  /** Entries that name land of this book, and how many pieces of days they hold from now on. */
  readonly matched: number;
  readonly claims: number;
  /** What a person has to look into. */
  readonly findings: { readonly landHeld: number; readonly possible: number };
}

const FAULTS_SHOWN = 200;

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
  async execute(tx: Tx, { csv, ...terms }: ExternalList): Promise<Result<TakenList, ExternalListRefusal>> {
    const errors = [
      ...dayFaults('listOn', terms.listOn, { most: dayOf(tx.now) }),
      ...textFaults('source', terms.source),
      ...textFaults('registry', terms.registry),
    ];
    if (errors.length > 0) return refuse({ code: 'EXTERNAL_LIST_TERMS_REFUSED', errors });
    const { entries, faults } = readList(csv);
    if (faults.length > 0) {
      return refuse({
        ...{ code: 'EXTERNAL_LIST_REFUSED', total: faults.length },
        errors: faults.slice(0, FAULTS_SHOWN),
      });
    }
    // Issuing takes it too: land is either issued or claimed by the list.
    await this.measurements.lockBook(tx);
    const list = { ...terms, id: newId(), sha256: createHash('sha256').update(csv).digest('hex') };
    const before = await this.lists.known(tx, list);
    if (before !== undefined) return refuse({ code: 'EXTERNAL_LIST_REPEATED', list: before });
    await this.lists.insert(tx, list, entries);
    const matches = await this.lists.matches(tx, list.id);
    const { claims, held } = await this.claim(tx, list, matches, entries);
    const rows = [...new Set(matches.map(({ row }) => row))];
    const alike = await this.lists.alike(tx, list.id, rows);
    const possible = alike.map(({ row, ...evidence }) => ({ row, kind: 'possible', evidence }));
    await this.lists.insertFindings(tx, list.id, [...held, ...possible]);
    tx.audit({ list: list.id, sha256: list.sha256, entries: entries.length, claims });
    return ok({
      ...{ id: list.id, entries: entries.length, matched: rows.length, claims },
      findings: { landHeld: held.length, possible: possible.length },
    });
  }

  private async claim(
    tx: Tx,
    list: { id: string; registry: string },
    matches: readonly Match[],
    entries: readonly ListEntry[],
  ) {
    const projects = new Map(entries.map(({ row, projectNo }) => [row, projectNo]));
    const held: { row: number; kind: string; evidence: object }[] = [];
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
