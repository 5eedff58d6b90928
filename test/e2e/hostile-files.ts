import { csv, FOREIGN_VILLAGE, HEADERS, parcel } from '../invariants/registry-book';
import type { Case, HostileCounty } from './hostile-county';
import { SECRETS, type Answer } from './hostile-edge';

const [ID_NUMBER, PHONE] = SECRETS as [string, string];
const GB18030 = Buffer.from([0xb2, 0xe2]);

/** A wrong file: what is wrong with it, in which column (null: all of it), the code there, the row if not 2. */
type WrongFile = readonly [
  fact: string,
  send: (county: HostileCounty) => Promise<Answer>,
  column: string | null,
  code: string,
  row?: number,
];

const area = (text: string) => (c: HostileCounty) => c.parcel({ area_mu: text });
const file = (kind: string, content: string | Buffer) => (c: HostileCounty) => c.edge.upload(kind, content);

const twoRows = csv('parcels', [parcel(9, { scope_decision: '范围,"一"' }), parcel(10, { area_mu: 'x' })]);
const FROM_EXCEL = `\ufeff${twoRows.replaceAll('\n', '\r\n')}`;
const DAMAGED = Buffer.concat([Buffer.from(`${HEADERS.parties}\n测,\n试,\nX,`), GB18030]);

const WRONG_FILES: readonly WrongFile[] = [
  ['an area of 0', area('0'), 'area_mu', 'AREA_NOT_POSITIVE'],
  ['an area of −1', area('-1'), 'area_mu', 'AREA_NOT_POSITIVE'],
  ['an area of 1e309', area('1e309'), 'area_mu', 'AREA_MALFORMED'],
  ['an area with three decimals', area('1.234'), 'area_mu', 'AREA_TOO_FINE'],
  ['a parcel the book has', (c) => c.parcel({ parcel_code: 'XB00001' }), 'parcel_code', 'ALREADY_IN_BOOK'],
  [
    'a parcel twice',
    file('parcels', csv('parcels', [parcel(9), parcel(9)])),
    'parcel_code',
    'REPEATED_IN_FILE',
    3,
  ],
  ['an unknown village', (c) => c.parcel({ village_code: '610924999999' }), 'village_code', 'REGION_UNKNOWN'],
  [
    'another county’s village',
    (c) => c.parcel({ village_code: FOREIGN_VILLAGE }),
    'village_code',
    'REGION_OUTSIDE_BOOK',
  ],
  ['a formula', (c) => c.parcel({ parcel_code: '=cmd()' }), 'parcel_code', 'CELL_FORMULA'],
  ['30 February', (c) => c.parcel({ scope_from: '2025-02-30' }), 'scope_from', 'DATE_MALFORMED'],
  ['the year 0', (c) => c.rights([4, 1, { valid_from: '0000-01-01' }]), 'valid_from', 'DATE_MALFORMED'],
  [
    'shares over 100 % with the book’s',
    (c) => c.rights([3, 1, { share_percent: '41' }]),
    'share_percent',
    'SHARES_OVER_WHOLE',
  ],
  [
    'shares over 100 % in itself',
    (c) => c.rights([4, 1, { share_percent: '60' }], [4, 2, { share_percent: '60' }]),
    'share_percent',
    'SHARES_OVER_WHOLE',
    3,
  ],
  ['a right to no parcel', (c) => c.rights([99, 1]), 'parcel_code', 'PARCEL_UNKNOWN'],
  ['a right of nobody', (c) => c.rights([4, 99]), 'party_external_no', 'PARTY_UNKNOWN'],
  ['an ID number for a name', (c) => c.party({ name: ID_NUMBER }), 'name', 'PERSONAL_NUMBER_IN_TEXT'],
  ['a phone for a code', (c) => c.party({ external_no: PHONE }), 'external_no', 'PERSONAL_NUMBER_AS_CODE'],
  [
    'an ID number for a document',
    (c) => c.rights([4, 1, { document_no: ID_NUMBER }]),
    'document_no',
    'PERSONAL_NUMBER_AS_CODE',
  ],
  ['a mark nobody sees', (c) => c.party({ name: '王\u200b小雨' }), 'name', 'CELL_CONTROL'],
  ['BOM, CRLF, quotes and one wrong row', file('parcels', FROM_EXCEL), 'area_mu', 'AREA_MALFORMED', 3],
  ['a line that is no UTF-8', file('parties', DAMAGED), null, 'FILE_NOT_UTF8', 4],
  ['another header', file('parties', 'a,b\n1,2\n'), 'external_no', 'COLUMN_MISSING', 1],
  ['a quote left open', file('parties', `${HEADERS.parties}\n"X,household`), null, 'CSV_MALFORMED'],
  [
    'millions of lines',
    file('parties', `${HEADERS.parties}${'\na'.repeat(3_000_000)}`),
    null,
    'FILE_TOO_LONG',
    100_002,
  ],
];

export const FILES: readonly Case[] = [
  ...WRONG_FILES.map(([fact, send, column, code, row = 2]): Case => {
    const error = expect.objectContaining({ row, column, code, expected: expect.any(Object) });
    return [`a file with ${fact}`, send, 422, 'IMPORT_REFUSED', { errors: expect.arrayContaining([error]) }];
  }),
  [
    'a file sent as JSON',
    (c) => c.post('imports/parties', 'forestry-handler', {}),
    415,
    'MEDIA_TYPE_UNSUPPORTED',
  ],
  [
    'a file from nobody',
    (c) => c.raw('books/county/imports/parties', 'x', { type: 'text/csv' }),
    401,
    'SIGN_IN_REQUIRED',
  ],
  ['a kind of file there is not', (c) => c.edge.upload('..%2fparties', 'x'), 404, 'IMPORT_KIND_UNKNOWN'],
];
