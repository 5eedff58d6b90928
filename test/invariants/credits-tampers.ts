import { parcel, party, type Tamper } from './registry-tampers';

const issuance = `(SELECT i.id FROM credits.issuance i WHERE i.code = '610924100-2025-g1')`;
const land = (code: string): string => `(SELECT u.id FROM registry.land_unit u WHERE u.code = '${code}')`;
const measured = (code: string): string =>
  `(SELECT m.id FROM credits.measurement m WHERE m.parcel = ${parcel(code)})`;

export const CREDITS_TAMPERS: readonly Tamper[] = [
  {
    what: 'an issuance is said to be measured with more by one set',
    damage: `UPDATE credits.issuance_set SET grams = grams + 1`,
    code: 'ISSUANCE_SETS_DIFFER',
    place: /-2025-g1: \d+ g in \d+ parcels are said to be measured with illustrative-1/,
  },
  {
    what: 'a parcel is larger than it was measured',
    damage: `UPDATE registry.parcel SET area_mu100 = 1330, first_area_mu100 = 1330 WHERE code = 'XB00005'`,
    code: 'MEASUREMENT_DIFFERS_FROM_PARCEL',
    place: /parcel XB00005, 2025/,
  },
  {
    what: 'measured grams are raised with their explanation',
    damage: `ALTER TABLE credits.measurement DROP CONSTRAINT rounded_half_up_once;
             UPDATE credits.measurement SET grams = grams + 1000,
                    explanation = explanation || jsonb_build_object('grams', (grams + 1000)::text)
              WHERE id = ${measured('XB00005')}`,
    code: 'MEASUREMENT_DIFFERS_FROM_INPUTS',
    place: /parcel XB00005, 2025: 3076000 g, its inputs give 3075000/,
  },
  {
    what: 'a coefficient is edited after it was approved',
    damage: `UPDATE credits.coefficient SET grams_per_mu_year = 260000
              WHERE coefficient_set = 'illustrative-1' AND forest_class = 'broadleaf' AND age_group = 'middle'`,
    code: 'MEASUREMENT_DIFFERS_FROM_INPUTS',
    place: /parcel XB000\d\d, 2025/,
  },
  {
    what: 'who measured also re-checked',
    damage: `ALTER TABLE credits.measurement DROP CONSTRAINT rechecked_by_another;
             UPDATE credits.measurement SET rechecked_by = measured_by WHERE id = ${measured('XB00005')}`,
    code: 'MEASURED_NOT_BY_TWO',
    place: /parcel XB00005, 2025: measured by measurer, re-checked by measurer/,
  },
  {
    what: 'a right that grams rest on is gone',
    damage: `DELETE FROM registry.right_share WHERE parcel = ${parcel('XB00005')}`,
    code: 'RIGHT_NOT_THERE',
    place: /parcel XB00005: HH00005/,
  },
  {
    what: 'an issued share goes to another party',
    damage: `UPDATE credits.issuance_share SET party = ${party('HH00001')} WHERE measurement = ${measured('XB00005')}`,
    code: 'RIGHT_NOT_THERE',
    place: /parcel XB00005: HH00001/,
  },
  {
    what: 'grams go from one holder of a parcel to the other',
    damage: `UPDATE credits.issuance_share s SET grams = s.grams + CASE s.party WHEN ${party('HH00003')} THEN 1 ELSE -1 END
              WHERE measurement = ${measured('XB00003')}`,
    code: 'SHARES_NOT_AS_ROUNDED',
    place: /HH00003 of 3075000 g with 600000 ppm, by the rounding 1845000, found 1845001/,
  },
  {
    what: 'a claim is moved by a day',
    damage: `UPDATE credits.claim SET period = daterange('2025-01-02', '2026-01-02') WHERE land_unit = ${land('LU00005')}`,
    code: 'LAND_NOT_CLAIMED',
    place: /land unit [0-9a-f-]{36}, \[2025-01-01,2026-01-01\)/,
  },
  {
    what: 'a claim is deleted',
    damage: `DELETE FROM credits.claim WHERE land_unit = ${land('LU00006')}`,
    code: 'LAND_NOT_CLAIMED',
    place: /land unit/,
  },
  {
    what: 'new land does not carry a claim any more',
    damage: `DELETE FROM credits.claim WHERE land_unit = ${land('XB00006-1')}`,
    code: 'CLAIM_NOT_CARRIED',
    place: /land unit XB00006-1: of LU00006/,
  },
  {
    what: 'a claim names an issuance of other land',
    damage: `INSERT INTO credits.claim (book, land_unit, period, scheme, issuance, claimed_at)
             SELECT book, id, '[2024-01-01,2025-01-01)', 'county-ledger', ${issuance}, now()
               FROM registry.land_unit WHERE code = 'LU00005'`,
    code: 'CLAIM_UNEXPLAINED',
    place: /land unit LU00005/,
  },
  {
    what: 'a block of serials grows',
    damage: `ALTER TABLE credits.serial_block DROP CONSTRAINT serials_in_one_place;
             UPDATE credits.serial_block SET serials = int8range(lower(serials), upper(serials) + 1)
              WHERE id = (SELECT min(id) FROM credits.serial_block WHERE place LIKE 'card/%')`,
    code: 'SERIALS_DIFFER_FROM_LEDGER',
    place: /card\//,
  },
  {
    what: 'a block of serials is shifted',
    damage: `ALTER TABLE credits.serial_block DROP CONSTRAINT serials_in_one_place;
             UPDATE credits.serial_block SET serials = int8range(lower(serials) + 1, upper(serials) + 1)
              WHERE id = (SELECT min(id) FROM credits.serial_block WHERE place LIKE 'card/%')`,
    code: 'SERIALS_NOT_WHERE_THEY_MOVED',
    place: /610924100-2025-g1 serials/,
  },
  {
    what: 'serials go to another place and the ledger is left as it is',
    damage: `UPDATE credits.serial_block SET place = 'holding/' || party
              WHERE id = (SELECT min(id) FROM credits.serial_block WHERE place LIKE 'card/%')`,
    code: 'SERIALS_DIFFER_FROM_LEDGER',
    place: /card\//,
  },
  {
    what: 'a balance of the ledger is changed and the serials are left as they are',
    damage: `UPDATE ledger.account SET credits = credits + 1 WHERE path LIKE 'retired/%'`,
    code: 'SERIALS_DIFFER_FROM_LEDGER',
    place: /retired\//,
  },
  {
    what: 'the reference of a retirement is changed everywhere',
    damage: `UPDATE credits.retirement SET reference = '注销/2'; UPDATE credits.retired_serials SET reference = '注销/2'`,
    code: 'RETIREMENT_DIFFERS_FROM_MOVES',
    place: /retirement 注销\/2: no move/,
  },
  {
    what: 'retired serials are not retired any more',
    damage: `DELETE FROM credits.retired_serials`,
    code: 'RETIRED_WITHOUT_RETIREMENT',
    place: /retired\//,
  },
  {
    what: 'a supplier is exchanged',
    damage: `UPDATE credits.supply SET party = ${party('HH00011')}
              WHERE order_id = (SELECT min(order_id::text)::uuid FROM credits.reservation WHERE state = 'assigned')`,
    code: 'CARD_SERIALS_DIFFER',
    place: /card [0-9a-f-]{36}/,
  },
  {
    what: 'an order holds more than was reserved',
    damage: `UPDATE credits.reservation SET grams = grams + 5 WHERE state = 'reserved'`,
    code: 'RESERVATION_DIFFERS_FROM_SUPPLY',
    place: /order [0-9a-f-]{36}: 20005 g/,
  },
  {
    what: 'an open order is ended and its serials stay',
    damage: `UPDATE credits.reservation SET state = 'released', ended_at = reserved_at WHERE state = 'reserved'`,
    code: 'RESERVED_SERIALS_DIFFER',
    place: /order [0-9a-f-]{36}/,
  },
  {
    what: 'a consent was recorded after its grams were sold',
    damage: `UPDATE registry.consent c SET recorded_at = c.recorded_at + interval '1 day'
              WHERE c.party = (SELECT party FROM credits.supply ORDER BY order_id, party LIMIT 1)`,
    code: 'SOLD_WITHOUT_CONSENT',
    place: /party HH000\d\d supplied/,
  },
  {
    what: 'the buffer is lowered',
    damage: `UPDATE credits.issuance_line SET buffer_grams = buffer_grams - 1000 WHERE party = ${party('HH00005')}`,
    code: 'BUFFER_NOT_ITS_SHARE',
    place: /610924100-2025-g1, party HH00005/,
  },
  {
    what: 'a memorandum is raised to a grade that is sold',
    damage: `UPDATE credits.issuance SET grade = 'G1', supplement = 2 WHERE grade = 'G0'`,
    code: 'GRADE_UNEXPLAINED',
    place: /610924100-2025-g0: its grade is G1/,
  },
  {
    what: 'a recognition is said to be decided by who proposed it',
    damage: `ALTER TABLE credits.grade_change DROP CONSTRAINT grade_decided_by_another;
             UPDATE credits.grade_change SET decided_by = proposed_by`,
    code: 'CREDITS_NOT_BY_TWO',
    place: /grade_change [0-9a-f-]{36}: approved/,
  },
  {
    what: 'a reversal is erased',
    damage: `DELETE FROM credits.reversal`,
    code: 'REVERSAL_MISSING',
    place: /reversal [0-9a-f-]{36} is not there/,
  },
  {
    what: 'what a reversal took is erased',
    damage: `DELETE FROM credits.reversed_serials WHERE fate = 'cancelled'`,
    code: 'REVERSED_SERIALS_ELSEWHERE',
    place: /cancelled\/reversal-/,
  },
  {
    what: 'a household is not told what it lost',
    damage: `DELETE FROM credits.message WHERE kind = 'own-loss'`,
    code: 'LOST_AND_NOT_TOLD',
    place: /took \d+ g of party [0-9a-f-]{36}, who was told of 0/,
  },
  {
    what: 'a move out is erased',
    damage: `DELETE FROM credits.serial_move WHERE kind = 'credits.move-out'`,
    code: 'TRANSFER_DIFFERS_FROM_MOVES',
    place: /transfer T-1 of hbets, confirmed: 200000 g, moves of 0 out/,
  },
  {
    what: 'a transfer is larger than it was',
    damage: `UPDATE credits.transfer SET grams = grams + 7 WHERE reference = 'T-1'`,
    code: 'TRANSFER_DIFFERS_FROM_SERIALS',
    place: /transfer T-1 of hbets/,
  },
  {
    what: 'a move names an entry that is not there',
    damage: `UPDATE credits.serial_move SET reference = 'order/none' WHERE kind = 'credits.refund'`,
    code: 'MOVE_WITHOUT_ENTRY',
    place: /credits.refund order\/none/,
  },
];
