import { parcel, party, type Tamper } from './registry-tampers';

const shareOf = (parcelCode: string, partyNo: string): string =>
  `parcel = ${parcel(parcelCode)} AND party = ${party(partyNo)}`;
const ROW = 'ROW_NOT_AS_IT_CAME';

/** What only a file wrote and no other row repeats, changed by somebody with the server in his hands. */
export const IMPORT_TAMPERS: readonly Tamper[] = [
  {
    what: 'two parcels exchange their certificates',
    damage: `UPDATE registry.parcel p SET certificate_no = o.certificate_no FROM registry.parcel o
              WHERE (p.code, o.code) IN (('XB00007', 'XB00008'), ('XB00008', 'XB00007'))`,
    code: ROW,
    place: /parcel XB00007 .*\n.*parcel XB00008 /,
  },
  {
    what: 'the first certificate of a parcel is rewritten after an order gave it another',
    damage: `UPDATE registry.parcel_past SET certificate_no = '林证字00000099' WHERE id = ${parcel('XB00001')}`,
    code: ROW,
    place: /parcel XB00001 \(parcel [0-9a-f-]{36} of import [0-9a-f-]{36}\): it does not stand as it came/,
  },
  {
    what: 'a parcel is moved to the next village',
    damage: `UPDATE registry.parcel SET village = '610924101200' WHERE code = 'XB00007'`,
    code: ROW,
    place: /parcel XB00007 /,
  },
  {
    what: 'a parcel becomes national forest without an order',
    damage: `UPDATE registry.parcel SET public_welfare_level = 'provincial' WHERE code = 'XB00009'`,
    code: ROW,
    place: /parcel XB00009 /,
  },
  {
    what: 'a parcel’s area is raised with the area it came with',
    damage: `UPDATE registry.parcel SET area_mu100 = 1330, first_area_mu100 = 1330 WHERE code = 'XB00005'`,
    code: ROW,
    place: /parcel XB00005 /,
  },
  {
    what: 'the scope of a parcel begins earlier',
    damage: `UPDATE registry.parcel SET scope = '[2020-01-01,)' WHERE code = 'XB00008'`,
    code: ROW,
    place: /parcel XB00008 /,
  },
  {
    what: 'a land unit is named otherwise',
    damage: `UPDATE registry.land_unit SET code = 'LU99999' WHERE code = 'LU00004'`,
    code: ROW,
    place: /land unit LU99999 /,
  },
  {
    what: 'a share is enlarged within the whole',
    damage: `UPDATE registry.right_share SET share_ppm = 300000 WHERE ${shareOf('XB00003', 'HH00003')};
             UPDATE registry.right_share SET share_ppm = 700000 WHERE ${shareOf('XB00003', 'HH00004')}`,
    code: ROW,
    place: /management right of HH00004 to parcel XB00003 /,
  },
  {
    what: 'two holders of a parcel exchange their shares',
    damage: `UPDATE registry.right_share s SET share_ppm = 1000000 - share_ppm WHERE parcel = ${parcel('XB00003')}`,
    code: ROW,
    place: /HH0000[34] to parcel XB00003 .*\n.*HH0000[34] to parcel XB00003 /,
  },
  {
    what: 'a share goes to another household',
    damage: `UPDATE registry.right_share SET party = ${party('HH00005')} WHERE ${shareOf('XB00003', 'HH00004')}`,
    code: ROW,
    place: /management right of HH00005 to parcel XB00003 /,
  },
  {
    what: 'an imported share begins later',
    damage: `UPDATE registry.right_share SET valid = '[2021-01-01,)' WHERE ${shareOf('XB00009', 'HH00009')} AND import IS NOT NULL`,
    code: ROW,
    place: /management right of HH00009 to parcel XB00009 /,
  },
  {
    what: 'the contract of a share is another',
    damage: `UPDATE registry.right_share SET document_no = '合同9号' WHERE ${shareOf('XB00001', 'HH00001')}`,
    code: ROW,
    place: /management right of HH00001 to parcel XB00001 /,
  },
  {
    what: 'a consent lasts a year longer',
    damage: `UPDATE registry.consent SET valid = daterange(lower(valid), upper(valid) + 365) WHERE party = ${party('HH00002')}`,
    code: ROW,
    place: /consent of party HH00002 /,
  },
  {
    what: 'a consent is for less',
    damage: `UPDATE registry.consent SET share_ppm = 500000 WHERE party = ${party('HH00004')}`,
    code: ROW,
    place: /consent of party HH00004 /,
  },
  {
    what: 'a consent rests on another paper',
    damage: `UPDATE registry.consent SET document_no = 'WT-2' WHERE party = ${party('HH00004')}`,
    code: ROW,
    place: /consent of party HH00004 /,
  },
  {
    what: 'a household has another name',
    damage: `UPDATE registry.party SET name = '别人' WHERE external_no = 'HH00005'`,
    code: ROW,
    place: /party HH00005 /,
  },
  {
    what: 'a household is said to be a cooperative',
    damage: `UPDATE registry.party SET kind = 'cooperative' WHERE external_no = 'HH00010'`,
    code: ROW,
    place: /party HH00010 /,
  },
  {
    what: 'two households exchange their numbers, indexes and all',
    damage: `CREATE TEMP TABLE former ON COMMIT DROP AS SELECT * FROM registry.party;
             DROP INDEX registry.party_id_number;
             UPDATE registry.party p SET id_number_sealed = o.id_number_sealed, id_number_index = o.id_number_index
               FROM former o WHERE (p.external_no, o.external_no) IN (('HH00004', 'HH00005'), ('HH00005', 'HH00004'))`,
    code: ROW,
    place: /party HH0000[45] .*\n.*party HH0000[45] /,
  },
  {
    what: 'two households exchange their accounts whole',
    damage: `ALTER TABLE registry.bank_account DROP CONSTRAINT bank_account_one_a_day;
             DROP INDEX registry.bank_account_current;
             UPDATE registry.bank_account SET party = CASE party WHEN ${party('HH00004')} THEN ${party('HH00005')}
                                                                 ELSE ${party('HH00004')} END
              WHERE party IN (${party('HH00004')}, ${party('HH00005')})`,
    code: ROW,
    place: /account of party HH0000[45] .*\n.*account of party HH0000[45] /,
  },
  {
    what: 'the holder of an account is another',
    damage: `UPDATE registry.bank_account SET holder_name = '别人' WHERE party = ${party('HH00006')}`,
    code: ROW,
    place: /account of party HH00006 /,
  },
  {
    what: 'who is paid in a household’s place is so since another day',
    damage: `UPDATE registry.payee SET valid = daterange(lower(valid) + 1, upper(valid)) WHERE party = ${party('HH00001')}`,
    code: ROW,
    place: /payee of party HH00001 /,
  },
  {
    what: 'a parcel’s rights are deleted and the import says it had one row less',
    damage: `DELETE FROM registry.right_share WHERE ${shareOf('XB00012', 'HH00012')};
             UPDATE registry.import SET rows = rows - 1 WHERE kind = 'rights'`,
    code: ROW,
    place: /right_share [0-9a-f-]{36} of import [0-9a-f-]{36}\): it came into the book and is gone/,
  },
  {
    what: 'a household comes by no door',
    damage: `INSERT INTO registry.party (book, id, external_no, kind, name, region, import, recorded_at)
             SELECT book, gen_random_uuid(), 'HH00099', kind, '别人', region, import, recorded_at
               FROM registry.party WHERE external_no = 'HH00001'`,
    code: ROW,
    place: /party HH00099 .*: it did not come into the book by any door/,
  },
  {
    what: 'a certificate is exchanged and its digest made to fit',
    damage: `UPDATE registry.parcel SET certificate_no = '林证字00000099' WHERE code = 'XB00007';
             UPDATE registry.came c SET digests = (SELECT array_agg(d.made ORDER BY d.id)
                                                     FROM registry.row_digests(c.book) d WHERE d.id = ANY (c.ids))
              WHERE c.relation = 'parcel' AND c.import IS NOT NULL`,
    code: 'IMPORT_NOT_AS_IT_CAME',
    place: /import [0-9a-f-]{36} of parcels/,
  },
  {
    what: 'an import is said to be somebody else’s',
    damage: `UPDATE registry.import SET imported_by = 'nobody' WHERE kind = 'consents'`,
    code: 'IMPORT_NOT_AS_IT_CAME',
    place: /import [0-9a-f-]{36} of consents/,
  },
  {
    what: 'the paper that an order rests on is another',
    damage: `UPDATE registry.right_order SET evidence = '别处' WHERE parcel = ${parcel('XB00004')}`,
    code: 'ORDER_NOT_AS_DECIDED',
    place: /right_order [0-9a-f-]{36}/,
  },
  {
    what: 'an order and the parcel that it changed say another area',
    damage: `UPDATE registry.parcel SET area_mu100 = 2100 WHERE code = 'XB00002';
             UPDATE registry.parcel_order SET after = after || '{"area_mu100": "2100"}' WHERE parcel = ${parcel('XB00002')}`,
    code: 'ORDER_NOT_AS_DECIDED',
    place: /parcel_order [0-9a-f-]{36}/,
  },
];
