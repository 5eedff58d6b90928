import { Injectable } from '@nestjs/common';

import { phoneIndexOf } from '@app/identity';
import { dayOf, idOf, newId } from '@app/kernel';
import { Crypto, type Tx } from '@app/platform';
import { CellStore } from '../export/cell.store';
import { PARTY_KIND_ZH } from '../registry.labels';
import { isNatural, PARTY_KINDS, type PartyKind } from '../registry.words';
import { accountNumber, code, name, oneOf, optional, phone, problem, regionCode, text } from './cell.rules';
import { differencesIn, type BookCells } from './differences.rules';
import { creditCodeFault, residentNumberFault } from './id-number.rules';
import type { CellProblem, ImportErrors } from './import-error';
import type { ImportFacts, ImportLoader, PreparedRows } from './import-kind';
import { insertRows } from './insert-rows';
import { KnownStore } from './known.store';
import { addAt, distinct, isGood, readRows, refuseRepeats, type GoodRow, type ReadRow } from './read-rows';
import type { ImportTable } from './read-table';
import { regionFault } from './region-check';
import { groupRows, summaryOf, whenAny, type ImportSummary } from './summary.rules';

export const PARTY_COLUMNS = {
  external_no: code(64),
  kind: oneOf(PARTY_KINDS, PARTY_KIND_ZH),
  name: name(100),
  region_code: regionCode,
  id_number: optional(text(30)),
  phone: optional(phone),
  bank: optional(name(100)),
  bank_account: optional(accountNumber),
  account_holder: optional(name(100)),
};
type Row = ReadRow<typeof PARTY_COLUMNS>;
const ACCOUNT_COLUMNS = ['bank', 'bank_account', 'account_holder'] as const;

/** parties.csv: who may hold rights and be paid, with the account the money goes to. */
@Injectable()
export class PartiesLoader implements ImportLoader {
  readonly columns = PARTY_COLUMNS;
  readonly regionColumn = 'region_code';

  constructor(
    private readonly known: KnownStore,
    private readonly cells: CellStore,
    private readonly crypto: Crypto,
  ) {}

  async prepare(tx: Tx, file: ImportTable, facts: ImportFacts): Promise<PreparedRows> {
    const { errors } = file;
    const rows = readRows(file, PARTY_COLUMNS);
    for (const row of rows) checkRow(errors, row);
    refuseRepeats(errors, rows, 'external_no', (row) => row.value.external_no);
    refuseRepeats(errors, rows, 'id_number', idKeyOf);
    const there = await this.checkAgainstBook(tx, rows, errors, facts);
    const added = rows.filter((row) => isGood(row) && !there.has(row.value.external_no ?? ''));
    return {
      summary: () => summarize(added as GoodRow<typeof PARTY_COLUMNS>[], facts, there.size),
      write: (importId) => this.write(tx, rows as GoodRow<typeof PARTY_COLUMNS>[], importId),
    };
  }

  private async checkAgainstBook(
    tx: Tx,
    rows: Row[],
    errors: ImportErrors,
    facts: ImportFacts,
  ): Promise<ReadonlyMap<string, BookCells>> {
    const indexOf = (row: Row): string | undefined =>
      row.value.id_number ? this.index('party.id-number', row.value.id_number) : undefined;
    const today = dayOf(tx.now);
    const parties = await this.cells.parties(tx, distinct(rows.map((row) => row.value.external_no)));
    const numbers = await this.known.idNumbers(tx, distinct(rows.map(indexOf)));
    const taken = new Set(numbers.map(({ kind, index }) => `${kind} ${index}`));
    for (const row of rows) {
      const { external_no: externalNo, region_code: region, kind } = row.value;
      const there = parties.get(externalNo ?? '');
      if (there) addAt(errors, row, 'external_no', inBook(row, there));
      const fault = region === undefined ? undefined : regionFault(region, facts, today, 'any');
      if (fault) addAt(errors, row, 'region_code', fault);
      // Computed again only when some number is taken: a digest a row is the dear part.
      if (taken.size > 0 && taken.has(`${kind ?? ''} ${indexOf(row) ?? ''}`)) {
        addAt(errors, row, 'id_number', ID_IN_BOOK);
      }
    }
    return parties;
  }

  private async write(
    tx: Tx,
    rows: readonly GoodRow<typeof PARTY_COLUMNS>[],
    importId: string,
  ): Promise<void> {
    const parties = rows.map(({ value }) => ({
      id: idOf('registry.party', String(tx.book), value.external_no),
      external_no: value.external_no,
      kind: value.kind,
      name: value.name,
      region: value.region_code,
      ...(value.id_number && {
        id_number_sealed: this.crypto.seal('party.id-number', value.id_number.toUpperCase()).toString('hex'),
        id_number_index: this.index('party.id-number', value.id_number),
      }),
      ...(value.phone && {
        phone_sealed: this.crypto.seal('party.phone', value.phone).toString('hex'),
        phone_index: phoneIndexOf(this.crypto, value.phone).toString('hex'),
      }),
    }));
    await insertRows(tx, INSERT_PARTIES, parties, [importId, tx.now]);
    const accounts = rows.flatMap(({ value }, index) =>
      value.bank_account === null
        ? []
        : [
            {
              id: newId(),
              party: parties[index]!.id,
              bank: value.bank,
              number_sealed: this.crypto.seal('bank-account.number', value.bank_account).toString('hex'),
              number_index: this.index('bank-account.number', value.bank_account),
              last4: value.bank_account.slice(-4),
              holder_name: value.account_holder,
            },
          ],
    );
    const recorded = [dayOf(tx.now), `import/${importId}`, tx.context.actor, tx.now];
    await insertRows(tx, INSERT_ACCOUNTS, accounts, recorded);
  }

  private index(purpose: 'party.id-number' | 'bank-account.number', plain: string): string {
    return this.crypto.blindIndex(purpose, plain.toUpperCase()).toString('hex');
  }
}

const inBook = (row: Row, there: BookCells) => {
  const { zh, en } = differencesIn(PARTY_COLUMNS, row, there);
  return problem('ALREADY_IN_BOOK', `尚未登记的编号；${zh}`, `a number the book does not have yet; ${en}`);
};

function summarize(
  rows: readonly GoodRow<typeof PARTY_COLUMNS>[],
  facts: ImportFacts,
  there: number,
): ImportSummary {
  const groups = groupRows(
    rows.map(({ value }) => ({ region: value.region_code, word: value.kind })),
    (region) => facts.regions.get(region)?.name ?? null,
  );
  const paid = rows.filter(({ value }) => value.bank_account !== null).length;
  const head = {
    zh: `新增权利人 ${rows.length} 个，其中有银行账户的 ${paid} 个`,
    en: `${rows.length} new parties, ${paid} of them with a bank account`,
  };
  return summaryOf(head, groups, (word) => PARTY_KIND_ZH[word as PartyKind], [
    whenAny(
      there,
      `账中已有的权利人 ${there} 个，不会改动`,
      `${there} parties are in the book already and stay as they are`,
    ),
  ]);
}

function checkRow(errors: ImportErrors, row: Row): void {
  const { kind, id_number: idNumber } = row.value;
  if (kind !== undefined && idNumber !== undefined) {
    const fault = idNumberFault(kind, idNumber);
    if (fault) addAt(errors, row, 'id_number', fault);
  }
  // All three or none: an account without its holder or bank cannot be paid.
  const isGiven = ACCOUNT_COLUMNS.some((column) => row.text[column] !== '');
  for (const column of ACCOUNT_COLUMNS) {
    if (isGiven && row.text[column] === '') addAt(errors, row, column, ACCOUNT_INCOMPLETE);
  }
}

/** What is wrong with the number of a party of this kind. */
export function idNumberFault(kind: PartyKind, idNumber: string | null): CellProblem | undefined {
  if (idNumber === null) return isNatural(kind) ? ID_MISSING : undefined;
  const number = idNumber.toUpperCase();
  const fault = isNatural(kind) ? residentNumberFault(number) : creditCodeFault(number);
  if (fault === undefined) return undefined;
  if (fault === 'malformed') return isNatural(kind) ? ID_MALFORMED : CREDIT_CODE_MALFORMED;
  return isNatural(kind) ? ID_CHECKSUM : CREDIT_CODE_CHECKSUM;
}

const idKeyOf = ({ value }: Row): string | undefined =>
  value.id_number && value.kind ? `${value.kind} ${value.id_number.toUpperCase()}` : undefined;

const INSERT_PARTIES = `
  INSERT INTO registry.party (book, id, external_no, kind, name, region, id_number_sealed, id_number_index,
         phone_sealed, phone_index, import, recorded_at)
  SELECT $1, r.id, r.external_no, r.kind, r.name, r.region, decode(r.id_number_sealed, 'hex'),
         decode(r.id_number_index, 'hex'), decode(r.phone_sealed, 'hex'), decode(r.phone_index, 'hex'), $3, $4
    FROM jsonb_to_recordset($2::jsonb) AS r(id uuid, external_no text, kind text, name text, region text,
         id_number_sealed text, id_number_index text, phone_sealed text, phone_index text)`;
const INSERT_ACCOUNTS = `
  INSERT INTO registry.bank_account (book, id, party, bank, number_sealed, number_index, last4, holder_name,
         valid, evidence, recorded_by, recorded_at)
  SELECT $1, r.id, r.party, r.bank, decode(r.number_sealed, 'hex'), decode(r.number_index, 'hex'), r.last4,
         r.holder_name, daterange($3::date, NULL), $4, $5, $6
    FROM jsonb_to_recordset($2::jsonb) AS r(id uuid, party uuid, bank text, number_sealed text,
         number_index text, last4 text, holder_name text)`;

const ID_IN_BOOK = problem(
  'ALREADY_IN_BOOK',
  '同类主体中尚未登记的证件号',
  'a number no other party of this kind has',
);
const ID_MISSING = problem('CELL_EMPTY', '18 位居民身份证号', "a resident's number of 18 places");
const ID_MALFORMED = problem(
  'ID_NUMBER_MALFORMED',
  '18 位居民身份证号，单元格设为文本',
  "a resident's number of 18 places, the cell as text",
);
const ID_CHECKSUM = problem(
  'ID_NUMBER_CHECKSUM',
  '末位校验码正确的身份证号',
  'an ID number whose last place fits',
);
const CREDIT_CODE_MALFORMED = problem(
  'ID_NUMBER_MALFORMED',
  '18 位统一社会信用代码，或留空',
  'a unified social credit code of 18 places, or nothing',
);
const CREDIT_CODE_CHECKSUM = problem(
  'CREDIT_CODE_CHECKSUM',
  '末位校验码正确的统一社会信用代码',
  'a unified social credit code whose last place fits',
);
const ACCOUNT_INCOMPLETE = problem(
  'ACCOUNT_INCOMPLETE',
  '开户行、账号、户名三项齐全，或全部留空',
  'bank, account and holder together, or none of them',
);
