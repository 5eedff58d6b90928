import type { Checks } from '@app/platform';

const DECIDED = [
  ...['activity', 'book_rule', 'buffer_return', 'external_release', 'grade_change', 'mirror_event'],
  ...['project_step', 'reversal', 'survey_round', 'transfer', 'verification'],
].map((table) => ({ table, id: 'id' }));

/** What two people are needed for was decided by two. */
export const DECISION_CHECKS: Checks = {
  CREDITS_NOT_BY_TWO: [...DECIDED, { table: 'coefficient_set', id: 'version' }]
    .map(
      ({ table, id }) => `
    SELECT format('${table} %s: %s, proposed by %s, decided by %s', o.${id}, o.state, o.proposed_by,
                  coalesce(o.decided_by, 'nobody')) AS facts
      FROM credits.${table} o
     WHERE o.book = $1 AND (o.decided_by IS NOT DISTINCT FROM o.proposed_by
       OR (o.state = 'proposed') <> (o.decided_by IS NULL) OR (o.decided_by IS NULL) <> (o.decided_at IS NULL)
       OR o.decided_at < o.proposed_at)`,
    )
    .join('\n    UNION ALL'),
  // Whoever measured does not re-check, and issues only by an order that says so.
  MEASURED_NOT_BY_TWO: `
    SELECT format('parcel %s, %s: measured by %s, re-checked by %s, issued by %s', p.code, m.year, m.measured_by,
                  coalesce(m.rechecked_by, 'nobody'), coalesce(i.issued_by, 'nobody')) AS facts
      FROM credits.measurement m
      JOIN registry.parcel p ON p.book = m.book AND p.id = m.parcel
      LEFT JOIN credits.issuance i ON i.book = m.book AND i.id = m.issuance
     WHERE m.book = $1 AND (m.measured_by = m.rechecked_by
       OR i.acting_order_no IS NULL AND i.issued_by IN (m.measured_by, m.rechecked_by)
       OR i.id IS NOT NULL AND m.rechecked_by IS NULL AND m.verification IS NULL)`,
};
