import { payableOn } from '../payable.rules';
import {
  AREA_DIFFERENCE_PERCENT,
  HOLDERS_OF_A_PAYEE_MIN,
  HOUSEHOLDS_MIN,
  SLIVER_MU100,
  SLIVER_PERCENT,
  type Guard,
} from './guard.words';

/** Of a finding's evidence so much is shown; the facts say how much there is. */
const SHOWN = 50;
/** Stands in the queries for how much of the evidence is read. */
const MOST = '/* most */ 2147483647';

const some = (column: string): string =>
  `(array_agg(DISTINCT ${column} COLLATE "C" ORDER BY ${column} COLLATE "C"))[1:${MOST}]`;
const NONE = `'{}'::text[]`;

/** A parcel that money may be paid for, and nobody who has a right to it. */
const HOLDER_MISSING = `
  SELECT p.code AS subject, ARRAY[p.village] AS regions, jsonb_build_object('areaMu100', p.area_mu100::text) AS facts,
         ARRAY[p.code] AS parcels, ${NONE} AS parties
    FROM registry.parcel_on($1, $2::date) p
   WHERE ${payableOn('p', '$2')}
     AND NOT EXISTS (SELECT FROM registry.right_share r
                      WHERE r.book = p.book AND r.parcel = p.id AND r.valid @> $2::date)`;

/** Shares of a kind that do not make up the whole: somebody was forgotten, or a part belongs to nobody. */
const SHARES_INCOMPLETE = `
  SELECT p.code || '/' || r.kind AS subject, ARRAY[p.village] AS regions,
         jsonb_build_object('kind', r.kind, 'sharePpm', sum(r.share_ppm)::text, 'holders', count(*)::text) AS facts,
         ARRAY[p.code] AS parcels, ${some('t.external_no')} AS parties
    FROM registry.right_share r
    JOIN registry.parcel p ON p.book = r.book AND p.id = r.parcel
    JOIN registry.party t ON t.book = r.book AND t.id = r.party
   WHERE r.book = $1 AND r.valid @> $2::date
   GROUP BY p.code, p.village, r.kind HAVING sum(r.share_ppm) <> 1000000`;

/** One certificate (林权证) named by several parcels: rightly when it lists them all, wrongly when it was copied. */
const CERTIFICATE_REPEATED = `
  SELECT p.certificate_no AS subject, ${some('p.village')} AS regions,
         jsonb_build_object('parcels', count(DISTINCT p.id)::text, 'villages', count(DISTINCT p.village)::text,
           'holders', count(DISTINCT r.party)::text) AS facts,
         ${some('p.code')} AS parcels, array_remove(${some('t.external_no')}, NULL) AS parties
    FROM registry.parcel_on($1, $2::date) p
    LEFT JOIN registry.right_share r ON r.book = p.book AND r.parcel = p.id AND r.valid @> $2::date
    LEFT JOIN registry.party t ON t.book = r.book AND t.id = r.party
   WHERE p.certificate_no IS NOT NULL
   GROUP BY p.certificate_no HAVING count(DISTINCT p.id) > 1`;

/** One account (by its blind index) to which the money of several parties goes. */
const ACCOUNT_SHARED = `
  SELECT min(t.external_no COLLATE "C") AS subject, ${some('t.region')} AS regions,
         jsonb_build_object('last4', min(a.last4), 'parties', count(*)::text,
           'holderNames', count(DISTINCT a.holder_name)::text) AS facts,
         ${NONE} AS parcels, ${some('t.external_no')} AS parties
    FROM registry.bank_account a JOIN registry.party t ON t.book = a.book AND t.id = a.party
   WHERE a.book = $1 AND a.valid @> $2::date
   GROUP BY a.number_index HAVING count(*) > 1`;

/** Somebody with a right to a payable parcel, and no account of whoever is paid for it that money could go to. */
const ACCOUNT_MISSING = `
  SELECT t.external_no AS subject, ARRAY[t.region] AS regions,
         jsonb_strip_nulls(jsonb_build_object('parcels', count(DISTINCT p.id)::text, 'kind', t.kind,
           'payee', o.external_no)) AS facts,
         ${some('p.code')} AS parcels, array_remove(ARRAY[t.external_no, o.external_no], NULL) AS parties
    FROM registry.right_share r
    JOIN registry.parcel_on($1, $2::date) p ON p.id = r.parcel
    JOIN registry.party t ON t.book = r.book AND t.id = r.party
    LEFT JOIN registry.payee y ON y.book = t.book AND y.party = t.id AND y.valid @> $2::date
    LEFT JOIN registry.party o ON o.book = y.book AND o.id = y.payee
   WHERE r.book = $1 AND r.valid @> $2::date AND ${payableOn('p', '$2')}
     AND NOT EXISTS (SELECT FROM registry.bank_account a
                      WHERE a.book = t.book AND a.party = coalesce(y.payee, t.id) AND a.valid @> $2::date)
   GROUP BY t.external_no, t.region, t.kind, o.external_no`;

/** A right to a payable parcel of somebody who is no more (销户): nobody is paid until an heir takes it over. */
const HOLDER_CLOSED = `
  SELECT t.external_no AS subject, ARRAY[t.region] AS regions,
         jsonb_strip_nulls(jsonb_build_object('closedOn', t.closed_on::text, 'parcels', count(DISTINCT p.id)::text,
           'payee', o.external_no)) AS facts,
         ${some('p.code')} AS parcels, array_remove(ARRAY[t.external_no, o.external_no], NULL) AS parties
    FROM registry.party t
    JOIN registry.right_share r ON r.book = t.book AND r.party = t.id AND r.valid @> $2::date
    JOIN registry.parcel_current p ON p.book = r.book AND p.id = r.parcel
    LEFT JOIN registry.payee y ON y.book = t.book AND y.party = t.id AND y.valid @> $2::date
    LEFT JOIN registry.party o ON o.book = y.book AND o.id = y.payee
   WHERE t.book = $1 AND t.closed_on <= $2::date AND ${payableOn('p', '$2')}
   GROUP BY t.external_no, t.region, t.closed_on, o.external_no`;

/** Who is paid in another's place, and is no more. */
const PAYEE_CLOSED = `
  SELECT o.external_no AS subject, ${some('t.region')} AS regions,
         jsonb_build_object('closedOn', o.closed_on::text, 'holders', count(*)::text) AS facts,
         ${NONE} AS parcels, ${some('t.external_no')} AS parties
    FROM registry.payee y
    JOIN registry.party o ON o.book = y.book AND o.id = y.payee AND o.closed_on <= $2::date
    JOIN registry.party t ON t.book = y.book AND t.id = y.party
   WHERE y.book = $1 AND y.valid @> $2::date
   GROUP BY o.external_no, o.closed_on`;

/** One party that is paid in the place of many. */
const PAYEE_OF_MANY = `
  SELECT o.external_no AS subject, ${some('t.region')} AS regions,
         jsonb_build_object('holders', count(*)::text, 'reasons', count(DISTINCT y.reason)::text) AS facts,
         ${NONE} AS parcels, ${some('t.external_no')} AS parties
    FROM registry.payee y
    JOIN registry.party o ON o.book = y.book AND o.id = y.payee
    JOIN registry.party t ON t.book = y.book AND t.id = y.party
   WHERE y.book = $1 AND y.valid @> $2::date
   GROUP BY o.external_no HAVING count(*) >= ${HOLDERS_OF_A_PAYEE_MIN}`;

/** One resident's number (by its blind index), or one household, with land or a home in several villages. */
const PERSON_IN_SEVERAL_VILLAGES = `
  SELECT min(q.external_no COLLATE "C") AS subject, ${some('q.village')} AS regions,
         jsonb_build_object('villages', count(DISTINCT q.village)::text, 'parties', count(DISTINCT q.external_no)::text,
           'parcels', count(DISTINCT q.code)::text) AS facts,
         array_remove(${some('q.code')}, NULL) AS parcels, ${some('q.external_no')} AS parties
    FROM (SELECT coalesce(t.id_number_index, t.external_no::bytea) AS who, t.external_no, t.region AS village, NULL AS code
            FROM registry.party t WHERE t.book = $1 AND t.kind IN ('household', 'person')
             AND (t.closed_on IS NULL OR t.closed_on > $2::date)
          UNION ALL
          SELECT coalesce(t.id_number_index, t.external_no::bytea), t.external_no, p.village, p.code
            FROM registry.right_share r
            JOIN registry.parcel p ON p.book = r.book AND p.id = r.parcel
            JOIN registry.party t ON t.book = r.book AND t.id = r.party
           WHERE r.book = $1 AND r.valid @> $2::date AND t.kind IN ('household', 'person')) q
   GROUP BY q.who HAVING count(DISTINCT q.village) > 1`;

/**
 * A household with far more land than is usual in its village: beyond the third quartile by three times the
 * distance of the quartiles (Tukey's outer fence), and by half of it at the least.
 */
const AREA_OUTLIER = `
  WITH held AS (
    SELECT p.village, r.kind, t.external_no, sum(p.area_mu100 * r.share_ppm / 1000000.0) AS area,
           ${some('p.code')} AS parcels
      FROM registry.right_share r
      JOIN registry.parcel_on($1, $2::date) p ON p.id = r.parcel
      JOIN registry.party t ON t.book = r.book AND t.id = r.party
     WHERE r.book = $1 AND r.valid @> $2::date AND t.kind IN ('household', 'person')
     GROUP BY p.village, r.kind, t.external_no
  ), usual AS (
    SELECT h.village, h.kind, count(*) AS households,
           percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY h.area) AS quartile
      FROM held h GROUP BY h.village, h.kind HAVING count(*) >= ${HOUSEHOLDS_MIN}
  )
  SELECT h.external_no || '/' || h.village || '/' || h.kind AS subject, ARRAY[h.village] AS regions,
         jsonb_build_object('kind', h.kind, 'areaMu100', round(h.area)::text, 'households', u.households::text,
           'medianMu100', round(u.quartile[2])::text, 'upperQuartileMu100', round(u.quartile[3])::text) AS facts,
         h.parcels, ARRAY[h.external_no] AS parties
    FROM held h JOIN usual u ON u.village = h.village AND u.kind = h.kind
   WHERE h.area > greatest(4 * u.quartile[3] - 3 * u.quartile[1], 1.5 * u.quartile[3])`;

/**
 * An area that no approved order explains: neither that with which the parcel came into the book nor what the last
 * order about its area made of it. The application cannot write that; somebody with more rights can.
 */
const AREA_UNEXPLAINED = `
  SELECT p.code AS subject, ARRAY[p.village] AS regions,
         jsonb_build_object('areaMu100', p.area_mu100::text,
           'explainedMu100', coalesce(told.area, p.first_area_mu100)::text) AS facts,
         ARRAY[p.code] AS parcels, ${NONE} AS parties
    FROM registry.parcel p
    LEFT JOIN LATERAL (
      SELECT (o.after ->> 'area_mu100')::bigint AS area FROM registry.parcel_order o
       WHERE p.version > 0 AND o.book = p.book AND o.parcel = p.id AND o.state = 'approved' AND o.after ? 'area_mu100'
       ORDER BY o.version DESC LIMIT 1) told ON true
   WHERE p.book = $1 AND p.valid @> $2::date AND p.area_mu100 <> coalesce(told.area, p.first_area_mu100)`;

/** A certificate that says more than was measured, by more than one part in twenty. */
const RIGHTS_ABOVE_AREA = `
  SELECT p.code AS subject, ARRAY[p.village] AS regions,
         jsonb_build_object('areaMu100', p.area_mu100::text,
           'certificateMu100', p.certificate_area_mu100::text) AS facts,
         ARRAY[p.code] AS parcels, ARRAY(SELECT DISTINCT t.external_no COLLATE "C" FROM registry.right_share r
           JOIN registry.party t ON t.book = r.book AND t.id = r.party
          WHERE r.book = p.book AND r.parcel = p.id AND r.valid @> $2::date ORDER BY 1 LIMIT ${MOST}) AS parties
    FROM registry.parcel_on($1, $2::date) p WHERE p.area_mu100 * 105 < p.certificate_area_mu100 * 100`;
/** A parcel whose stated area is far from the area of its shape on the map. */
const AREA_DIFFERS_FROM_MAP = `
  SELECT p.code AS subject, ARRAY[p.village] AS regions,
         jsonb_build_object('areaMu100', p.area_mu100::text, 'mapAreaMu100', s.area_mu100::text,
           'differencePpm', ((s.area_mu100 - p.area_mu100) * 1000000 / p.area_mu100)::text) AS facts,
         ARRAY[p.code] AS parcels, ${NONE} AS parties
    FROM registry.parcel_shape s JOIN registry.parcel_on($1, $2::date) p ON p.book = s.book AND p.id = s.parcel
   WHERE s.book = $1 AND s.valid @> $2::date
     AND abs(s.area_mu100 - p.area_mu100) * 100 > p.area_mu100 * ${AREA_DIFFERENCE_PERCENT}`;

/** Two parcels that lie on one another on the map by more than the sliver that drawing leaves. */
const PARCELS_OVERLAP = `
  SELECT least(p.code, q.code) || '/' || greatest(p.code, q.code) AS subject, (SELECT array_agg(DISTINCT v ORDER BY v)
         FROM unnest(ARRAY[p.village, q.village]) AS v) AS regions,
         jsonb_build_object('areaMu100', o.area_mu100::text,
           'sharePpm', least(o.area_mu100 * 1000000 / greatest(least(s.area_mu100, t.area_mu100), 1), 1000000)::text) AS facts,
         ARRAY[least(p.code, q.code), greatest(p.code, q.code)] AS parcels, ${NONE} AS parties
    FROM registry.shape_overlap o
    JOIN registry.parcel_shape s ON s.book = o.book AND s.id = o.shape AND s.valid @> $2::date
    JOIN registry.parcel_shape t ON t.book = o.book AND t.id = o.other AND t.valid @> $2::date
    JOIN registry.parcel_on($1, $2::date) p ON p.book = s.book AND p.id = s.parcel
    JOIN registry.parcel_on($1, $2::date) q ON q.book = t.book AND q.id = t.parcel
   WHERE o.book = $1 AND o.area_mu100 >= ${SLIVER_MU100}
     AND o.area_mu100 * 100 >= least(s.area_mu100, t.area_mu100) * ${SLIVER_PERCENT}`;

/** $1 book, $2 day. Rows of `subject, regions text[], facts jsonb, parcels text[], parties text[]`, evidence whole. */
export const GUARD_QUERIES: Readonly<Record<Guard, string>> = {
  'holder-missing': HOLDER_MISSING,
  'shares-incomplete': SHARES_INCOMPLETE,
  'certificate-repeated': CERTIFICATE_REPEATED,
  'account-shared': ACCOUNT_SHARED,
  'account-missing': ACCOUNT_MISSING,
  'holder-closed': HOLDER_CLOSED,
  'payee-closed': PAYEE_CLOSED,
  'payee-of-many': PAYEE_OF_MANY,
  'person-in-several-villages': PERSON_IN_SEVERAL_VILLAGES,
  'area-outlier': AREA_OUTLIER,
  'area-unexplained': AREA_UNEXPLAINED,
  'rights-above-area': RIGHTS_ABOVE_AREA,
  'area-differs-from-map': AREA_DIFFERS_FROM_MAP,
  'parcels-overlap': PARCELS_OVERLAP,
};

/** The same with as much of the evidence as people look at. */
export const shownGuardQuery = (guard: Guard): string => GUARD_QUERIES[guard].replaceAll(MOST, String(SHOWN));
