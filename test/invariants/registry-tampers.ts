/** What somebody with the server in his hands changed, the code it is found by, and the place the finding names. */
export interface Tamper {
  readonly what: string;
  readonly damage: string;
  readonly code: string;
  readonly place: RegExp;
}

export const party = (no: string): string =>
  `(SELECT t.id FROM registry.party t WHERE t.external_no = '${no}')`;
export const parcel = (code: string): string =>
  `(SELECT p.id FROM registry.parcel p WHERE p.code = '${code}')`;

export const REGISTRY_TAMPERS: readonly Tamper[] = [
  {
    what: 'a share is enlarged',
    damage: `UPDATE registry.right_share SET share_ppm = 900000 WHERE parcel = ${parcel('XB00003')} AND party = ${party('HH00003')}`,
    code: 'SHARES_ABOVE_WHOLE',
    place: /parcel XB00003/,
  },
  {
    what: 'a share that an order made is enlarged within the whole',
    damage: `UPDATE registry.right_share SET share_ppm = 500000
              WHERE parcel = ${parcel('XB00004')} AND party = ${party('HH00005')}`,
    code: 'SHARE_UNEXPLAINED',
    place: /parcel XB00004, management right of HH00005/,
  },
  {
    what: 'a share goes to another parcel',
    damage: `UPDATE registry.right_share SET parcel = ${parcel('XB00011')}
              WHERE parcel = ${parcel('XB00004')} AND party = ${party('HH00005')}`,
    code: 'HOLDERS_DIFFER_FROM_ORDER',
    place: /parcel XB00004/,
  },
  {
    what: 'a share ends without an order',
    damage: `UPDATE registry.right_share SET valid = daterange(lower(valid), '2026-06-01')
              WHERE parcel = ${parcel('XB00006')} AND ended_by_land IS NOT NULL`,
    code: 'SHARE_END_UNEXPLAINED',
    place: /parcel XB00006/,
  },
  {
    what: 'an area is raised',
    damage: `UPDATE registry.parcel SET area_mu100 = 1330 WHERE code = 'XB00005'`,
    code: 'PARCEL_AREA_UNEXPLAINED',
    place: /parcel XB00005: .* 1230 .* 1330/,
  },
  {
    what: 'an area that an order changed is raised',
    damage: `UPDATE registry.parcel SET area_mu100 = 2100 WHERE code = 'XB00002'`,
    code: 'PARCEL_FACTS_UNEXPLAINED',
    place: /parcel XB00002: area_mu100/,
  },
  {
    what: 'a certificate is swapped',
    damage: `UPDATE registry.parcel SET certificate_no = '林证字00000099' WHERE code = 'XB00001'`,
    code: 'PARCEL_FACTS_UNEXPLAINED',
    place: /parcel XB00001: certificate_no/,
  },
  {
    what: 'the facts of days that are over are changed',
    damage: `UPDATE registry.parcel_past SET age_group = 'young' WHERE superseded_at IS NULL AND id = ${parcel('XB00001')}`,
    code: 'PARCEL_PAST_UNEXPLAINED',
    place: /parcel XB00001/,
  },
  {
    what: 'the facts of days that are over are deleted',
    damage: `DELETE FROM registry.parcel_past WHERE superseded_at IS NULL AND id = ${parcel('XB00002')}`,
    code: 'PARCEL_TIME_NOT_WHOLE',
    place: /parcel XB00002/,
  },
  {
    what: 'an order is said to be approved by who proposed it',
    damage: `ALTER TABLE registry.parcel_order DROP CONSTRAINT decided_by_another;
             UPDATE registry.parcel_order SET decided_by = proposed_by WHERE parcel = ${parcel('XB00002')}`,
    code: 'ORDER_NOT_BY_TWO',
    place: /parcel_order [0-9a-f-]{36}: approved, proposed by clerk, decided by clerk/,
  },
  {
    what: 'an order is deleted',
    damage: `DELETE FROM registry.parcel_order WHERE parcel = ${parcel('XB00002')}`,
    code: 'PARCEL_VERSION_DIFFERS',
    place: /parcel XB00002: version 1, 0 orders/,
  },
  {
    what: 'a consent is signed after it was recorded',
    damage: `UPDATE registry.consent SET signed_at = recorded_at + interval '1 day' WHERE party = ${party('HH00003')}`,
    code: 'CONSENT_OUTSIDE_TERMS',
    place: /party HH00003/,
  },
  {
    what: 'the consent of a household that is no more comes back',
    damage: `UPDATE registry.consent SET revoked_at = NULL, revoked_by = NULL WHERE party = ${party('HH00008')}`,
    code: 'CONSENT_OF_CLOSED_PARTY',
    place: /party HH00008 is no more/,
  },
  {
    what: 'a household that was merged away still holds',
    damage: `UPDATE registry.right_share SET party = ${party('HH00008')}
              WHERE parcel = ${parcel('XB00008')} AND party = ${party('HH00009')}`,
    code: 'CLOSED_PARTY_HOLDS',
    place: /parcel XB00008, management right of HH00008/,
  },
  {
    what: 'the number of a household is exchanged',
    damage: `UPDATE registry.party SET id_number_index = sha256('x') WHERE external_no = 'HH00010'`,
    code: 'PARTY_FACTS_UNEXPLAINED',
    place: /party HH00010 version 1/,
  },
  {
    what: 'what a household was is deleted',
    damage: `DELETE FROM registry.party_past WHERE party = ${party('HH00010')}`,
    code: 'PARTY_TIME_NOT_WHOLE',
    place: /party HH00010: version 1, 0 former/,
  },
  {
    what: 'somebody else is paid in a household’s place',
    damage: `UPDATE registry.payee SET payee = ${party('HH00005')} WHERE party = ${party('HH00001')}`,
    code: 'PAYEE_UNEXPLAINED',
    place: /party HH00001: HH00005/,
  },
  {
    what: 'an account is taken away',
    damage: `DELETE FROM registry.bank_account WHERE party = ${party('HH00003')} AND upper_inf(valid)`,
    code: 'ACCOUNT_TIME_NOT_WHOLE',
    place: /party HH00003/,
  },
  {
    what: 'a split parcel comes back',
    damage: `ALTER TABLE registry.parcel DROP CONSTRAINT closed_by_an_order;
             UPDATE registry.parcel SET valid = '(,)', closed_by = NULL WHERE code = 'XB00006'`,
    code: 'PARCEL_CLOSING_UNEXPLAINED',
    place: /parcel XB00006/,
  },
  {
    what: 'new land forgets where it comes from',
    damage: `DELETE FROM registry.land_unit_origin o USING registry.land_unit u WHERE u.id = o.land_unit AND u.code LIKE '%-1'`,
    code: 'LINEAGE_DIFFERS_FROM_ORDER',
    place: /land unit XB00006-1 from LU00006/,
  },
  {
    what: 'an imported parcel is deleted with its rights',
    damage: `DELETE FROM registry.right_share WHERE parcel = ${parcel('XB00012')};
             DELETE FROM registry.parcel WHERE code = 'XB00012'`,
    code: 'IMPORT_DIFFERS_FROM_ROWS',
    place: /import [0-9a-f-]{36} of parcels: 12 rows in the file, 11/,
  },
  {
    what: 'a parcel is moved to a place that is not there',
    damage: `UPDATE registry.parcel SET village = '610924999999' WHERE code = 'XB00007'`,
    code: 'PLACE_UNKNOWN',
    place: /parcel XB00007 lies in 610924999999/,
  },
];
