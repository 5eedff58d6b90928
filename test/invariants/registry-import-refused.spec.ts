import { maskIdNumber } from '@app/kernel';
import type { ImportError } from '@app/registry';
import {
  consent,
  FOREIGN_VILLAGE,
  csv,
  HEADERS,
  household,
  OTHER_VILLAGE,
  parcel,
  RegistryBook,
  residentNumber,
  right,
  VILLAGE,
} from './registry-book';

type Outcome = Awaited<ReturnType<RegistryBook['import']>>;

const refusalOf = (outcome: Outcome) => {
  if (outcome.ok || outcome.reason.code !== 'IMPORT_REFUSED') throw new Error('the import was not refused');
  return outcome.reason;
};
/** Row, column, code and value of every error. */
const errorsOf = (outcome: Outcome) =>
  refusalOf(outcome).errors.map(({ row, column, code, value }: ImportError) => [row, column, code, value]);

describe('a wrong import', () => {
  let registry: RegistryBook;
  beforeAll(async () => {
    registry = await RegistryBook.open();
    const loads = [
      await registry.import(
        'parties',
        [1, 2, 3].map((n) => household(n)),
      ),
      await registry.import('parcels', [parcel(1), parcel(2)]),
      await registry.import('rights', [
        right(1, 1, { share_percent: '60' }),
        right(1, 2, { share_percent: '30', valid_to: '2026-12-31' }),
      ]),
      await registry.import('consents', [consent(1)]),
    ];
    for (const load of loads) expect(load).toMatchObject({ ok: true });
  });
  afterAll(() => registry.close());

  describe('of parties', () => {
    it.each([
      [
        'an unknown village',
        { region_code: '610924999999' },
        'region_code',
        'REGION_UNKNOWN',
        '610924999999',
      ],
      [
        'a village of another county',
        { region_code: FOREIGN_VILLAGE },
        'region_code',
        'REGION_OUTSIDE_BOOK',
        FOREIGN_VILLAGE,
      ],
      ['a formula', { name: '=cmd()' }, 'name', 'CELL_FORMULA', '=cmd()'],
      ['an unknown kind', { kind: 'family' }, 'kind', 'VALUE_UNKNOWN', 'family'],
      ['a taken number', { external_no: 'HH00001' }, 'external_no', 'ALREADY_IN_BOOK', 'HH00001'],
      [
        'the ID number of another household',
        { id_number: residentNumber(1) },
        'id_number',
        'ALREADY_IN_BOOK',
        maskIdNumber(residentNumber(1)),
      ],
      [
        'an ID number whose last place is wrong',
        { id_number: '610924195001010990' },
        'id_number',
        'ID_NUMBER_CHECKSUM',
        '610924********0990',
      ],
      ['no ID number', { id_number: '' }, 'id_number', 'CELL_EMPTY', ''],
      ['a short phone', { phone: '1391234' }, 'phone', 'PHONE_MALFORMED', '*******'],
      ['a short account', { bank_account: '1234567' }, 'bank_account', 'ACCOUNT_MALFORMED', '*******'],
      [
        'letters in the account',
        { bank_account: '6217A90000001' },
        'bank_account',
        'ACCOUNT_MALFORMED',
        '**** 0001',
      ],
      ['an account without a holder', { account_holder: '' }, 'account_holder', 'ACCOUNT_INCOMPLETE', ''],
    ])('with %s is refused, naming row, column and value', async (_what, cells, column, code, value) => {
      const before = await registry.count('party');
      const outcome = await registry.import('parties', [household(50), household(99, cells)]);
      expect(errorsOf(outcome)).toEqual([[3, column, code, value]]);
      expect(await registry.count('party')).toBe(before);
    });

    it('with a number or an ID twice in the file names the later row', async () => {
      const rows = [household(50), household(51, { external_no: 'HH00050', id_number: residentNumber(50) })];
      expect(errorsOf(await registry.import('parties', rows))).toEqual([
        [3, 'external_no', 'REPEATED_IN_FILE', 'HH00050'],
        [3, 'id_number', 'REPEATED_IN_FILE', maskIdNumber(residentNumber(50))],
      ]);
    });

    it('takes an organisation without number or account', async () => {
      const collective = {
        external_no: 'JT1',
        kind: 'collective',
        name: '测试股份经济合作社',
        region_code: VILLAGE,
      };
      expect(await registry.import('parties', [collective], { dryRun: true })).toMatchObject({
        ok: true,
        value: { id: null, rows: 1, dryRun: true },
      });
    });
  });

  describe('of parcels', () => {
    it.each([
      ['area 0', { area_mu: '0' }, 'area_mu', 'AREA_NOT_POSITIVE', '0'],
      ['area −1', { area_mu: '-1' }, 'area_mu', 'AREA_NOT_POSITIVE', '-1'],
      ['area 1e309', { area_mu: '1e309' }, 'area_mu', 'AREA_MALFORMED', '1e309'],
      ['an area with three decimals', { area_mu: '12.345' }, 'area_mu', 'AREA_TOO_FINE', '12.345'],
      ['a parcel the book has', { parcel_code: 'XB00001' }, 'parcel_code', 'ALREADY_IN_BOOK', 'XB00001'],
      [
        'an unknown village',
        { village_code: '610924100999' },
        'village_code',
        'REGION_UNKNOWN',
        '610924100999',
      ],
      [
        'a village of another county',
        { village_code: FOREIGN_VILLAGE },
        'village_code',
        'REGION_OUTSIDE_BOOK',
        FOREIGN_VILLAGE,
      ],
      ['a township', { village_code: '610924100' }, 'village_code', 'REGION_NOT_VILLAGE', '610924100'],
      ['an unknown class', { forest_class: 'pine' }, 'forest_class', 'VALUE_UNKNOWN', 'pine'],
      ['a decision without a day', { scope_from: '' }, 'scope_from', 'SCOPE_INCOMPLETE', ''],
      ['a day without a decision', { scope_decision: '' }, 'scope_decision', 'SCOPE_INCOMPLETE', ''],
      ['days reversed', { scope_to: '2023-12-31' }, 'scope_to', 'DAYS_REVERSED', '2023-12-31'],
    ])('with %s is refused, naming row, column and value', async (_what, cells, column, code, value) => {
      const outcome = await registry.import('parcels', [parcel(50), parcel(99, cells)]);
      expect(errorsOf(outcome)).toEqual([[3, column, code, value]]);
      expect(await registry.count('parcel')).toBe(2);
      expect(await registry.count('land_unit')).toBe(2);
    });

    it('with a parcel twice names the later row and the earlier one', async () => {
      const outcome = await registry.import('parcels', [parcel(50), parcel(51), parcel(50)]);
      expect(errorsOf(outcome)).toEqual([[4, 'parcel_code', 'REPEATED_IN_FILE', 'XB00050']]);
      expect(refusalOf(outcome).errors[0]?.expected).toEqual({
        zh: '每个只出现一次，第 2 行已有',
        en: 'each once; row 2 already has it',
      });
    });

    it('outside the importer’s own regions is refused', async () => {
      const rows = [parcel(50), parcel(51, { village_code: OTHER_VILLAGE })];
      const outcome = await registry.import('parcels', rows, { regions: ['610924100'] });
      expect(errorsOf(outcome)).toEqual([[3, 'village_code', 'REGION_OUTSIDE_SCOPE', OTHER_VILLAGE]]);
    });

    it('names all that is wrong at once, in both languages', async () => {
      const { total, errors } = refusalOf(
        await registry.import('parcels', [
          parcel(50, { area_mu: '0', village_code: 'x' }),
          parcel(51, { tenure: '' }),
        ]),
      );
      expect(total).toBe(3);
      expect(errors.map(({ row, code }) => `${row} ${code}`).sort()).toEqual([
        '2 AREA_NOT_POSITIVE',
        '2 REGION_MALFORMED',
        '3 CELL_EMPTY',
      ]);
      for (const { expected } of errors) {
        expect(expected.zh).toMatch(/\p{Script=Han}/u);
        expect(expected.en).toMatch(/^[\x20-\x7e]+$/);
      }
    });

    it('takes several parcels of one land unit', async () => {
      const rows = [parcel(60), parcel(61, { land_unit_code: 'LU00060' })];
      const other = await RegistryBook.open();
      try {
        expect(await other.import('parcels', rows)).toMatchObject({ ok: true });
        expect([await other.count('parcel'), await other.count('land_unit')]).toEqual([2, 1]);
      } finally {
        await other.close();
      }
    });
  });

  describe('of rights', () => {
    it('over 100 % together with the book names the row and what is left', async () => {
      const rows = [right(1, 3, { share_percent: '10.0001' })];
      const outcome = await registry.import('rights', rows);
      expect(errorsOf(outcome)).toEqual([[2, 'share_percent', 'SHARES_OVER_WHOLE', '10.0001']]);
      expect(refusalOf(outcome).errors[0]?.expected.zh).toContain('余 10%');
    });

    it('over 100 % within the file names the first row that does not fit', async () => {
      const rows = [1, 2, 3].map((party) => right(2, party, { share_percent: '40' }));
      expect(errorsOf(await registry.import('rights', rows))).toEqual([
        [4, 'share_percent', 'SHARES_OVER_WHOLE', '40'],
      ]);
    });

    it('counts each right kind and each day by itself', async () => {
      const rows = [
        right(1, 3, { share_percent: '40', valid_from: '2027-01-01' }),
        right(1, 3, { right_kind: 'carbon-income' }),
      ];
      expect(await registry.import('rights', rows, { dryRun: true })).toMatchObject({ ok: true });
    });

    it.each([
      ['an unknown parcel', { parcel_code: 'XB99999' }, 'parcel_code', 'PARCEL_UNKNOWN', 'XB99999'],
      ['an unknown party', { party_external_no: 'HH99999' }, 'party_external_no', 'PARTY_UNKNOWN', 'HH99999'],
      ['a share of 101', { share_percent: '101' }, 'share_percent', 'SHARE_OVER_WHOLE', '101'],
      ['a share of 0', { share_percent: '0' }, 'share_percent', 'SHARE_NOT_POSITIVE', '0'],
      ['a day that is none', { valid_from: '2026-02-30' }, 'valid_from', 'DATE_MALFORMED', '2026-02-30'],
      ['no document', { document_no: '' }, 'document_no', 'CELL_EMPTY', ''],
    ])('with %s is refused, naming row, column and value', async (_what, cells, column, code, value) => {
      const outcome = await registry.import('rights', [
        right(2, 1, { share_percent: '1' }),
        right(2, 2, cells),
      ]);
      expect(errorsOf(outcome)).toContainEqual([3, column, code, value]);
      expect(await registry.count('right_share')).toBe(2);
    });

    it('refuses the same right of the same party twice on a day', async () => {
      const inBook = await registry.import('rights', [right(1, 1, { share_percent: '1' })]);
      const inFile = await registry.import('rights', [
        right(2, 1, { share_percent: '1', valid_to: '2020-12-31' }),
        right(2, 1, { share_percent: '1', valid_from: '2020-12-31' }),
      ]);
      expect(errorsOf(inBook)).toEqual([[2, 'party_external_no', 'RIGHT_REPEATED', 'HH00001']]);
      expect(errorsOf(inFile)).toEqual([[3, 'party_external_no', 'RIGHT_REPEATED', 'HH00001']]);
    });
  });

  describe('of consents', () => {
    it.each([
      ['a consent on days that have one', consent(1), 'party_external_no', 'CONSENT_OVERLAPS', 'HH00001'],
      ['no end of its term', consent(2, { valid_to: '' }), 'valid_to', 'CELL_EMPTY', ''],
      [
        'a signature of tomorrow',
        consent(2, { signed_on: '2026-03-03' }),
        'signed_on',
        'SIGNED_IN_FUTURE',
        '2026-03-03',
      ],
    ])('with %s is refused', async (_what, row, column, code, value) => {
      const outcome = await registry.import('consents', [row, consent(3)]);
      expect(errorsOf(outcome)).toEqual([[2, column, code, value]]);
      expect(await registry.count('consent')).toBe(1);
    });
  });

  it('of a damaged UTF-8 file names the line and loads nothing', async () => {
    const rows = Buffer.from(csv('parties', [household(60), household(61)]));
    const outcome = await registry.import('parties', Buffer.concat([rows, Buffer.from([0x41, 0xff])]));
    expect(errorsOf(outcome)).toEqual([[4, null, 'FILE_NOT_UTF8', null]]);
  });

  it.each([
    ['wrong', HEADERS.parcels.replace('area_mu', 'area'), ['COLUMN_MISSING', 'COLUMN_UNKNOWN']],
    ['short', HEADERS.parcels.replace(',area_mu', ''), ['COLUMN_MISSING']],
  ])('with a %s header says which columns', async (_what, header, codes) => {
    const outcome = await registry.import('parcels', `${header}\n1,2\n`);
    expect(refusalOf(outcome).errors.map(({ code }) => code)).toEqual(codes);
  });
});
