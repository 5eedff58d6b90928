import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The canonical bytes of entries, refusals and events, the same that libs/proof makes (docs/spec/10-proofs.md).
 * Each function answers for a stretch of numbers and is plain SQL, so that the planner sees through it.
 */
export class LedgerForms1763700000280 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [ENTRY_FORMS, REFUSAL_FORMS, EVENT_FORMS, LEAF_HASH]) await q.query(part);
    await q.query(`REVOKE ALL ON FUNCTION ${FUNCTIONS} FROM PUBLIC`);
    await q.query(`GRANT EXECUTE ON FUNCTION ${FUNCTIONS} TO tanhui_app, tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP FUNCTION ${FUNCTIONS}`);
  }
}

const FUNCTIONS = `ledger.leaf_hash, ledger.event_forms, ledger.refusal_forms, ledger.entry_forms`;

/**
 * record_send writes the number of fields, then each one's type, length and bytes: what COPY BINARY has always
 * written. Texts are made bytes first, as it would put them into the encoding of whoever asks.
 */
const utf8 = (text: string): string => `convert_to((${text})::text, 'UTF8')`;

/**
 * The entry first and its postings by leg. Both are read on their own and put together by number: a join of the two
 * would be at the mercy of what the planner knows of new tables. A number without its entry has no form.
 *
 * An asset is joined on both its posting and its account: where they differ there is none, and the bytes change.
 * Floors of open accounts may be changed later and stand in the events instead.
 */
const ENTRY_FORMS = `
  CREATE FUNCTION ledger.entry_forms(p_book int, p_first bigint, p_next bigint)
    RETURNS TABLE (no bigint, form bytea) LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT q.seq, string_agg(q.form, ''::bytea ORDER BY q.leg)
      FROM (
        SELECT e.seq, 0 AS leg, record_send(ROW(
                 ${utf8(`'tanhui entry 1'`)}, e.seq::int8, e.id::uuid, ${utf8('k.kind')}, e.legs::int4, e.body::bytea,
                 e.recorded_at::timestamptz, e.effective_at::timestamptz,
                 ${utf8('e.actor')}, ${utf8('e.reference')}, ${utf8('e.memo')}, e.reverses::int8,
                 e.hold::uuid, ${utf8('e.hold_as')},
                 h.seq::int8, ${utf8('h.owner')}, h.expires_at::timestamptz)) AS form
          FROM ledger.entry e
          LEFT JOIN ledger.entry_kind k ON k.id = e.kind
          LEFT JOIN ledger.hold h ON h.book = e.book AND h.id = e.id
         WHERE e.book = p_book AND e.seq >= p_first AND e.seq < p_next
        UNION ALL
        SELECT p.seq, p.leg::int4, record_send(ROW(
                 p.leg::int4, ${utf8('x.path')}, ${utf8('s.code')}, x.side::int2, ${utf8('k.kind')},
                 p.amount::int8, p.version::int8, p.balance_after::int8,
                 p.effective_at::timestamptz, p.effective_high::timestamptz,
                 CASE WHEN p.version = 1 THEN x.opened_at::timestamptz END,
                 CASE WHEN p.version = 1 AND k.side IS NOT NULL THEN x.floor::int8 END))
          FROM ledger.posting p
          LEFT JOIN ledger.account x ON x.book = p.book AND x.id = p.account
          LEFT JOIN ledger.asset s ON s.book = p.book AND s.id = p.asset AND s.id = x.asset
          LEFT JOIN ledger.account_kind k ON k.id = x.kind
         WHERE p.book = p_book AND p.seq >= p_first AND p.seq < p_next) q
     GROUP BY q.seq HAVING count(*) FILTER (WHERE q.leg = 0) = 1
  $$`;

const REFUSAL_FORMS = `
  CREATE FUNCTION ledger.refusal_forms(p_book int, p_first bigint, p_next bigint)
    RETURNS TABLE (no bigint, form bytea) LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT r.no, record_send(ROW(
             ${utf8(`'tanhui refusal 1'`)}, r.no::int8, r.id::uuid, r.body::bytea, ${utf8('r.code')},
             ${utf8('r.facts')}, ${utf8('r.actor')}, r.decided_at::timestamptz))
      FROM ledger.refusal r
     WHERE r.book = p_book AND r.no >= p_first AND r.no < p_next
  $$`;

const EVENT_FORMS = `
  CREATE FUNCTION ledger.event_forms(p_book int, p_first bigint, p_next bigint)
    RETURNS TABLE (no bigint, form bytea) LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT v.no, record_send(ROW(
             ${utf8(`'tanhui event 1'`)}, v.no::int8, v.at::timestamptz, ${utf8('v.actor')}, ${utf8('v.type')},
             ${utf8('v.facts')}))
      FROM ledger.event v
     WHERE v.book = p_book AND v.no >= p_first AND v.no < p_next
  $$`;

/** SHA-256(0x00 ‖ salt ‖ form), salt = SHA-256(seed ‖ stream ‖ number). Streams: 0x01 entries, 0x02 refusals, 0x03 events. */
const LEAF_HASH = `
  CREATE FUNCTION ledger.leaf_hash(p_seed bytea, p_stream bytea, p_no bigint, p_form bytea) RETURNS bytea
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT sha256('\\x00'::bytea || sha256(p_seed || p_stream || int8send(p_no)) || p_form)
  $$`;
