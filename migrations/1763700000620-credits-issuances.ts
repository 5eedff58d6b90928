import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Issuances, whose grams they are by which right, and which land was credited for which time. */
export class CreditsIssuances1763700000620 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await this.issuances(q);
    await this.owners(q);
    await this.claims(q);
    await q.query(`
      GRANT SELECT, INSERT ON credits.issuance, credits.issuance_line, credits.issuance_share, credits.claim
        TO tanhui_app`);
    await q.query(`
      GRANT SELECT ON credits.issuance, credits.issuance_line, credits.issuance_share, credits.claim
        TO tanhui_auditor`);
  }

  private async issuances(q: QueryRunner): Promise<void> {
    // Later grams of the same township, year and grade come as numbered supplements with a code of their own.
    await q.query(`
      CREATE TABLE credits.issuance (
        book            int    NOT NULL REFERENCES platform.book (id),
        id              uuid   NOT NULL,
        code            text COLLATE "C" NOT NULL CHECK (code ~ '^[0-9]{9}-[0-9]{4}-g[0-3](s[0-9]{1,3})?$'),
        asset           text COLLATE "C" NOT NULL,
        region          text COLLATE "C" NOT NULL,
        year            int    NOT NULL,
        period          daterange NOT NULL,
        -- G0 仅台账, G1 认购支持, G2 省级碳普惠, G3 CCER 镜像.
        grade           text   NOT NULL CHECK (grade IN ('G0', 'G1', 'G2', 'G3')),
        supplement      int    NOT NULL CHECK (supplement BETWEEN 1 AND 999),
        document_no     text   NOT NULL CHECK (length(document_no) BETWEEN 1 AND 200),
        coefficient_set text COLLATE "C" NOT NULL REFERENCES credits.coefficient_set (version),
        grams           bigint NOT NULL CHECK (grams > 0),
        buffer_grams    bigint NOT NULL CHECK (buffer_grams BETWEEN 0 AND grams),
        issued_by       text   NOT NULL,
        -- 岗位代理: the order by which somebody took a second step on the batch.
        acting_order_no text,
        issued_at       timestamptz NOT NULL,
        PRIMARY KEY (book, id),
        UNIQUE (book, code),
        UNIQUE (book, region, year, grade, supplement),
        CONSTRAINT asset_is_of_the_code CHECK (asset = 'CO2E/' || code)
      )`);
    await q.query(`
      ALTER TABLE credits.measurement ADD CONSTRAINT measurement_issuance
        FOREIGN KEY (book, issuance) REFERENCES credits.issuance (book, id)`);
  }

  private async owners(q: QueryRunner): Promise<void> {
    // A party's serials are one run: first the free ones, then those of the buffer.
    await q.query(`
      CREATE TABLE credits.issuance_line (
        book         int    NOT NULL,
        issuance     uuid   NOT NULL,
        party        uuid   NOT NULL,
        grams        bigint NOT NULL CHECK (grams > 0),
        buffer_grams bigint NOT NULL CHECK (buffer_grams BETWEEN 0 AND grams),
        first_serial bigint NOT NULL CHECK (first_serial > 0),
        -- Decides among equals whose grams are sold first: drawn at issuance from party number and issuance code.
        lot          uuid   NOT NULL,
        PRIMARY KEY (book, issuance, party),
        UNIQUE (book, issuance, first_serial),
        FOREIGN KEY (book, issuance) REFERENCES credits.issuance (book, id),
        FOREIGN KEY (book, party) REFERENCES registry.party (book, id)
      )`);
    await q.query(`CREATE INDEX issuance_line_party ON credits.issuance_line (book, party)`);
    // Which serials come from which parcel, and by which document they are that party's.
    await q.query(`
      CREATE TABLE credits.issuance_share (
        book         int    NOT NULL,
        issuance     uuid   NOT NULL,
        measurement  uuid   NOT NULL,
        party        uuid   NOT NULL,
        right_kind   text   NOT NULL,
        share_ppm    bigint NOT NULL CHECK (share_ppm BETWEEN 1 AND 1000000),
        document_no  text   NOT NULL CHECK (document_no <> ''),
        grams        bigint NOT NULL CHECK (grams > 0),
        first_serial bigint NOT NULL CHECK (first_serial > 0),
        -- A measurement has one issuance, so that its grams are shared out once.
        PRIMARY KEY (book, measurement, party),
        FOREIGN KEY (book, measurement) REFERENCES credits.measurement (book, id),
        FOREIGN KEY (book, issuance, party) REFERENCES credits.issuance_line (book, issuance, party)
      )`);
    await q.query(`CREATE INDEX issuance_share_party ON credits.issuance_share (book, party)`);
  }

  private async claims(q: QueryRunner): Promise<void> {
    // No tonne twice: land is credited once for a time, under whatever scheme. The scheme is told, not compared.
    await q.query(`
      CREATE TABLE credits.claim (
        book      int  NOT NULL,
        id        bigint GENERATED ALWAYS AS IDENTITY,
        land_unit uuid NOT NULL,
        period    daterange NOT NULL CHECK (NOT isempty(period)),
        scheme    text NOT NULL CHECK (length(scheme) BETWEEN 1 AND 80),
        -- Absent for land that another registry credited.
        issuance  uuid,
        claimed_at timestamptz NOT NULL,
        PRIMARY KEY (book, id),
        FOREIGN KEY (book, land_unit) REFERENCES registry.land_unit (book, id),
        FOREIGN KEY (book, issuance) REFERENCES credits.issuance (book, id),
        CONSTRAINT land_credited_once EXCLUDE USING gist (land_unit WITH =, period WITH &&, book WITH =)
      )`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE credits.measurement DROP CONSTRAINT measurement_issuance`);
    await q.query(`
      DROP TABLE credits.claim, credits.issuance_share, credits.issuance_line, credits.issuance`);
  }
}
