import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a book must remember beside its entries: the effective time on each posting, numbered refusals and events,
 * the steps on a hold, and closed periods. What was there before is told in the same words.
 */
export class LedgerTimeAndEvents1763700000270 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [FENCE, EVENTS, REFUSALS, EFFECTIVE, HOLD_STEPS, PERIODS, KINDS]) await q.query(part);
    await q.query(FENCE_ONLY_FORWARD);
    await q.query(EVENTS_OF_BEFORE);
    await q.query(`
      GRANT SELECT ON ledger.event, ledger.hold_step, ledger.period, ledger.period_balance
        TO tanhui_app, tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DELETE FROM ledger.entry_kind WHERE kind = 'reversal'`);
    await q.query(`DROP TABLE ledger.period_balance, ledger.period, ledger.hold_step, ledger.event`);
    await q.query(`
      ALTER TABLE ledger.posting DROP COLUMN effective_at, DROP COLUMN effective_high;
      ALTER TABLE ledger.entry DROP COLUMN hold, DROP COLUMN hold_as;
      ALTER TABLE ledger.account DROP COLUMN effective_high,
        ADD FOREIGN KEY (book) REFERENCES platform.book (id),
        ADD FOREIGN KEY (kind) REFERENCES ledger.account_kind (id),
        ADD FOREIGN KEY (book, asset) REFERENCES ledger.asset (book, id);
      ALTER TABLE ledger.refusal DROP COLUMN no;
      ALTER TABLE ledger.entry_kind DROP COLUMN may_backdate_below_floor`);
    await q.query(FENCE_AS_BEFORE);
  }
}

const FENCE = `
  ALTER TABLE ledger.fence
    ADD next_refusal bigint NOT NULL DEFAULT 1,
    ADD next_event bigint NOT NULL DEFAULT 1,
    -- End of the last closed period: nothing is effective at or before it any more.
    ADD closed_until timestamptz NOT NULL DEFAULT '-infinity'`;

/** Everything that changes a book's terms: numbered under the fence, on the one time line of its entries. */
const EVENTS = `
  CREATE TABLE ledger.event (
    book    int NOT NULL,
    no      bigint NOT NULL CHECK (no > 0),
    at      timestamptz NOT NULL,
    actor   text NOT NULL,
    type    text NOT NULL,
    facts   jsonb NOT NULL,
    -- Short id of the row it speaks of: asset, account or kind; none for a period.
    subject bigint,
    PRIMARY KEY (book, no)
  );
  CREATE TRIGGER event_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.event
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change()`;

const REFUSALS = `
  ALTER TABLE ledger.refusal ADD no bigint;
  ALTER TABLE ledger.refusal DISABLE TRIGGER refusal_is_final;
  UPDATE ledger.refusal r SET no = q.no
    FROM (SELECT book, id, row_number() OVER (PARTITION BY book ORDER BY decided_at, id) AS no
            FROM ledger.refusal) q
   WHERE r.book = q.book AND r.id = q.id;
  ALTER TABLE ledger.refusal ENABLE TRIGGER refusal_is_final;
  ALTER TABLE ledger.refusal ALTER no SET NOT NULL, ADD CONSTRAINT refusal_no UNIQUE (book, no);
  UPDATE ledger.fence f SET next_refusal = q.last + 1
    FROM (SELECT book, max(no) AS last FROM ledger.refusal GROUP BY book) q WHERE q.book = f.book`;

/**
 * Along an account's versions coalesce(effective_high, effective_at) never falls, so a point in effective time is
 * found by binary search on the primary key; only the late postings need an index of their own.
 */
const EFFECTIVE = `
  ALTER TABLE ledger.posting
    ADD effective_at timestamptz,
    -- Only of a late posting: the greatest effective time of the account's postings before it.
    ADD effective_high timestamptz;
  ALTER TABLE ledger.posting DISABLE TRIGGER USER;
  UPDATE ledger.posting p
     SET effective_at = q.effective_at,
         effective_high = CASE WHEN q.effective_at < q.high THEN q.high END
    FROM (SELECT p.book, p.account, p.version, e.effective_at,
                 max(e.effective_at) OVER (PARTITION BY p.book, p.account ORDER BY p.version
                                           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS high
            FROM ledger.posting p JOIN ledger.entry e ON e.book = p.book AND e.seq = p.seq) q
   WHERE p.book = q.book AND p.account = q.account AND p.version = q.version;
  ALTER TABLE ledger.posting ENABLE TRIGGER USER;
  ALTER TABLE ledger.posting ALTER effective_at SET NOT NULL;
  CREATE INDEX posting_late ON ledger.posting (book, account, effective_at, version) INCLUDE (amount)
    WHERE effective_high IS NOT NULL;

  ALTER TABLE ledger.account
    ADD effective_high timestamptz NOT NULL DEFAULT '-infinity',
    -- Whoever opens an account has just read what these refer to; for a roster of new payees they cost half the time.
    DROP CONSTRAINT account_book_fkey, DROP CONSTRAINT account_kind_fkey, DROP CONSTRAINT account_book_asset_fkey;
  UPDATE ledger.account a SET effective_high = q.high
    FROM (SELECT book, account, max(effective_at) AS high FROM ledger.posting GROUP BY book, account) q
   WHERE q.book = a.book AND q.account = a.id`;

const HOLD_STEPS = `
  CREATE TABLE ledger.hold_step (
    book int NOT NULL,
    hold uuid NOT NULL,
    -- Of the entry that takes something, or all that is left, out of the hold.
    seq  bigint NOT NULL,
    "as" text NOT NULL CHECK ("as" IN ('commit', 'release', 'expire')),
    PRIMARY KEY (book, hold, seq)
  );
  CREATE TRIGGER hold_step_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.hold_step
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
  INSERT INTO ledger.hold_step (book, hold, seq, "as")
  SELECT h.book, h.id, h.ended_seq, CASE h.state WHEN 'committed' THEN 'commit' WHEN 'released' THEN 'release'
                                                 ELSE 'expire' END
    FROM ledger.hold h WHERE h.ended_seq IS NOT NULL;

  ALTER TABLE ledger.entry
    ADD hold uuid,
    ADD hold_as text,
    ADD CONSTRAINT entry_steps_on_a_hold CHECK ((hold IS NULL) = (hold_as IS NULL));
  ALTER TABLE ledger.entry DISABLE TRIGGER entry_is_final;
  UPDATE ledger.entry e SET hold = s.hold, hold_as = s."as"
    FROM ledger.hold_step s WHERE s.book = e.book AND s.seq = e.seq;
  ALTER TABLE ledger.entry ENABLE TRIGGER entry_is_final`;

const PERIODS = `
  CREATE TABLE ledger.period (
    book          int NOT NULL,
    no            bigint NOT NULL CHECK (no > 0),
    ends_at       timestamptz NOT NULL,
    state         text NOT NULL DEFAULT 'closed' CHECK (state IN ('closed', 'reopened')),
    closed_at     timestamptz NOT NULL,
    closed_by     text NOT NULL,
    -- SHA-256 of the period's balances: see ledger.trial_balance_digest.
    trial_balance bytea NOT NULL CHECK (octet_length(trial_balance) = 32),
    asked_by      text,
    asked_at      timestamptz,
    reopened_by   text,
    reopened_at   timestamptz,
    PRIMARY KEY (book, no),
    CONSTRAINT reopened_after_asking CHECK ((state = 'reopened') = (reopened_at IS NOT NULL)
      AND (reopened_by IS NULL) = (reopened_at IS NULL) AND (asked_by IS NULL) = (asked_at IS NULL)),
    CONSTRAINT reopened_by_another CHECK (reopened_by IS NULL OR asked_by IS NOT NULL AND asked_by <> reopened_by)
  );
  -- Turnover of each account that is effective by the end of the period.
  CREATE TABLE ledger.period_balance (
    book    int NOT NULL,
    period  bigint NOT NULL,
    account bigint NOT NULL,
    debits  numeric NOT NULL,
    credits numeric NOT NULL,
    PRIMARY KEY (book, period, account)
  );
  CREATE TRIGGER period_stays BEFORE DELETE OR TRUNCATE ON ledger.period
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
  CREATE TRIGGER period_terms_stay BEFORE UPDATE OF book, no, ends_at, closed_at, closed_by, trial_balance
    ON ledger.period FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
  CREATE TRIGGER period_balance_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.period_balance
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change()`;

const KINDS = `
  ALTER TABLE ledger.entry_kind
    -- Entries of this kind may lower what an account had at an earlier time below its floor.
    ADD may_backdate_below_floor boolean NOT NULL DEFAULT false;
  INSERT INTO ledger.entry_kind (kind, owner, open, account_kinds) VALUES ('reversal', 'ledger', true, '{open}')`;

const FENCE_ONLY_FORWARD = `
  CREATE OR REPLACE FUNCTION ledger.refuse_step_back() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NEW.book <> OLD.book OR NEW.next_seq < OLD.next_seq OR NEW.recorded_at < OLD.recorded_at
       OR NEW.next_refusal < OLD.next_refusal OR NEW.next_event < OLD.next_event THEN
      RAISE EXCEPTION 'the fence of book % only moves forward', OLD.book USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$`;

const FENCE_AS_BEFORE = `
  ALTER TABLE ledger.fence DROP COLUMN next_refusal, DROP COLUMN next_event, DROP COLUMN closed_until;
  CREATE OR REPLACE FUNCTION ledger.refuse_step_back() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NEW.book <> OLD.book OR NEW.next_seq < OLD.next_seq OR NEW.recorded_at < OLD.recorded_at THEN
      RAISE EXCEPTION 'the fence of book % only moves forward', OLD.book USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$`;

/** Each at its own time where one is known; assets at the beginning of the book. */
const EVENTS_OF_BEFORE = `
  WITH beginning AS (
    SELECT b.id AS book, least(b.opened_at, b.clock_at,
             (SELECT min(a.opened_at) FROM ledger.account a WHERE a.book = b.id),
             (SELECT e.recorded_at FROM ledger.entry e WHERE e.book = b.id AND e.seq = 1)) AS at
      FROM platform.book b
  ), happened AS (
    SELECT s.book, b.at, 1 AS rank, s.id::bigint AS subject, 'asset-opened' AS type,
           jsonb_build_object('asset', s.code, 'unit', s.unit, 'scale', s.scale) AS facts
      FROM ledger.asset s JOIN beginning b ON b.book = s.book
    UNION ALL
    SELECT a.book, a.opened_at, 2, a.id, 'account-opened',
           jsonb_build_object('account', a.path, 'asset', s.code, 'side', a.side, 'floor', a.floor::text)
      FROM ledger.account a
      JOIN ledger.asset s ON s.book = a.book AND s.id = a.asset
      JOIN ledger.account_kind k ON k.id = a.kind AND k.side IS NULL
    UNION ALL
    SELECT a.book, a.closed_at, 3, a.id, 'account-closed', jsonb_build_object('account', a.path, 'asset', s.code)
      FROM ledger.account a
      JOIN ledger.asset s ON s.book = a.book AND s.id = a.asset
     WHERE a.closed_at IS NOT NULL
  )
  INSERT INTO ledger.event (book, no, at, actor, type, facts, subject)
  SELECT h.book, row_number() OVER (PARTITION BY h.book ORDER BY h.at, h.rank, h.subject), h.at,
         'system/migrate', h.type, h.facts, h.subject
    FROM happened h;
  UPDATE ledger.fence f SET next_event = q.last + 1, recorded_at = greatest(f.recorded_at, q.at,
         (SELECT max(r.decided_at) FROM ledger.refusal r WHERE r.book = f.book))
    FROM (SELECT book, max(no) AS last, max(at) AS at FROM ledger.event GROUP BY book) q WHERE q.book = f.book`;
