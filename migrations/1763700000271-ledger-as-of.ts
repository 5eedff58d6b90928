import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Points in recorded and in effective time, each found by binary search on a primary key. */
export class LedgerAsOf1763700000271 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [SEQ_AS_OF, VERSION_AS_OF_SEQ, VERSION_AS_OF_EFFECTIVE, BALANCE_AT, BACKDATING])
      await q.query(part);
    await q.query(`
      REVOKE ALL ON FUNCTION ledger.seq_as_of, ledger.version_as_of_seq, ledger.version_as_of_effective,
        ledger.balance_at, ledger.backdating_shortfall FROM PUBLIC`);
    await q.query(`
      GRANT EXECUTE ON FUNCTION ledger.seq_as_of, ledger.version_as_of_seq, ledger.version_as_of_effective,
        ledger.balance_at TO tanhui_app, tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP FUNCTION ledger.backdating_shortfall, ledger.balance_at, ledger.version_as_of_effective,
        ledger.version_as_of_seq, ledger.seq_as_of`);
  }
}

/** By the indexes, whatever the planner believed of the tables when the connection first asked. */
const AS_STABLE = `LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
    SET enable_seqscan = off SET enable_bitmapscan = off AS`;

/** The last entry recorded by then; 0 before the first. Times of recording rise strictly with the numbers. */
const SEQ_AS_OF = `
  CREATE FUNCTION ledger.seq_as_of(p_book int, p_recorded timestamptz) RETURNS bigint ${AS_STABLE} $$
  DECLARE low bigint := 0; high bigint; mid bigint;
  BEGIN
    SELECT f.next_seq - 1 INTO high FROM ledger.fence f WHERE f.book = p_book;
    -- The newest is asked for most.
    mid := high;
    WHILE low < high LOOP
      PERFORM FROM ledger.entry e WHERE e.book = p_book AND e.seq = mid AND e.recorded_at <= p_recorded;
      IF FOUND THEN low := mid; ELSE high := mid - 1; END IF;
      mid := (low + high + 1) / 2;
    END LOOP;
    RETURN low;
  END $$`;

/** The account's last posting up to that entry; 0 before its first. */
const VERSION_AS_OF_SEQ = `
  CREATE FUNCTION ledger.version_as_of_seq(p_book int, p_account bigint, p_seq bigint) RETURNS bigint ${AS_STABLE} $$
  DECLARE low bigint := 0; high bigint; mid bigint;
  BEGIN
    SELECT a.version INTO high FROM ledger.account a WHERE a.book = p_book AND a.id = p_account;
    mid := high;
    WHILE low < high LOOP
      PERFORM FROM ledger.posting p
        WHERE p.book = p_book AND p.account = p_account AND p.version = mid AND p.seq <= p_seq;
      IF FOUND THEN low := mid; ELSE high := mid - 1; END IF;
      mid := (low + high + 1) / 2;
    END LOOP;
    RETURN low;
  END $$`;

/** Of the versions up to one: the last before which everything is effective by then. After it only late postings are. */
const VERSION_AS_OF_EFFECTIVE = `
  CREATE FUNCTION ledger.version_as_of_effective(p_book int, p_account bigint, p_effective timestamptz,
    p_version bigint) RETURNS bigint ${AS_STABLE} $$
  DECLARE low bigint := 0; high bigint := p_version; mid bigint := p_version;
  BEGIN
    WHILE low < high LOOP
      PERFORM FROM ledger.posting p
        WHERE p.book = p_book AND p.account = p_account AND p.version = mid
          AND coalesce(p.effective_high, p.effective_at) <= p_effective;
      IF FOUND THEN low := mid; ELSE high := mid - 1; END IF;
      mid := (low + high + 1) / 2;
    END LOOP;
    RETURN low;
  END $$`;

/** side * (debits - credits) of what was effective at one time, as far as it was recorded at another; NULL: now. */
const BALANCE_AT = `
  CREATE FUNCTION ledger.balance_at(p_book int, p_account bigint, p_effective timestamptz, p_recorded timestamptz)
    RETURNS bigint ${AS_STABLE} $$
  DECLARE x record; known bigint; start bigint;
  BEGIN
    SELECT a.side, a.version INTO x FROM ledger.account a WHERE a.book = p_book AND a.id = p_account;
    known := CASE WHEN p_recorded IS NULL THEN x.version
                  ELSE ledger.version_as_of_seq(p_book, p_account, ledger.seq_as_of(p_book, p_recorded)) END;
    start := CASE WHEN p_effective IS NULL THEN known
                  ELSE ledger.version_as_of_effective(p_book, p_account, p_effective, known) END;
    RETURN coalesce((SELECT p.balance_after FROM ledger.posting p
                      WHERE p.book = p_book AND p.account = p_account AND p.version = start), 0)
      + x.side * coalesce((SELECT sum(p.amount) FROM ledger.posting p
                            WHERE p.book = p_book AND p.account = p_account AND p.effective_high IS NOT NULL
                              AND p.effective_at <= p_effective AND p.version > start AND p.version <= known), 0);
  END $$`;

/**
 * A late posting that lowers a balance lowers it at every moment from its effective time on. How far the worst of
 * those moments would fall below the floor, and which it is; nothing when all stay. The postings of the batch that
 * are accepted but not yet in the table are given as its arrays; no slots: the account has none.
 */
const BACKDATING = `
  CREATE FUNCTION ledger.backdating_shortfall(p_book int, p_account bigint, p_version bigint, p_side smallint,
    p_floor bigint, p_effective timestamptz, p_amount bigint,
    p_slot int, p_slots int[], p_leg_entries int[], p_amounts bigint[], p_ats timestamptz[],
    OUT missing bigint, OUT at timestamptz) ${AS_STABLE} $$
  DECLARE
    start CONSTANT bigint := ledger.version_as_of_effective(p_book, p_account, p_effective, p_version);
    base CONSTANT bigint := coalesce((SELECT p.balance_after FROM ledger.posting p
      WHERE p.book = p_book AND p.account = p_account AND p.version = start), 0);
  BEGIN
    SELECT p_floor - q.balance, q.moment INTO missing, at
      FROM (SELECT m.moment, base + p_side * sum(sum(m.amount)) OVER (ORDER BY m.moment) AS balance
              FROM (SELECT greatest(p.effective_at, p_effective) AS moment, p.amount FROM ledger.posting p
                     WHERE p.book = p_book AND p.account = p_account AND p.version > start AND p.version <= p_version
                    UNION ALL
                    SELECT greatest(p_ats[p_leg_entries[u.j]], p_effective), p_amounts[u.j]
                      FROM unnest(p_slots) WITH ORDINALITY AS u (slot, j)
                     WHERE u.slot = p_slot AND p_leg_entries[u.j] IS NOT NULL
                    UNION ALL
                    SELECT p_effective, p_amount) m
             GROUP BY m.moment) q
     WHERE q.balance < p_floor
     ORDER BY q.balance, q.moment LIMIT 1;
  END $$`;
