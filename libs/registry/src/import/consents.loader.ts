import { Injectable } from '@nestjs/common';

import { dayOf, newId, startOf, type Day } from '@app/kernel';
import type { Tx } from '@app/platform';
import { meetings } from '../shares.rules';
import { code, day, name, optional, partyClosed, problem, share } from './cell.rules';
import type { ImportErrors } from './import-error';
import type { ImportFacts, ImportLoader, ImportScope, PreparedRows } from './import-kind';
import { insertRows } from './insert-rows';
import { KnownStore, type KnownParty } from './known.store';
import { addAt, distinct, readRows, type ReadRow } from './read-rows';
import type { ImportTable } from './read-table';
import { scopeFault } from './region-check';
import { groupRows, summaryOf, type ImportSummary } from './summary.rules';

/** A consent has a term (rules.md 11), so its last day is needed. */
export const CONSENT_COLUMNS = {
  party_external_no: code(64),
  share_percent: share,
  valid_from: day,
  valid_to: day,
  document_no: code(100),
  witness: optional(name(100)),
  signed_on: day,
};
type Row = ReadRow<typeof CONSENT_COLUMNS>;

interface Span {
  readonly row?: Row;
  readonly id: string;
  readonly party: string;
  readonly from: Day;
  readonly to: Day | null;
}

/** consents.csv: the powers of attorney to sell (碳汇委托授权书) that were signed on paper. */
@Injectable()
export class ConsentsLoader implements ImportLoader {
  readonly columns = CONSENT_COLUMNS;

  constructor(private readonly known: KnownStore) {}

  async prepare(tx: Tx, file: ImportTable, { scope }: ImportFacts): Promise<PreparedRows> {
    const { errors } = file;
    const rows = readRows(file, CONSENT_COLUMNS);
    const parties = await this.known.parties(tx, distinct(rows.map((row) => row.value.party_external_no)));
    const added: Span[] = [];
    for (const row of rows) {
      checkRow(errors, row, { parties, scope, today: dayOf(tx.now) });
      const span = spanOf(row, parties);
      if (span) added.push(span);
    }
    const existing = await this.known.consents(tx, distinct(added.map(({ party }) => party)));
    const all: Span[] = [...existing.map((span) => ({ ...span, id: '' })), ...added];
    for (const [a, b] of meetings(all, ({ party }) => party)) {
      const later = a.row && (!b.row || a.row.row > b.row.row) ? a.row : b.row;
      if (later) addAt(errors, later, 'party_external_no', OVERLAPS);
    }
    return {
      summary: () => summarize(added, parties),
      write: (importId) => write(tx, added, errors, importId),
    };
  }
}

function summarize(added: readonly Span[], parties: Known['parties']): ImportSummary {
  const regions = new Map([...parties.values()].map(({ id, region }) => [id, region]));
  const rows = added.map(({ party }) => ({ region: regions.get(party) ?? '', word: 'consents' }));
  const head = {
    zh: `新增碳汇委托授权 ${added.length} 份，涉及权利人 ${new Set(added.map(({ party }) => party)).size} 个`,
    en: `${added.length} new consents of ${new Set(added.map(({ party }) => party)).size} parties`,
  };
  return summaryOf(
    head,
    groupRows(rows, () => null),
    () => '授权',
  );
}

interface Known {
  readonly parties: ReadonlyMap<string, KnownParty>;
  readonly scope: ImportScope;
  readonly today: Day;
}

function checkRow(errors: ImportErrors, row: Row, { parties, scope, today }: Known): void {
  const { party_external_no: partyNo, valid_from: from, valid_to: to, signed_on: signedOn } = row.value;
  if (partyNo !== undefined) {
    const party = parties.get(partyNo);
    const closed = party && party.closedOn !== null ? partyClosed(party.closedOn) : undefined;
    const fault = closed ?? (party ? scopeFault(party.region, scope) : PARTY_UNKNOWN);
    if (fault) addAt(errors, row, 'party_external_no', fault);
  }
  if (from && to && to < from) addAt(errors, row, 'valid_to', DAYS_REVERSED);
  if (signedOn && signedOn > today) addAt(errors, row, 'signed_on', signedInFuture(today));
}

function spanOf(row: Row, parties: Known['parties']): Span | undefined {
  const { valid_from: from, valid_to: to } = row.value;
  const party = parties.get(row.value.party_external_no ?? '')?.id;
  return party && from && to && from <= to ? { row, id: newId(), party, from, to } : undefined;
}

async function write(tx: Tx, spans: readonly Span[], errors: ImportErrors, importId: string): Promise<void> {
  const rows = spans.map(({ row, ...span }) => ({
    ...span,
    share_ppm: row?.value.share_percent?.toString(),
    document_no: row?.value.document_no,
    witness: row?.value.witness,
    signed_at: row?.value.signed_on && startOf(row.value.signed_on).toISOString(),
  }));
  const extra = [importId, tx.context.actor, tx.now];
  const written = new Set(
    (await insertRows<{ id: string }>(tx, INSERT_CONSENTS, rows, extra)).map((r) => r.id),
  );
  // A household may consent on its phone between our look and our write: the database then leaves ours out.
  for (const { id, row } of spans) {
    if (row && !written.has(id)) addAt(errors, row, 'party_external_no', OVERLAPS);
  }
}

const INSERT_CONSENTS = `
  INSERT INTO registry.consent (book, id, party, share_ppm, valid, channel, document_no, witness, signed_at,
         recorded_by, import, recorded_at)
  SELECT $1, r.id, r.party, r.share_ppm, daterange(r."from", r."to", '[]'), 'paper', r.document_no, r.witness,
         r.signed_at, $4, $3, $5
    FROM jsonb_to_recordset($2::jsonb) AS r(id uuid, party uuid, share_ppm bigint, "from" date, "to" date,
         document_no text, witness text, signed_at timestamptz)
  ON CONFLICT DO NOTHING RETURNING id`;

const PARTY_UNKNOWN = problem(
  'PARTY_UNKNOWN',
  '已登记的权利人编号',
  'the external_no of a party of this book; import parties first',
);
const DAYS_REVERSED = problem('DAYS_REVERSED', '不早于起始日期', 'a day not before the first one');
const OVERLAPS = problem(
  'CONSENT_OVERLAPS',
  '同一权利人同一日只有一份有效授权，先撤销旧授权',
  'one consent in force a day for a party; revoke the old one first',
);
const signedInFuture = (today: Day) =>
  problem('SIGNED_IN_FUTURE', `不晚于今日 ${today}`, `a day not after today, ${today}`);
