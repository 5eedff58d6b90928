import { IMPORT_KINDS } from '../import/import-kind';
import { KIND_COLUMNS } from '../import/kind-columns';
import { wordsOf } from '../import/column.words';
import { CONSENT_CELLS, PARCEL_CELLS, PARTY_CELLS, RIGHT_CELLS } from './cells.sql';
import { csvLine } from './csv-lines';
import { notesOf, peoplesWords, sheetOf } from './people-sheet';

const SEALED = ['id_number', 'phone', 'bank', 'bank_account', 'account_holder'];
const CELLS = {
  parties: [...Object.keys(PARTY_CELLS), ...SEALED],
  parcels: Object.keys(PARCEL_CELLS),
  rights: Object.keys(RIGHT_CELLS),
  consents: Object.keys(CONSENT_CELLS),
};

describe.each(IMPORT_KINDS)('an export of %s', (kind) => {
  it('has the columns of the import, in their order', () => {
    expect(CELLS[kind]).toEqual(Object.keys(KIND_COLUMNS[kind]));
  });

  it('has a Chinese heading and a note for every column, no two the same', () => {
    const words = Object.keys(KIND_COLUMNS[kind]).map((column) => wordsOf(kind, column));
    for (const { heading, note } of words)
      expect([/\p{Script=Han}/u.test(heading), note !== '']).toEqual([true, true]);
    expect(new Set(words.map(({ heading }) => heading)).size).toBe(words.length);
  });

  it('has words that the import reads as the same', () => {
    const readers = Object.values(KIND_COLUMNS[kind]);
    const inWords = peoplesWords(kind);
    for (const [index, read] of readers.entries()) {
      for (const word of Object.keys(read.words ?? {})) {
        const cells = readers.map((_read, at) => (at === index ? word : ''));
        expect(read(inWords(cells)[index]!)).toEqual(read(word));
      }
    }
  });

  it('offers every word that may stand in a column, in as many letters as a list takes', () => {
    for (const { choices } of sheetOf(kind, []).columns)
      expect((choices ?? []).join(',').length).toBeLessThan(256);
    const notes = notesOf(kind);
    expect(notes.columns).toHaveLength(5);
  });
});

describe('a line of CSV', () => {
  it('has nothing that a spreadsheet computes', () => {
    expect(csvLine(['=1+1', '@x', '+cmd', '-a', '-1.5', 'a=b', '"甲",乙'])).toBe(
      `'=1+1,'@x,'+cmd,'-a,-1.5,a=b,"""甲"",乙"\r\n`,
    );
  });
});
