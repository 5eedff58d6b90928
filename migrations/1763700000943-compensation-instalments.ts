import type { MigrationInterface, QueryRunner } from 'typeorm';

/** 退耕还林: contracts with their schemes, and the county's acceptances by which instalments become due. */
export class CompensationInstalments1763700000943 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [CONTRACT, ACCEPTANCE, GUARD_CONTRACT, GUARD_ACCEPTANCE, GUARD_OWED])
      await q.query(part);
    await q.query(`
      CREATE UNIQUE INDEX instalment_contract_once ON compensation.instalment_contract (book, programme, contract_no)
        WHERE state <> 'rejected';
      CREATE UNIQUE INDEX instalment_acceptance_once ON compensation.instalment_acceptance (book, contract, year_no)
        WHERE state <> 'rejected';
      CREATE INDEX instalment_contract_parcel ON compensation.instalment_contract (book, parcel)`);
    for (const table of ['instalment_contract', 'instalment_acceptance']) {
      await q.query(`
        CREATE TRIGGER guard_decision BEFORE UPDATE ON compensation.${table}
          FOR EACH ROW EXECUTE FUNCTION compensation.guard_decision();
        GRANT SELECT, INSERT ON compensation.${table} TO tanhui_app;
        GRANT UPDATE (state, decided_by, decided_at, rejection) ON compensation.${table} TO tanhui_app;
        GRANT SELECT ON compensation.${table} TO tanhui_auditor`);
    }
    await q.query(`
      GRANT UPDATE (province_document_no) ON compensation.instalment_acceptance TO tanhui_app`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TRIGGER guard_instalment ON compensation.entitlement`);
    await q.query(`DROP TABLE compensation.instalment_acceptance, compensation.instalment_contract`);
    await q.query(`
      DROP FUNCTION compensation.guard_instalment, compensation.guard_contract, compensation.guard_acceptance`);
  }
}

const DECIDED = `
    state       text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'rejected')),
    proposed_by text NOT NULL,
    proposed_at timestamptz NOT NULL,
    decided_by  text,
    decided_at  timestamptz,
    rejection   text CHECK (rejection <> '' AND rejection !~ '[0-9]{11}'),
    CONSTRAINT decided_whole CHECK ((state <> 'proposed') = (decided_by IS NOT NULL)
      AND (decided_by IS NULL) = (decided_at IS NULL) AND (state = 'rejected') = (rejection IS NOT NULL)),
    CONSTRAINT decided_by_another CHECK (decided_by <> proposed_by)`;

const CONTRACT = `
  CREATE TABLE compensation.instalment_contract (
    book         int  NOT NULL,
    id           uuid NOT NULL,
    programme    uuid NOT NULL,
    rule_kind    text NOT NULL GENERATED ALWAYS AS ('instalment') STORED,
    contract_no  text COLLATE "C" NOT NULL CHECK (length(contract_no) BETWEEN 1 AND 100 AND contract_no !~ '[0-9]{11}'),
    parcel       uuid NOT NULL,
    right_share  uuid NOT NULL,
    area_mu100   bigint NOT NULL CHECK (area_mu100 > 0),
    planted_year int  NOT NULL CHECK (planted_year BETWEEN 1999 AND 2100),
    -- What each year since planting pays a mu, as the programme's scheme was when it was signed.
    scheme       jsonb NOT NULL CHECK (jsonb_typeof(scheme) = 'object' AND scheme <> '{}'),
    -- 原承包户 of collective land; 按流转合同 where it was transferred.
    payee_rule   text NOT NULL CHECK (payee_rule IN ('original-contractor', 'per-contract')),
    payee        uuid NOT NULL,
    payee_document_no text CHECK (payee_document_no <> ''),
    ${DECIDED},
    PRIMARY KEY (book, id),
    FOREIGN KEY (book, programme, rule_kind) REFERENCES compensation.programme (book, id, rule_kind),
    FOREIGN KEY (book, parcel) REFERENCES registry.parcel (book, id),
    FOREIGN KEY (book, right_share) REFERENCES registry.right_share (book, id),
    FOREIGN KEY (book, payee) REFERENCES registry.party (book, id),
    CONSTRAINT another_payee_by_a_document CHECK ((payee_rule = 'per-contract') = (payee_document_no IS NOT NULL))
  )`;

/** 县级验收, confirmed by the province before anything is owed. */
const ACCEPTANCE = `
  CREATE TABLE compensation.instalment_acceptance (
    book         int  NOT NULL,
    id           uuid NOT NULL,
    contract     uuid NOT NULL,
    year_no      int  NOT NULL CHECK (year_no BETWEEN 1 AND 20),
    area_mu100   bigint NOT NULL CHECK (area_mu100 > 0),
    inspected_on date NOT NULL,
    document_no  text NOT NULL CHECK (document_no <> ''),
    -- 管护责任: who does not tend what was planted is not paid.
    tended       boolean NOT NULL,
    province_document_no text CHECK (province_document_no <> ''),
    ${DECIDED},
    PRIMARY KEY (book, id),
    FOREIGN KEY (book, contract) REFERENCES compensation.instalment_contract (book, id),
    CONSTRAINT confirmed_and_tended CHECK (state <> 'approved' OR province_document_no IS NOT NULL AND tended)
  )`;

/** Of one parcel no more is under contract than there is, and its right and payee are what the rule says. */
const GUARD_CONTRACT = `
  CREATE FUNCTION compensation.guard_contract() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  BEGIN
    PERFORM FROM registry.parcel p
       JOIN registry.right_share s ON s.book = p.book AND s.parcel = p.id
      WHERE p.book = NEW.book AND p.id = NEW.parcel AND s.id = NEW.right_share
        AND (NEW.payee_rule = 'per-contract' OR s.kind = 'contract' AND s.party = NEW.payee)
        AND p.area_mu100 >= NEW.area_mu100 + coalesce((
              SELECT sum(c.area_mu100) FROM compensation.instalment_contract c
               WHERE c.book = NEW.book AND c.parcel = NEW.parcel AND c.state <> 'rejected' AND c.id <> NEW.id), 0);
    IF NOT FOUND THEN
      RAISE EXCEPTION 'contract % is not of this parcel, right, area and payee', NEW.contract_no
        USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER guard_contract BEFORE INSERT ON compensation.instalment_contract
    FOR EACH ROW EXECUTE FUNCTION compensation.guard_contract()`;

/** An acceptance is of an approved contract, a year of its scheme that has come, and no more than its area. */
const GUARD_ACCEPTANCE = `
  CREATE FUNCTION compensation.guard_acceptance() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  BEGIN
    PERFORM FROM compensation.instalment_contract c
      WHERE c.book = NEW.book AND c.id = NEW.contract AND c.state = 'approved' AND c.scheme ? NEW.year_no::text
        AND NEW.area_mu100 <= c.area_mu100
        AND extract(year FROM NEW.inspected_on) >= c.planted_year + NEW.year_no - 1;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'acceptance of year % is not of its contract', NEW.year_no USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER guard_acceptance BEFORE INSERT ON compensation.instalment_acceptance
    FOR EACH ROW EXECUTE FUNCTION compensation.guard_acceptance()`;

/** An instalment is owed by an approved acceptance only, to its contract's payee, of its area and its scheme's rate. */
const GUARD_OWED = `
  CREATE FUNCTION compensation.guard_instalment() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  BEGIN
    PERFORM FROM compensation.instalment_acceptance a
       JOIN compensation.instalment_contract c ON c.book = a.book AND c.id = a.contract
      WHERE a.book = NEW.book AND a.id = NEW.sources[1] AND a.state = 'approved'
        AND (c.programme, c.payee, c.parcel) = (NEW.programme, NEW.party, NEW.parcel)
        AND (NEW.figures->>'areaMu100', NEW.figures->>'fenPerMu', NEW.figures->>'yearNo')
            = (a.area_mu100::text, c.scheme->>a.year_no::text, a.year_no::text)
        AND NEW.key = c.contract_no || '/' || a.year_no;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'instalment % has no acceptance', NEW.key USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER guard_instalment BEFORE INSERT ON compensation.entitlement
    FOR EACH ROW WHEN (NEW.kind = 'instalment') EXECUTE FUNCTION compensation.guard_instalment()`;
