import type { MigrationInterface, QueryRunner } from 'typeorm';

/** 补偿标准指数化: a dated decision turns what the standards pay into what they pay next, from frozen inputs. */
export class CompensationIndex1763700000941 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [DECISION, VARIABLE, RESULT, STANDARD]) await q.query(part);
    await q.query(`
      CREATE TRIGGER guard_decision BEFORE UPDATE ON compensation.index_decision
        FOR EACH ROW EXECUTE FUNCTION compensation.guard_decision()`);
    await q.query(`
      CREATE UNIQUE INDEX index_decision_once ON compensation.index_decision (book, programme, valid_from)
        WHERE state <> 'rejected'`);
    await q.query(`
      GRANT SELECT, INSERT ON compensation.index_decision, compensation.index_variable, compensation.index_result
        TO tanhui_app`);
    await q.query(`
      GRANT UPDATE (state, decided_by, decided_at, rejection) ON compensation.index_decision TO tanhui_app`);
    await q.query(`
      GRANT SELECT ON compensation.index_decision, compensation.index_variable, compensation.index_result
        TO tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE compensation.standard DROP COLUMN derived_from, DROP COLUMN index_decision`);
    await q.query(`
      DROP TABLE compensation.index_result, compensation.index_variable, compensation.index_decision`);
  }
}

/** Millionths: 1,020,000 is two per cent more than the year before. */
const DECISION = `
  CREATE TABLE compensation.index_decision (
    book        int  NOT NULL,
    id          uuid NOT NULL,
    programme   uuid NOT NULL,
    -- The first day of what follows from it.
    valid_from  date NOT NULL,
    document_no text NOT NULL CHECK (document_no <> ''),
    -- What the variables say, and what is left of it between the floor and the cap of a year's change.
    index_ppm   bigint NOT NULL CHECK (index_ppm > 0),
    floor_ppm   bigint NOT NULL CHECK (floor_ppm BETWEEN 500000 AND 1000000),
    cap_ppm     bigint NOT NULL CHECK (cap_ppm BETWEEN 1000000 AND 2000000),
    applied_ppm bigint NOT NULL,
    -- The bounds of what a mu may pay afterwards.
    lowest_fen_per_mu  bigint NOT NULL CHECK (lowest_fen_per_mu >= 1),
    highest_fen_per_mu bigint NOT NULL CHECK (highest_fen_per_mu <= 10000000),
    state       text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'rejected')),
    proposed_by text NOT NULL,
    proposed_at timestamptz NOT NULL,
    decided_by  text,
    decided_at  timestamptz,
    rejection   text CHECK (rejection <> '' AND rejection !~ '[0-9]{11}'),
    PRIMARY KEY (book, id),
    UNIQUE (book, id, applied_ppm, lowest_fen_per_mu, highest_fen_per_mu),
    FOREIGN KEY (book, programme) REFERENCES compensation.programme (book, id),
    CONSTRAINT a_year_moves_within_bounds CHECK (applied_ppm = greatest(floor_ppm, least(cap_ppm, index_ppm))),
    CONSTRAINT rate_bounds_in_order CHECK (lowest_fen_per_mu <= highest_fen_per_mu),
    CONSTRAINT decided_whole CHECK ((state <> 'proposed') = (decided_by IS NOT NULL)
      AND (decided_by IS NULL) = (decided_at IS NULL) AND (state = 'rejected') = (rejection IS NOT NULL)),
    CONSTRAINT decided_by_another CHECK (decided_by <> proposed_by)
  )`;

/** The closed list of what an index may be made of; each value by a document. */
const VARIABLE = `
  CREATE TABLE compensation.index_variable (
    book        int  NOT NULL,
    decision    uuid NOT NULL,
    ordinal     int  NOT NULL CHECK (ordinal BETWEEN 1 AND 5),
    variable    text NOT NULL CHECK (variable IN ('cpi', 'fiscal-revenue', 'rural-income', 'labour-cost', 'forest-quality')),
    value_ppm   bigint NOT NULL CHECK (value_ppm BETWEEN 1 AND 10000000),
    weight_ppm  bigint NOT NULL CHECK (weight_ppm BETWEEN 1 AND 1000000),
    source      text NOT NULL CHECK (source <> ''),
    document_no text NOT NULL CHECK (document_no <> ''),
    PRIMARY KEY (book, decision, variable),
    UNIQUE (book, decision, ordinal),
    FOREIGN KEY (book, decision) REFERENCES compensation.index_decision (book, id)
  )`;

/** What each standard becomes. The figures of its decision stand beside it, so that the sum is checked in the row. */
const RESULT = `
  CREATE TABLE compensation.index_result (
    book         int  NOT NULL,
    decision     uuid NOT NULL,
    standard     uuid NOT NULL,
    base_fen_per_mu bigint NOT NULL,
    applied_ppm  bigint NOT NULL,
    lowest_fen_per_mu  bigint NOT NULL,
    highest_fen_per_mu bigint NOT NULL,
    rate_fen_per_mu    bigint NOT NULL,
    PRIMARY KEY (book, decision, standard),
    UNIQUE (book, decision, standard, rate_fen_per_mu),
    FOREIGN KEY (book, standard) REFERENCES compensation.standard (book, id),
    FOREIGN KEY (book, decision, applied_ppm, lowest_fen_per_mu, highest_fen_per_mu)
      REFERENCES compensation.index_decision (book, id, applied_ppm, lowest_fen_per_mu, highest_fen_per_mu),
    CONSTRAINT rate_follows_from_the_base CHECK (rate_fen_per_mu = greatest(lowest_fen_per_mu, least(highest_fen_per_mu,
      div(2 * base_fen_per_mu::numeric * applied_ppm + 1000000, 2000000))))
  )`;

/** A standard that an index made pays what the decision's row says, and no decision makes two of one. */
const STANDARD = `
  ALTER TABLE compensation.standard
    ADD derived_from uuid,
    ADD index_decision uuid,
    ADD CONSTRAINT derived_by_a_decision CHECK ((derived_from IS NULL) = (index_decision IS NULL)),
    ADD CONSTRAINT derived_once UNIQUE (book, index_decision, derived_from),
    ADD CONSTRAINT pays_what_was_decided FOREIGN KEY (book, index_decision, derived_from, payable_fen_per_mu)
      REFERENCES compensation.index_result (book, decision, standard, rate_fen_per_mu)`;
