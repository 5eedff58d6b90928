import type { MigrationInterface, QueryRunner } from 'typeorm';

/** 通知: who is told of a reversal, of what, and since when they have read it. Figures and codes; no name, no number. */
export class CreditsMessages1763700000681 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [MESSAGES, GUARD, TOLD_BEFORE]) await q.query(part);
    await q.query(`
      GRANT SELECT, INSERT, UPDATE (read_at) ON credits.message TO tanhui_app;
      GRANT SELECT ON credits.message TO tanhui_auditor`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE credits.message; DROP FUNCTION credits.guard_message`);
  }
}

/** A card is known to the lib of cards alone; here it is the second half of a place of serials. */
const MESSAGES = `
  CREATE TABLE credits.message (
    book           int  NOT NULL,
    id             uuid NOT NULL DEFAULT gen_random_uuid(),
    -- Own land lost · own buffer stood in for others · land of the village lost · grams of the card lost.
    kind           text NOT NULL CHECK (kind IN ('own-loss', 'stood-in', 'village-loss', 'card-loss')),
    reversal       uuid NOT NULL,
    party          uuid,
    region         text COLLATE "C" REFERENCES regions.region (code),
    card           uuid,
    parcels        int    NOT NULL DEFAULT 0 CHECK (parcels >= 0),
    parties        int    NOT NULL DEFAULT 0 CHECK (parties >= 0),
    lost_grams     bigint NOT NULL CHECK (lost_grams >= 0),
    holding_grams  bigint NOT NULL DEFAULT 0 CHECK (holding_grams >= 0),
    buffer_grams   bigint NOT NULL DEFAULT 0 CHECK (buffer_grams >= 0),
    void_grams     bigint NOT NULL DEFAULT 0 CHECK (void_grams >= 0),
    owed_grams     bigint NOT NULL DEFAULT 0 CHECK (owed_grams >= 0),
    stood_in_grams bigint NOT NULL DEFAULT 0 CHECK (stood_in_grams >= 0),
    created_at     timestamptz NOT NULL,
    read_at        timestamptz,
    PRIMARY KEY (book, id),
    FOREIGN KEY (book, reversal) REFERENCES credits.reversal (book, id),
    FOREIGN KEY (book, party) REFERENCES registry.party (book, id),
    CONSTRAINT addressed_to_one CHECK (num_nonnulls(party, region, card) = 1 AND CASE kind
      WHEN 'village-loss' THEN region IS NOT NULL WHEN 'card-loss' THEN card IS NOT NULL ELSE party IS NOT NULL END),
    CONSTRAINT tells_something CHECK (CASE kind WHEN 'stood-in' THEN lost_grams = 0 AND stood_in_grams > 0
      ELSE lost_grams > 0 END),
    CONSTRAINT parts_are_the_whole CHECK (lost_grams = holding_grams + buffer_grams + void_grams + owed_grams),
    CONSTRAINT told_once UNIQUE NULLS NOT DISTINCT (book, reversal, party, region, card)
  );
  CREATE INDEX message_party ON credits.message (book, party) WHERE party IS NOT NULL;
  CREATE INDEX message_card ON credits.message (book, card) WHERE card IS NOT NULL;
  CREATE INDEX message_time ON credits.message (book, created_at DESC, id DESC)`;

const GUARD = `
  CREATE FUNCTION credits.guard_message() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  BEGIN
    IF OLD.read_at IS NOT NULL OR NEW.read_at IS NULL THEN
      RAISE EXCEPTION 'message % is read once', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER read_once BEFORE UPDATE ON credits.message
    FOR EACH ROW EXECUTE FUNCTION credits.guard_message()`;

/** Reversals that were decided when nobody was told of them are told now to those who lost by them. */
const TOLD_BEFORE = `
  INSERT INTO credits.message (book, kind, reversal, party, parcels, lost_grams, holding_grams, buffer_grams, void_grams,
         owed_grams, created_at)
  SELECT s.book, 'own-loss', s.reversal, s.party, count(DISTINCT m.parcel), sum(s.lost_grams), sum(s.holding_grams),
         sum(s.buffer_grams), sum(s.void_grams), sum(s.owed_grams), platform.book_now(s.book)
    FROM credits.reversal_share s JOIN credits.measurement m ON m.book = s.book AND m.id = s.measurement
   GROUP BY s.book, s.reversal, s.party`;
