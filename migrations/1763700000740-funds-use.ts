import type { MigrationInterface, QueryRunner } from 'typeorm';

const USES = [
  ['sink-protection', '保护和发展碳汇', 'Protecting and growing the sink'],
  ['member-subsidy', '补贴集体经济组织成员', 'Subsidies to members of the collective'],
  ['public-management', '公共管护', 'Public management of the forest'],
  ['ranger-wages', '管护劳务补助', 'Wages of rangers'],
  ['fire-and-pests', '森林防火和有害生物防治', 'Against fire and pests'],
  ['project-construction', '碳汇项目建设', 'Building the carbon project'],
  ['project-acceptance', '项目验收', 'Acceptance of the project'],
  ['office', '办公经费', 'Office costs'],
  ['other', '其他', 'Other'],
] as const;

/** What each kind of payee has to use the money for, until a county's own document says otherwise. */
const ALLOWED = [
  ...['sink-protection', 'public-management', 'ranger-wages', 'fire-and-pests'].flatMap((use) => [
    ['township', use],
    ['village-committee', use],
    ['collective', use],
    ['state-forest-farm', use],
  ]),
  ['village-committee', 'member-subsidy'],
  ['collective', 'member-subsidy'],
  ['project-builder', 'project-construction'],
  ['project-builder', 'project-acceptance'],
];

const PAYEES = `payee_kind IN ('township', 'village-committee', 'collective', 'project-builder', 'state-forest-farm')`;

/** What payees other than households may use the money for (专款专用), and the vouchers of what they used it for. */
export class FundsUse1763700000740 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE funds.use_kind (
        kind    text COLLATE "C" PRIMARY KEY CHECK (kind ~ '^[a-z-]{1,40}$'),
        ordinal int  NOT NULL UNIQUE,
        name_zh text NOT NULL CHECK (name_zh <> ''),
        name_en text NOT NULL CHECK (name_en <> '')
      );
      CREATE TABLE funds.earmark (
        book        int  NOT NULL REFERENCES platform.book (id),
        payee_kind  text COLLATE "C" NOT NULL CHECK (${PAYEES}),
        use_kind    text COLLATE "C" NOT NULL REFERENCES funds.use_kind (kind),
        valid       daterange NOT NULL CHECK (NOT isempty(valid) AND NOT lower_inf(valid)),
        document_no text NOT NULL CHECK (length(document_no) BETWEEN 1 AND 200),
        recorded_by text NOT NULL,
        recorded_at timestamptz NOT NULL,
        CONSTRAINT allowed_once_a_day
          EXCLUDE USING gist (book WITH =, payee_kind WITH =, use_kind WITH =, valid WITH &&)
      );
      -- The usual rules, that books begin with.
      CREATE TABLE funds.usual_earmark (
        payee_kind text COLLATE "C" NOT NULL CHECK (${PAYEES}),
        use_kind   text COLLATE "C" NOT NULL REFERENCES funds.use_kind (kind),
        PRIMARY KEY (payee_kind, use_kind)
      );
      CREATE TABLE funds.use_voucher (
        book        int    NOT NULL,
        id          uuid   NOT NULL,
        party       uuid   NOT NULL,
        -- What the party was when it was recorded.
        payee_kind  text   COLLATE "C" NOT NULL CHECK (${PAYEES}),
        use_kind    text   COLLATE "C" NOT NULL REFERENCES funds.use_kind (kind),
        amount_fen  bigint NOT NULL CHECK (amount_fen > 0),
        document_no text   NOT NULL CHECK (length(document_no) BETWEEN 1 AND 200),
        used_on     date   NOT NULL,
        -- Of the invoice, the list of wages or the acceptance, kept elsewhere.
        evidence_sha256 text NOT NULL CHECK (evidence_sha256 ~ '^[0-9a-f]{64}$'),
        recorded_by text   NOT NULL,
        recorded_at timestamptz NOT NULL,
        voided_by   text,
        voided_at   timestamptz,
        void_reason text   CHECK (length(void_reason) BETWEEN 1 AND 200),
        PRIMARY KEY (book, id),
        FOREIGN KEY (book, party) REFERENCES registry.party (book, id),
        CONSTRAINT voided_by_another CHECK (voided_by <> recorded_by),
        CONSTRAINT voiding_is_whole CHECK ((voided_by IS NULL) = (voided_at IS NULL)
          AND (voided_by IS NULL) = (void_reason IS NULL))
      );
      CREATE UNIQUE INDEX document_used_once ON funds.use_voucher (book, party, document_no) WHERE voided_at IS NULL`);
    await q.query(
      `INSERT INTO funds.use_kind (kind, ordinal, name_zh, name_en)
       SELECT k.kind, k.ordinal, k.zh, k.en
         FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS k (kind, zh, en, ordinal)`,
      [USES.map(([kind]) => kind), USES.map(([, zh]) => zh), USES.map(([, , en]) => en)],
    );
    await q.query(
      `INSERT INTO funds.usual_earmark (payee_kind, use_kind) SELECT * FROM unnest($1::text[], $2::text[])`,
      [ALLOWED.map(([payee]) => payee), ALLOWED.map(([, use]) => use)],
    );
    await this.everyBook(q);
  }

  private async everyBook(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE FUNCTION funds.open_earmarks() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog AS $$
      BEGIN
        INSERT INTO funds.earmark (book, payee_kind, use_kind, valid, document_no, recorded_by, recorded_at)
        SELECT NEW.id, u.payee_kind, u.use_kind, '[1990-01-01,)', '系统预置', 'system/usual-earmarks', now()
          FROM funds.usual_earmark u;
        RETURN NULL;
      END $$;
      REVOKE ALL ON FUNCTION funds.open_earmarks() FROM PUBLIC;
      CREATE TRIGGER book_opens_its_earmarks AFTER INSERT ON platform.book
        FOR EACH ROW EXECUTE FUNCTION funds.open_earmarks();
      INSERT INTO funds.earmark (book, payee_kind, use_kind, valid, document_no, recorded_by, recorded_at)
      SELECT b.id, u.payee_kind, u.use_kind, '[1990-01-01,)', '系统预置', 'system/usual-earmarks', now()
        FROM platform.book b, funds.usual_earmark u;

      CREATE FUNCTION funds.guard_voucher() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
      BEGIN
        IF OLD.voided_at IS NOT NULL THEN
          RAISE EXCEPTION 'voucher % is void', OLD.id USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER guard_voucher BEFORE UPDATE ON funds.use_voucher
        FOR EACH ROW EXECUTE FUNCTION funds.guard_voucher();

      GRANT SELECT ON funds.use_kind, funds.earmark, funds.use_voucher, funds.usual_earmark
        TO tanhui_app, tanhui_auditor;
      GRANT INSERT ON funds.earmark, funds.use_voucher TO tanhui_app;
      GRANT UPDATE (valid) ON funds.earmark TO tanhui_app;
      GRANT UPDATE (voided_by, voided_at, void_reason) ON funds.use_voucher TO tanhui_app`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP TRIGGER book_opens_its_earmarks ON platform.book;
      DROP FUNCTION funds.open_earmarks;
      DROP TABLE funds.use_voucher, funds.earmark, funds.usual_earmark, funds.use_kind;
      DROP FUNCTION funds.guard_voucher`);
  }
}
