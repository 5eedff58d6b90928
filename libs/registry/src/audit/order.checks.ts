import type { Checks } from '@app/platform';

const ORDERS = ['right_order', 'parcel_order', 'land_order', 'party_order', 'payee_order'] as const;
const IMPORTED: Readonly<Record<string, string>> = {
  ...{ parties: 'party', parcels: 'parcel', rights: 'right_share', consents: 'consent' },
};

/** Who decided, and what came in by files. */
export const ORDER_CHECKS: Checks = {
  ORDER_NOT_BY_TWO: ORDERS.map(
    (table) => `
    SELECT format('${table} %s: %s, proposed by %s, decided by %s', o.id, o.state, o.proposed_by,
                  coalesce(o.decided_by, 'nobody')) AS facts
      FROM registry.${table} o
     WHERE o.book = $1 AND (o.decided_by IS NOT DISTINCT FROM o.proposed_by
       OR (o.state = 'proposed') <> (o.decided_by IS NULL) OR (o.decided_by IS NULL) <> (o.decided_at IS NULL)
       OR o.decided_at < o.proposed_at)`,
  ).join('\n    UNION ALL'),
  IMPORT_DIFFERS_FROM_ROWS: Object.entries(IMPORTED)
    .map(
      ([kind, table]) => `
    SELECT format('import %s of ${kind}: %s rows in the file, %s in the book', i.id, i.rows, coalesce(q.rows, 0)) AS facts
      FROM registry.import i
      LEFT JOIN (SELECT r.import, count(*) AS rows FROM registry.${table} r
                  WHERE r.book = $1 AND r.import IS NOT NULL GROUP BY 1) q ON q.import = i.id
     WHERE i.book = $1 AND i.kind = '${kind}' AND i.rows <> coalesce(q.rows, 0)`,
    )
    .join('\n    UNION ALL'),
};
