import type { Checks } from '@app/platform';

/** What two people have to decide, and what may be there once. */
export const PAPER_CHECKS: Checks = {
  DECIDED_BY_ONE_PERSON: `
    SELECT format('%s %s: %s', q.what, q.id, q.who) AS facts
      FROM (SELECT 'year end' AS what, y.id, y.proposed_by AS who FROM funds.year_end y
             WHERE y.book = $1 AND y.decided_by = y.proposed_by
            UNION ALL
            SELECT 'lien', l.id, l.proposed_by FROM funds.lien l WHERE l.book = $1 AND l.decided_by = l.proposed_by
            UNION ALL
            SELECT 'agreement', a.id, a.proposed_by FROM funds.agreement a
             WHERE a.book = $1 AND a.decided_by = a.proposed_by
            UNION ALL
            SELECT 'voucher', v.id, v.recorded_by FROM funds.use_voucher v
             WHERE v.book = $1 AND v.voided_by = v.recorded_by) q`,
  INCOME_PLEDGED_TWICE: `
    SELECT format('party %s, programme %s: liens %s and %s', a.party, a.programme, a.id, b.id) AS facts
      FROM funds.lien a
      JOIN funds.lien b ON b.book = a.book AND b.party = a.party AND b.programme = a.programme AND b.id > a.id
            AND b.term && a.term AND b.state IN ('proposed', 'live')
     WHERE a.book = $1 AND a.state IN ('proposed', 'live')`,
  PLEDGE_UNCHECKED: `
    SELECT format('lien %s: %s, checked by %s', l.id, l.state, coalesce(l.decided_by, 'nobody')) AS facts
      FROM funds.lien l WHERE l.book = $1 AND l.state IN ('live', 'released') AND l.decided_by IS NULL`,
  SOURCE_NAMED_TWICE: `
    SELECT format('source %s: %s and %s on the same days', a.source, a.name_zh, b.name_zh) AS facts
      FROM funds.fund_source_name a
      JOIN funds.fund_source_name b ON b.book = a.book AND b.source = a.source AND b.valid && a.valid
            AND lower(b.valid) >= lower(a.valid) AND b.ctid <> a.ctid
     WHERE a.book = $1`,
};
