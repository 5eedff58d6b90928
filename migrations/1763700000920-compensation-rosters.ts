import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rosters (发放清册), their lines, and which roster holds a parcel for a programme and year. */
export class CompensationRosters1763700000920 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const statement of [ROSTER, CLAIM, LINE, VILLAGE, PAYEE, SLICE]) await q.query(statement);
    await q.query(`
      CREATE UNIQUE INDEX roster_line_right_once ON compensation.roster_line (book, programme, year, right_share)
        WHERE state IN ('included', 'objected', 'dismissed')`);
    await q.query(`CREATE INDEX roster_line_party ON compensation.roster_line (book, party)`);
    await q.query(`CREATE INDEX roster_line_village ON compensation.roster_line (book, roster, village, no)`);
    await q.query(`
      CREATE INDEX roster_line_settled ON compensation.roster_line (book, roster) WHERE state = 'dismissed'`);
    await q.query(`CREATE INDEX roster_family ON compensation.roster (book, root)`);

    await q.query(`
      GRANT SELECT, INSERT ON compensation.roster, compensation.parcel_claim, compensation.roster_line,
        compensation.roster_village, compensation.roster_payee, compensation.roster_slice TO tanhui_app`);
    // What a notice shows is never rewritten: a line changes its state and nothing else.
    await q.query(`
      GRANT UPDATE (state, step, due_lines, due_parties, due_fen, notice_from, notice_until, notice_hash, noticed_by,
        reserved_at, approved_at, locked_at, void_reason, voided_by, voided_at) ON compensation.roster TO tanhui_app`);
    await q.query(`GRANT UPDATE (state, carried_to) ON compensation.roster_line TO tanhui_app`);
    await q.query(`GRANT UPDATE (confirmed_by, confirmed_at) ON compensation.roster_village TO tanhui_app`);
    await q.query(`GRANT UPDATE (payment_line) ON compensation.roster_payee TO tanhui_app`);
    await q.query(`GRANT UPDATE (locked_at) ON compensation.roster_slice TO tanhui_app`);
    await q.query(`GRANT DELETE ON compensation.parcel_claim TO tanhui_app`);
    await q.query(`
      GRANT SELECT ON compensation.roster, compensation.parcel_claim, compensation.roster_line,
        compensation.roster_village, compensation.roster_payee, compensation.roster_slice TO tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP TABLE compensation.roster_slice, compensation.roster_payee, compensation.roster_village,
        compensation.roster_line, compensation.parcel_claim, compensation.roster`);
  }
}

const ROSTER = `
  CREATE TABLE compensation.roster (
    book       int  NOT NULL REFERENCES platform.book (id),
    id         uuid NOT NULL,
    no         text COLLATE "C" NOT NULL CHECK (no ~ '^[a-z0-9-]{1,100}$'),
    programme  uuid NOT NULL,
    indicator  uuid NOT NULL,
    region     text COLLATE "C" NOT NULL REFERENCES regions.region (code),
    year       int  NOT NULL CHECK (year BETWEEN 2000 AND 2100),
    -- Rights, scope and standards are taken as they stand on this day.
    as_of      date NOT NULL,
    -- The roster whose settled lines this one collects, and the first of the family.
    supplementary_of uuid,
    root       uuid NOT NULL,
    state      text NOT NULL DEFAULT 'draft'
               CHECK (state IN ('draft', 'notice', 'review', 'approved', 'locking', 'locked', 'void')),
    -- The programme's posts when the roster was made, and how many of them are done.
    posts      text[] NOT NULL,
    step       int  NOT NULL DEFAULT 0,
    lines      int  NOT NULL CHECK (lines > 0),
    parties    int  NOT NULL CHECK (parties > 0),
    area_mu100 bigint NOT NULL CHECK (area_mu100 > 0),
    total_fen  bigint NOT NULL CHECK (total_fen > 0),
    -- What the end of the notice left to pay (应发): objected lines are out of it.
    due_lines  int,
    due_parties int,
    due_fen    bigint,
    -- Why ground inside the scope is not in the roster, as counts.
    left_out   jsonb NOT NULL,
    made_by    text NOT NULL,
    made_at    timestamptz NOT NULL,
    notice_from  date,
    notice_until date,
    notice_hash  text CHECK (notice_hash ~ '^[0-9a-f]{64}$'),
    noticed_by   text,
    reserved_at  timestamptz,
    approved_at  timestamptz,
    locked_at    timestamptz,
    void_reason  text CHECK (void_reason <> '' AND void_reason !~ '[0-9]{11}'),
    voided_by    text,
    voided_at    timestamptz,
    PRIMARY KEY (book, id),
    UNIQUE (book, no),
    FOREIGN KEY (book, programme) REFERENCES compensation.programme (book, id),
    FOREIGN KEY (book, indicator) REFERENCES funds.indicator (book, id),
    FOREIGN KEY (book, supplementary_of) REFERENCES compensation.roster (book, id),
    FOREIGN KEY (book, root) REFERENCES compensation.roster (book, id),
    CONSTRAINT first_of_its_family CHECK ((supplementary_of IS NULL) = (root = id)),
    CONSTRAINT steps_are_posts CHECK (step BETWEEN 0 AND cardinality(posts)),
    CONSTRAINT notice_is_whole CHECK (num_nulls(notice_from, notice_until, notice_hash, noticed_by) IN (0, 4)),
    CONSTRAINT due_is_whole CHECK (num_nulls(due_lines, due_parties, due_fen) IN (0, 3)),
    CONSTRAINT due_within_total CHECK (due_fen BETWEEN 0 AND total_fen AND due_lines BETWEEN 0 AND lines),
    CONSTRAINT published_before_review CHECK (state IN ('draft', 'void') OR notice_hash IS NOT NULL),
    CONSTRAINT counted_before_review CHECK (state IN ('draft', 'notice', 'void') OR due_fen > 0),
    CONSTRAINT reserved_before_approved CHECK (
      state NOT IN ('approved', 'locking', 'locked') OR reserved_at IS NOT NULL AND approved_at IS NOT NULL),
    CONSTRAINT void_says_why CHECK (
      (state = 'void') = (void_reason IS NOT NULL AND voided_by IS NOT NULL AND voided_at IS NOT NULL))
  )`;

/** A parcel belongs to one roster of a programme and year, and to the supplements of that roster. */
const CLAIM = `
  CREATE TABLE compensation.parcel_claim (
    book      int  NOT NULL,
    programme uuid NOT NULL,
    year      int  NOT NULL,
    parcel    uuid NOT NULL,
    roster    uuid NOT NULL,
    CONSTRAINT parcel_once_a_year PRIMARY KEY (book, programme, year, parcel),
    UNIQUE (book, programme, year, parcel, roster),
    FOREIGN KEY (book, roster) REFERENCES compensation.roster (book, id),
    FOREIGN KEY (book, parcel) REFERENCES registry.parcel (book, id)
  )`;

/**
 * included: to be paid; objected: waits for a decision; dismissed: the objection failed, a supplementary roster may
 * take the line; carried: one has; excluded: the objection was right, or the roster is void.
 */
const LINE = `
  CREATE TABLE compensation.roster_line (
    book        int  NOT NULL,
    roster      uuid NOT NULL,
    no          int  NOT NULL CHECK (no > 0),
    root        uuid NOT NULL,
    programme   uuid NOT NULL,
    year        int  NOT NULL,
    village     text COLLATE "C" NOT NULL,
    parcel      uuid NOT NULL,
    party       uuid NOT NULL,
    right_share uuid NOT NULL,
    standard    uuid NOT NULL,
    area_mu100  bigint NOT NULL CHECK (area_mu100 > 0),
    fen_per_mu  bigint NOT NULL CHECK (fen_per_mu > 0),
    share_ppm   bigint NOT NULL CHECK (share_ppm BETWEEN 1 AND 1000000),
    parcel_fen  bigint NOT NULL,
    amount_fen  bigint NOT NULL CHECK (amount_fen > 0),
    state       text NOT NULL DEFAULT 'included'
                CHECK (state IN ('included', 'objected', 'dismissed', 'carried', 'excluded')),
    carried_to  uuid,
    -- A line that is out of the payment no longer holds its parcel.
    claim_year  int GENERATED ALWAYS AS
                (CASE WHEN state IN ('included', 'objected', 'dismissed') THEN year END) STORED,
    PRIMARY KEY (book, roster, no),
    FOREIGN KEY (book, roster) REFERENCES compensation.roster (book, id),
    FOREIGN KEY (book, carried_to) REFERENCES compensation.roster (book, id),
    FOREIGN KEY (book, party) REFERENCES registry.party (book, id),
    FOREIGN KEY (book, parcel) REFERENCES registry.parcel (book, id),
    FOREIGN KEY (book, standard) REFERENCES compensation.standard (book, id),
    CONSTRAINT line_names_a_right FOREIGN KEY (book, right_share) REFERENCES registry.right_share (book, id),
    CONSTRAINT line_holds_its_parcel FOREIGN KEY (book, programme, claim_year, parcel, root)
      REFERENCES compensation.parcel_claim (book, programme, year, parcel, roster),
    CONSTRAINT parcel_is_rounded_once CHECK (parcel_fen = (2 * area_mu100 * fen_per_mu + 100) / 200),
    CONSTRAINT share_of_the_parcel CHECK (amount_fen <= parcel_fen),
    CONSTRAINT carried_somewhere CHECK ((state = 'carried') = (carried_to IS NOT NULL))
  )`;

const VILLAGE = `
  CREATE TABLE compensation.roster_village (
    book         int  NOT NULL,
    roster       uuid NOT NULL,
    village      text COLLATE "C" NOT NULL,
    lines        int  NOT NULL CHECK (lines > 0),
    confirmed_by text,
    confirmed_at timestamptz,
    PRIMARY KEY (book, roster, village),
    FOREIGN KEY (book, roster) REFERENCES compensation.roster (book, id),
    CONSTRAINT confirmed_by_somebody CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL))
  )`;

/** Who is owed what by a locked roster: the sum of the party's included lines, and the payment line that pays it. */
const PAYEE = `
  CREATE TABLE compensation.roster_payee (
    book         int  NOT NULL,
    roster       uuid NOT NULL,
    ordinal      int  NOT NULL CHECK (ordinal > 0),
    party        uuid NOT NULL,
    lines        int  NOT NULL CHECK (lines > 0),
    amount_fen   bigint NOT NULL CHECK (amount_fen > 0),
    slice        int  NOT NULL,
    payment_line uuid,
    PRIMARY KEY (book, roster, ordinal),
    CONSTRAINT payee_once_a_roster UNIQUE (book, roster, party),
    FOREIGN KEY (book, roster) REFERENCES compensation.roster (book, id),
    FOREIGN KEY (book, party) REFERENCES registry.party (book, id),
    FOREIGN KEY (book, payment_line) REFERENCES disbursement.payment_line (book, id)
  )`;

/** One ledger entry of the lock. A slice is locked when its row says so, in the entry's own transaction. */
const SLICE = `
  CREATE TABLE compensation.roster_slice (
    book       int  NOT NULL,
    roster     uuid NOT NULL,
    slice      int  NOT NULL CHECK (slice > 0),
    payees     int  NOT NULL CHECK (payees BETWEEN 1 AND 1999),
    amount_fen bigint NOT NULL CHECK (amount_fen > 0),
    locked_at  timestamptz,
    PRIMARY KEY (book, roster, slice),
    FOREIGN KEY (book, roster) REFERENCES compensation.roster (book, id)
  )`;
