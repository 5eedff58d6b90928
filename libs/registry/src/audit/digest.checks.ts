import type { Checks } from '@app/platform';

/** Rows, imports and orders of which something changed that nothing is allowed to change. No name is told. */
export const DIGEST_CHECKS: Checks = {
  ROW_NOT_AS_IT_CAME: `
    WITH changed AS MATERIALIZED (
      SELECT d.*, CASE WHEN d.made IS NULL THEN 'it came into the book and is gone'
                       WHEN d.kept IS NULL THEN 'it did not come into the book by any door'
                       ELSE 'it does not stand as it came into the book' END AS fault
        FROM registry.row_digests($1) d WHERE d.kept IS DISTINCT FROM d.made)
    SELECT format('%s(%s of %s): %s',
                  coalesce('parcel ' || p.code, 'land unit ' || u.code, 'party ' || t.external_no,
                           'account of party ' || ta.external_no,
                           s.kind || ' right of ' || ts.external_no || ' to parcel ' || ps.code,
                           'consent of party ' || tc.external_no, 'payee of party ' || ty.external_no, 'what was') || ' ',
                  d.relation || ' ' || d.id, coalesce('import ' || d.import, 'no import'), d.fault) AS facts
      FROM changed d
      LEFT JOIN registry.parcel p ON d.relation = 'parcel' AND p.book = $1 AND p.id = d.id
      LEFT JOIN registry.land_unit u ON d.relation = 'land_unit' AND u.book = $1 AND u.id = d.id
      LEFT JOIN registry.party t ON d.relation = 'party' AND t.book = $1 AND t.id = d.id
      LEFT JOIN registry.bank_account a ON d.relation = 'bank_account' AND a.book = $1 AND a.id = d.id
      LEFT JOIN registry.party ta ON ta.book = $1 AND ta.id = a.party
      LEFT JOIN (registry.right_share s JOIN registry.parcel ps ON ps.book = s.book AND ps.id = s.parcel
                 JOIN registry.party ts ON ts.book = s.book AND ts.id = s.party)
        ON d.relation = 'right_share' AND s.book = $1 AND s.id = d.id
      LEFT JOIN registry.consent c ON d.relation = 'consent' AND c.book = $1 AND c.id = d.id
      LEFT JOIN registry.party tc ON tc.book = $1 AND tc.id = c.party
      LEFT JOIN registry.payee y ON d.relation = 'payee' AND y.book = $1 AND y.id = d.id
      LEFT JOIN registry.party ty ON ty.book = $1 AND ty.id = y.party`,
  // Also when a row is gone, has come from elsewhere, or has a digest that was made to fit.
  IMPORT_NOT_AS_IT_CAME: `
    SELECT format('import %s of %s: what stands in the book is not what it wrote', d.id, d.kind) AS facts
      FROM registry.import_digest d WHERE d.book = $1 AND d.kept IS DISTINCT FROM d.made`,
  ORDER_NOT_AS_DECIDED: `
    SELECT format('%s %s: it does not stand as it was decided', d.relation, d.id) AS facts
      FROM registry.order_digests d WHERE d.book = $1 AND d.kept IS DISTINCT FROM d.made`,
};
