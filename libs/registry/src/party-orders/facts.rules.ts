import type { Day } from '@app/kernel';
import { cellFault, code, name, phone, regionCode, type Reader } from '../import/cell.rules';
import type { CellProblem, Expected } from '../import/import-error';
import type { ImportFacts } from '../import/import-kind';
import { idNumberFault } from '../import/parties.loader';
import { regionFault } from '../import/region-check';
import type { PartyKind } from '../registry.words';
import type { PartyFaultCode, PartyOrderFault } from './party-order.refusals';
import { EVENT_TERMS, type FactField, type PartyEvent, type WantedFacts } from './party-order.rules';

const FACTS = 'facts';
const READERS: Readonly<Record<Exclude<FactField, 'idNumber'>, Reader<string>>> = {
  externalNo: code(64),
  name: name(100),
  region: regionCode,
  phone,
};
/** What is told back as it was written: the others are personal. */
const SHOWN: ReadonlySet<string> = new Set<FactField>(['externalNo', 'region']);

export interface FactTerms {
  readonly event: PartyEvent;
  /** Of the party, or of the household that a split makes. */
  readonly kind: PartyKind;
  readonly today: Day;
  readonly facts: ImportFacts;
}

/** The facts as they will be written, and all that is wrong with them by themselves. */
export function readFacts(
  wanted: WantedFacts,
  { event, kind, today, facts }: FactTerms,
): { read: WantedFacts; faults: PartyOrderFault[] } {
  const faults: PartyOrderFault[] = [];
  const read: Record<string, string | null> = {};
  const { required, optional } = EVENT_TERMS[event];
  const add = (field: FactField, what: { code: PartyFaultCode; expected: Expected }): void => {
    const value = SHOWN.has(field) ? String(wanted[field] ?? '').slice(0, 64) : null;
    faults.push({ row: null, field: `${FACTS}.${field}`, value, code: what.code, expected: what.expected });
  };
  const given = Object.keys(wanted) as FactField[];
  for (const field of given) {
    const value = wanted[field];
    if (value === undefined) continue;
    if (![...required, ...optional].includes(field)) add(field, NOT_WANTED);
    else if (value === null) read[field] = null;
    else {
      const fault = cellFault(value) ?? faultOf(field, value, kind, read);
      if (fault) add(field, fault);
    }
  }
  for (const field of required) if (wanted[field] === undefined) add(field, MISSING);
  if (event === 'correct' && given.every((field) => wanted[field] === undefined)) add('name', MISSING);
  if (typeof read.region === 'string') {
    const fault = regionFault(read.region, facts, today, 'any');
    if (fault) add('region', fault);
  }
  return { read, faults };
}

function faultOf(
  field: FactField,
  value: string,
  kind: PartyKind,
  read: Record<string, string | null>,
): CellProblem | undefined {
  const text = value.trim();
  if (field === 'idNumber') {
    const fault = idNumberFault(kind, text);
    if (fault === undefined) read[field] = text.toUpperCase();
    return fault;
  }
  const result = READERS[field](text);
  if (!result.ok) return result.reason;
  read[field] = result.value;
  return undefined;
}

const NOT_WANTED = {
  code: 'FIELD_NOT_WANTED',
  expected: { zh: '该事项不填此项', en: 'nothing: the event does not ask for it' },
} as const;
const MISSING = { code: 'CELL_EMPTY', expected: { zh: '必填', en: 'a value' } } as const;
