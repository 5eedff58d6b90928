import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Closing a period seals what was effective by its end; only the last closed one reopens, and two people do it. */
export class LedgerPeriods1763700000276 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [DIGEST, CLOSE, ASK, REOPEN]) await q.query(part);
    await q.query(`
      REVOKE ALL ON FUNCTION ledger.trial_balance_digest, ledger.close_period, ledger.ask_reopening,
        ledger.reopen_period FROM PUBLIC`);
    await q.query(`
      GRANT EXECUTE ON FUNCTION ledger.close_period, ledger.ask_reopening, ledger.reopen_period TO tanhui_app`);
    await q.query(`GRANT EXECUTE ON FUNCTION ledger.trial_balance_digest TO tanhui_app, tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP FUNCTION ledger.reopen_period, ledger.ask_reopening, ledger.close_period, ledger.trial_balance_digest`);
  }
}

const AS_DOOR = `LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS`;

/** SHA-256 over a line "path asset debits credits" and a line feed for each account, in order of path and asset. */
const DIGEST = `
  CREATE FUNCTION ledger.trial_balance_digest(p_book int, p_period bigint) RETURNS bytea
  LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT sha256(convert_to(coalesce(string_agg(
             format(E'%s %s %s %s\\n', a.path, s.code, b.debits, b.credits), '' ORDER BY a.path, s.code), ''), 'UTF8'))
      FROM ledger.period_balance b
      JOIN ledger.account a ON a.book = b.book AND a.id = b.account
      JOIN ledger.asset s ON s.book = a.book AND s.id = a.asset
     WHERE b.book = p_book AND b.period = p_period
  $$`;

/**
 * CLOSED, SAME (closed before with this end), PERIOD_ENDS_TOO_EARLY (not after the last closed one's end) or
 * PERIOD_ENDS_TOO_LATE. What was effective by the end of the last closed period is taken from its balances: nothing can
 * have been added to it.
 */
const CLOSE = `
  CREATE FUNCTION ledger.close_period(p_book int, p_ends_at timestamptz, p_actor text,
    OUT code text, OUT period bigint, OUT closed_until timestamptz, OUT now_at timestamptz) ${AS_DOOR} $$
  DECLARE last record;
  BEGIN
    SELECT f.closed_until INTO closed_until FROM ledger.fence f WHERE f.book = p_book FOR NO KEY UPDATE;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'book % has no ledger', p_book USING ERRCODE = 'foreign_key_violation';
    END IF;
    now_at := platform.book_now(p_book);
    SELECT p.no, p.ends_at INTO last FROM ledger.period p
     WHERE p.book = p_book AND p.state = 'closed' ORDER BY p.no DESC LIMIT 1;
    IF last.ends_at = p_ends_at THEN code := 'SAME'; period := last.no; RETURN; END IF;
    IF p_ends_at <= closed_until THEN code := 'PERIOD_ENDS_TOO_EARLY'; RETURN; END IF;
    IF p_ends_at > now_at THEN code := 'PERIOD_ENDS_TOO_LATE'; RETURN; END IF;
    SELECT coalesce(max(p.no), 0) + 1 INTO period FROM ledger.period p WHERE p.book = p_book;

    INSERT INTO ledger.period_balance (book, period, account, debits, credits)
    SELECT p_book, close_period.period, a.id, q.debits, q.credits
      FROM ledger.account a
      LEFT JOIN ledger.period_balance b ON b.book = a.book AND b.period = last.no AND b.account = a.id
      CROSS JOIN LATERAL (
        SELECT coalesce(b.debits, 0) + coalesce(sum(p.amount) FILTER (WHERE p.amount > 0), 0) AS debits,
               coalesce(b.credits, 0) - coalesce(sum(p.amount) FILTER (WHERE p.amount < 0), 0) AS credits
          FROM ledger.posting p
         WHERE p.book = a.book AND p.account = a.id AND p.effective_at > close_period.closed_until
           AND p.effective_at <= p_ends_at
           AND p.version > ledger.version_as_of_effective(a.book, a.id, close_period.closed_until, a.version)) q
     WHERE a.book = p_book AND a.version > 0 AND (q.debits <> 0 OR q.credits <> 0);

    INSERT INTO ledger.period (book, no, ends_at, closed_at, closed_by, trial_balance)
    SELECT p_book, close_period.period, p_ends_at,
           ledger.note(p_book, p_actor, 'period-closed', NULL, jsonb_build_object('period', close_period.period::text,
             'endsAt', ledger.instant(p_ends_at), 'trialBalance', encode(d.digest, 'hex'))),
           p_actor, d.digest
      FROM (SELECT ledger.trial_balance_digest(p_book, close_period.period) AS digest) d;
    UPDATE ledger.fence f SET closed_until = p_ends_at WHERE f.book = p_book;
    code := 'CLOSED'; closed_until := p_ends_at;
  END $$`;

/** ASKED, SAME (by this person before), or why not. Who asks last is who has asked. */
const ASK = `
  CREATE FUNCTION ledger.ask_reopening(p_book int, p_no bigint, p_actor text, OUT code text, OUT last bigint) ${AS_DOOR} $$
  DECLARE x record;
  BEGIN
    PERFORM FROM ledger.fence f WHERE f.book = p_book FOR NO KEY UPDATE;
    SELECT p.state, p.asked_by INTO x FROM ledger.period p WHERE p.book = p_book AND p.no = p_no;
    SELECT max(p.no) INTO last FROM ledger.period p WHERE p.book = p_book AND p.state = 'closed';
    code := CASE
      WHEN x.state IS NULL THEN 'PERIOD_UNKNOWN'
      WHEN x.state = 'reopened' THEN 'PERIOD_REOPENED'
      WHEN p_no <> last THEN 'PERIOD_NOT_LAST'
      WHEN x.asked_by = p_actor THEN 'SAME'
      ELSE 'ASKED' END;
    IF code = 'ASKED' THEN
      UPDATE ledger.period p
         SET asked_by = p_actor,
             asked_at = ledger.note(p_book, p_actor, 'period-reopening-asked', NULL,
               jsonb_build_object('period', p_no::text))
       WHERE p.book = p_book AND p.no = p_no;
    END IF;
  END $$`;

/** REOPENED, SAME (by this person before), or why not: the second person is not the one who asked. */
const REOPEN = `
  CREATE FUNCTION ledger.reopen_period(p_book int, p_no bigint, p_actor text,
    OUT code text, OUT last bigint, OUT asked_by text) ${AS_DOOR} $$
  DECLARE x record;
  BEGIN
    PERFORM FROM ledger.fence f WHERE f.book = p_book FOR NO KEY UPDATE;
    SELECT p.state, p.asked_by, p.reopened_by INTO x FROM ledger.period p WHERE p.book = p_book AND p.no = p_no;
    SELECT max(p.no) INTO last FROM ledger.period p WHERE p.book = p_book AND p.state = 'closed';
    asked_by := x.asked_by;
    code := CASE
      WHEN x.state IS NULL THEN 'PERIOD_UNKNOWN'
      WHEN x.state = 'reopened' AND x.reopened_by = p_actor THEN 'SAME'
      WHEN x.state = 'reopened' THEN 'PERIOD_REOPENED'
      WHEN p_no <> last THEN 'PERIOD_NOT_LAST'
      WHEN x.asked_by IS NULL THEN 'REOPENING_NOT_ASKED'
      WHEN x.asked_by = p_actor THEN 'SAME_PERSON'
      ELSE 'REOPENED' END;
    IF code = 'REOPENED' THEN
      UPDATE ledger.period p
         SET state = 'reopened', reopened_by = p_actor,
             reopened_at = ledger.note(p_book, p_actor, 'period-reopened', NULL,
               jsonb_build_object('period', p_no::text, 'askedBy', x.asked_by))
       WHERE p.book = p_book AND p.no = p_no;
      UPDATE ledger.fence f
         SET closed_until = coalesce((SELECT p.ends_at FROM ledger.period p
                                       WHERE p.book = p_book AND p.state = 'closed' ORDER BY p.no DESC LIMIT 1),
                                     '-infinity')
       WHERE f.book = p_book;
    END IF;
  END $$`;
