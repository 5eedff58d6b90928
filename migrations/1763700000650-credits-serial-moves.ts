import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The way of every serial: each move, when it was made and by which entry. What an issuance put where is read from
 * its lines, which never change, so that issuing writes nothing twice.
 */
export class CreditsSerialMoves1763700000650 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [MOVES, BEGINNING]) await q.query(part);
    await q.query(`
      GRANT SELECT, INSERT ON credits.serial_move TO tanhui_app;
      GRANT SELECT ON credits.serial_move TO tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE credits.serial_move`);
  }
}

/** A serial's moves wait for each other on its block, so that their ids tell their order. */
const MOVES = `
  CREATE TABLE credits.serial_move (
    book       int  NOT NULL,
    id         bigint GENERATED ALWAYS AS IDENTITY,
    issuance   uuid NOT NULL,
    -- Whose land the grams came from.
    party      uuid NOT NULL,
    serials    int8range NOT NULL
      CHECK (NOT isempty(serials) AND NOT upper_inf(serials) AND lower(serials) > 0),
    -- NULL: what was before is not known, for the serials lay there when this history began.
    from_place text COLLATE "C",
    to_place   text COLLATE "C" NOT NULL,
    -- Kind and reference of the entry that moved the grams.
    kind       text NOT NULL CHECK (length(kind) BETWEEN 1 AND 80),
    reference  text NOT NULL CHECK (length(reference) BETWEEN 1 AND 200),
    moved_by   text NOT NULL,
    moved_at   timestamptz NOT NULL,
    PRIMARY KEY (book, id),
    FOREIGN KEY (book, issuance, party) REFERENCES credits.issuance_line (book, issuance, party),
    CONSTRAINT moved_elsewhere CHECK (from_place <> to_place),
    CONSTRAINT only_the_beginning_comes_from_nowhere CHECK ((from_place IS NULL) = (kind = 'credits.begin'))
  );
  CREATE INDEX serial_move_serials ON credits.serial_move USING gist (issuance, serials)`;

/** Serials that had been moved before: where they lay when history began. */
const BEGINNING = `
  INSERT INTO credits.serial_move (book, issuance, party, serials, to_place, kind, reference, moved_by, moved_at)
  SELECT b.book, b.issuance, b.party, b.serials, b.place, 'credits.begin', 'history', 'system/migration',
         transaction_timestamp()
    FROM credits.serial_block b
   WHERE b.place <> 'holding/' || b.party AND b.place NOT LIKE 'buffer/%'
   ORDER BY b.book, b.id`;
