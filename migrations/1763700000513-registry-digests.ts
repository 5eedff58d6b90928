import type { MigrationInterface, QueryRunner } from 'typeorm';

import { CAME, DIGESTED, filling, IMPORT_DIGESTS, keeping, ROW_DIGESTS } from './registry-digests/rows';

const ORDERS = ['right_order', 'parcel_order', 'land_order', 'party_order', 'payee_order'] as const;

/**
 * What came into the registry is repeated nowhere else. So a digest is kept of each row as it came, of an import with all
 * it wrote, and of an order as it was decided; of what was there before, as it stands when this runs.
 */
export class RegistryDigests1763700000513 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE registry.import ADD digest bytea`);
    for (const part of [FIRST_DAYS, CAME, ...DIGESTED.map(keeping), ROW_DIGESTS]) await q.query(part);
    for (const part of [
      IMPORT_DIGESTS,
      CLOSE_IMPORT,
      ORDER_DIGEST,
      ...ORDERS.map(keepOrder),
      ORDER_DIGESTS,
    ]) {
      await q.query(part);
    }
    await fill(q);
    await q.query(`
      GRANT SELECT ON registry.came, registry.import_digest, registry.order_digests TO tanhui_app, tanhui_auditor;
      REVOKE ALL ON FUNCTION registry.close_import, registry.row_digests FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION registry.row_digests TO tanhui_app, tanhui_auditor;
      GRANT EXECUTE ON FUNCTION registry.close_import TO tanhui_app`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      DROP VIEW registry.import_digest, registry.order_digests;
      DROP FUNCTION registry.row_digests;
      DROP TRIGGER named ON registry.import;
      DROP TRIGGER closed_with_a_digest ON registry.import;
      DROP FUNCTION registry.name_import, registry.close_import, registry.check_import_digest;
      ALTER TABLE registry.import DROP COLUMN digest;
      DROP TRIGGER first_days ON registry.right_share;
      DROP TRIGGER first_days ON registry.payee;
      DROP FUNCTION registry.keep_first_days;
      ALTER TABLE registry.right_share DROP COLUMN first_valid;
      ALTER TABLE registry.payee DROP COLUMN first_valid`);
    for (const { table } of DIGESTED) {
      await q.query(`DROP TRIGGER as_it_came ON registry.${table}; DROP FUNCTION registry.keep_${table}`);
    }
    await q.query(`DROP TABLE registry.came`);
    for (const order of ORDERS) {
      await q.query(`
        DROP TRIGGER zz_digest ON registry.${order};
        DROP FUNCTION registry.digest_of_order(registry.${order});
        ALTER TABLE registry.${order} DROP COLUMN digest`);
    }
    await q.query(`DROP FUNCTION registry.keep_order_digest, registry.digest_of_json`);
  }
}

/** A share that ends, or whose days are corrected, keeps the days with which it came; so does a payee. */
const FIRST_DAYS = `
  ALTER TABLE registry.right_share ADD first_valid daterange;
  ALTER TABLE registry.payee ADD first_valid daterange;
  CREATE FUNCTION registry.keep_first_days() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  BEGIN
    NEW.first_valid := coalesce(OLD.first_valid, OLD.valid);
    RETURN NEW;
  END $$;
  CREATE TRIGGER first_days BEFORE UPDATE OF valid ON registry.right_share
    FOR EACH ROW EXECUTE FUNCTION registry.keep_first_days();
  CREATE TRIGGER first_days BEFORE UPDATE OF valid ON registry.payee
    FOR EACH ROW EXECUTE FUNCTION registry.keep_first_days()`;

/** What comes between the row of an import and its closing comes with it. An import is closed once. */
const CLOSE_IMPORT = `
  CREATE FUNCTION registry.name_import() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  BEGIN
    PERFORM set_config('registry.import', NEW.id::text, true);
    RETURN NULL;
  END $$;
  CREATE TRIGGER named AFTER INSERT ON registry.import FOR EACH ROW EXECUTE FUNCTION registry.name_import();
  CREATE FUNCTION registry.close_import(p_book int, p_import uuid) RETURNS bytea LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog SET plan_cache_mode = force_custom_plan AS $$
  DECLARE kept bytea;
  BEGIN
    UPDATE registry.import i
       SET digest = (SELECT d.made FROM registry.import_digest d WHERE d.book = p_book AND d.id = p_import)
     WHERE i.book = p_book AND i.id = p_import AND i.digest IS NULL
    RETURNING i.digest INTO STRICT kept;
    PERFORM set_config('registry.import', '', true);
    RETURN kept;
  END $$;
  CREATE FUNCTION registry.check_import_digest() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog AS $$
  BEGIN
    PERFORM FROM registry.import i WHERE i.book = NEW.book AND i.id = NEW.id AND i.digest IS NULL;
    IF FOUND OR NEW.digest IS NOT NULL THEN
      RAISE EXCEPTION 'import % was not closed', NEW.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER closed_with_a_digest AFTER INSERT ON registry.import
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registry.check_import_digest()`;

/** The settings by which values are written do not count: of each column that has a value, name and value. */
const AS_WRITTEN = `SET search_path = pg_catalog SET timezone = 'UTC' SET datestyle = 'ISO' SET bytea_output = 'hex'`;
const ORDER_DIGEST = `
  CREATE FUNCTION registry.digest_of_json(p_row jsonb) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(convert_to(string_agg(e.key || ' ' || e.value::text, E'\\n' ORDER BY e.key COLLATE "C"), 'UTF8'))
      FROM jsonb_each(p_row - 'digest') e WHERE e.value <> 'null'
  $$;
  CREATE FUNCTION registry.keep_order_digest() RETURNS trigger LANGUAGE plpgsql ${AS_WRITTEN} AS $$
  BEGIN
    NEW.digest := registry.digest_of_json(to_jsonb(NEW));
    RETURN NEW;
  END $$`;

const keepOrder = (order: string): string => `
  ALTER TABLE registry.${order} ADD digest bytea;
  CREATE FUNCTION registry.digest_of_order(o registry.${order}) RETURNS bytea LANGUAGE sql STABLE ${AS_WRITTEN} AS $$
    SELECT registry.digest_of_json(to_jsonb(o))
  $$;
  CREATE TRIGGER zz_digest BEFORE UPDATE OF state ON registry.${order} FOR EACH ROW
    WHEN (OLD.state = 'proposed' AND NEW.state <> 'proposed') EXECUTE FUNCTION registry.keep_order_digest()`;

const ORDER_DIGESTS = `
  CREATE VIEW registry.order_digests AS ${ORDERS.map(
    (order) => `
    SELECT o.book, '${order}'::text AS relation, o.id, o.digest AS kept, registry.digest_of_order(o) AS made
      FROM registry.${order} o WHERE o.state <> 'proposed'`,
  ).join('\n    UNION ALL')}`;

/** The guards would refuse a change of what is there; the deferred one has nothing to say of it. */
async function fill(q: QueryRunner): Promise<void> {
  const guarded = ['right_share', ...ORDERS];
  for (const table of guarded) await q.query(`ALTER TABLE registry.${table} DISABLE TRIGGER USER`);
  await q.query(`
    UPDATE registry.right_share s SET first_valid = h.valid
      FROM (SELECT DISTINCT ON (p.book, p.share) p.book, p.share, p.valid FROM registry.right_share_past p
             ORDER BY p.book, p.share, p.superseded_at) h
     WHERE h.book = s.book AND h.share = s.id`);
  for (const order of ORDERS) {
    await q.query(
      `UPDATE registry.${order} o SET digest = registry.digest_of_order(o) WHERE o.state <> 'proposed'`,
    );
    await q.query(`
      ALTER TABLE registry.${order}
        ADD CONSTRAINT decided_with_a_digest CHECK ((state = 'proposed') = (digest IS NULL))`);
  }
  for (const table of guarded) await q.query(`ALTER TABLE registry.${table} ENABLE TRIGGER USER`);
  for (const one of DIGESTED) await q.query(filling(one));
  await q.query(`
    UPDATE registry.import i SET digest = d.made FROM registry.import_digest d WHERE d.book = i.book AND d.id = i.id`);
}
