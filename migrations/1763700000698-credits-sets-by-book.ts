import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A set of coefficients is its book's: two books may name theirs alike, and neither learns of the other's. A set that
 * came with the product is nobody's and is shared: owner 0. Its name stays free for no book, so that in a book one name is
 * one set.
 */
export class CreditsSetsByBook1763700000698 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const table of USERS) await q.query(dropReferences(table));
    await q.query(`ALTER TABLE credits.coefficient_set
      ADD owner int GENERATED ALWAYS AS (coalesce(book, 0)) STORED,
      DROP CONSTRAINT coefficient_set_pkey, ADD PRIMARY KEY (owner, version)`);
    for (const part of [PARTS, REFERENCES, guards(true)]) await q.query(part);
  }

  /** Refused by the keys when two books have named a set alike: there is no way back from that. */
  async down(q: QueryRunner): Promise<void> {
    for (const part of [guards(false), FORMER]) await q.query(part);
  }
}

/** What names a set, and a part of one; a part's key goes with it. */
const USERS = [
  ...[
    'coefficient',
    'species_parameter',
    'growth',
    'measurement',
    'issuance',
    'statement_line',
    'green_voucher',
  ],
];

/** The foreign keys were given names by the database, some of them long: they are found by what they refer to. */
const dropReferences = (table: string): string => `
  DO $$
  DECLARE one text;
  BEGIN
    FOR one IN
      SELECT c.conname FROM pg_constraint c
       WHERE c.conrelid = 'credits.${table}'::regclass AND c.contype = 'f'
         AND c.confrelid IN ('credits.coefficient_set'::regclass, 'credits.coefficient'::regclass,
                             'credits.growth'::regclass, 'credits.species_parameter'::regclass)
    LOOP
      EXECUTE format('ALTER TABLE credits.${table} DROP CONSTRAINT %I', one);
    END LOOP;
  END $$`;

const owned = (table: string, column: string): string => `
  ALTER TABLE credits.${table} DISABLE TRIGGER USER;
  ALTER TABLE credits.${table} ADD ${column} int;
  UPDATE credits.${table} t SET ${column} = s.owner FROM credits.coefficient_set s WHERE s.version = t.coefficient_set;
  ALTER TABLE credits.${table} ALTER ${column} SET NOT NULL;
  ALTER TABLE credits.${table} ENABLE TRIGGER USER;`;

const CLASS = 'forest_class, age_group, origin';
const FACTORS = 'density_milli, expansion_milli, root_milli, carbon_milli';

/** What stands in a set is kept under its owner. */
const PARTS = `
  ${owned('coefficient', 'owner')}
  ALTER TABLE credits.coefficient
    DROP CONSTRAINT coefficient_pkey, ADD PRIMARY KEY (owner, coefficient_set, ${CLASS}),
    ADD FOREIGN KEY (owner, coefficient_set) REFERENCES credits.coefficient_set (owner, version);
  ${owned('species_parameter', 'owner')}
  ALTER TABLE credits.species_parameter
    DROP CONSTRAINT species_parameter_pkey, ADD PRIMARY KEY (owner, coefficient_set, species),
    DROP CONSTRAINT species_factors, ADD CONSTRAINT species_factors
      UNIQUE (owner, coefficient_set, species, ${FACTORS}),
    ADD FOREIGN KEY (owner, coefficient_set) REFERENCES credits.coefficient_set (owner, version);
  ${owned('growth', 'owner')}
  ALTER TABLE credits.growth
    DROP CONSTRAINT growth_pkey, ADD PRIMARY KEY (owner, coefficient_set, ${CLASS}),
    DROP CONSTRAINT growth_factors, ADD CONSTRAINT growth_factors
      UNIQUE (owner, coefficient_set, ${CLASS}, species, growth_milli),
    ADD FOREIGN KEY (owner, coefficient_set, ${CLASS}) REFERENCES credits.coefficient (owner, coefficient_set, ${CLASS}),
    ADD FOREIGN KEY (owner, coefficient_set, species)
      REFERENCES credits.species_parameter (owner, coefficient_set, species)`;

/** What a book made with a set names its owner: the book itself, or nobody. */
const bySet = (table: string): string => `
  ${owned(table, 'set_owner')}
  ALTER TABLE credits.${table}
    ADD CONSTRAINT set_is_own_or_shared CHECK (set_owner IN (0, book)),
    ADD FOREIGN KEY (set_owner, coefficient_set) REFERENCES credits.coefficient_set (owner, version);`;
const REFERENCES = `
  ${['issuance', 'statement_line', 'green_voucher'].map(bySet).join('')}
  ${owned('measurement', 'set_owner')}
  ALTER TABLE credits.measurement
    ADD CONSTRAINT set_is_own_or_shared CHECK (set_owner IN (0, book)),
    ADD CONSTRAINT measured_with_a_coefficient FOREIGN KEY (set_owner, coefficient_set, ${CLASS})
      REFERENCES credits.coefficient (owner, coefficient_set, ${CLASS}),
    ADD CONSTRAINT measured_with_a_growth FOREIGN KEY (set_owner, coefficient_set, ${CLASS}, species, growth_milli)
      REFERENCES credits.growth (owner, coefficient_set, ${CLASS}, species, growth_milli),
    ADD CONSTRAINT measured_with_a_species FOREIGN KEY (set_owner, coefficient_set, species, ${FACTORS})
      REFERENCES credits.species_parameter (owner, coefficient_set, species, ${FACTORS})`;

/** As they were, of the set of the owner. */
function guards(byOwner: boolean): string {
  const own = (row: string): string => (byOwner ? ` AND ${row}.owner = NEW.owner` : '');
  return `
  CREATE OR REPLACE FUNCTION credits.guard_coefficient_set() RETURNS trigger LANGUAGE plpgsql
    ${byOwner ? 'SECURITY DEFINER' : ''} SET search_path = pg_catalog AS $$
  BEGIN
    IF (CASE TG_OP WHEN 'INSERT' THEN NEW.state <> 'proposed' OR NEW.book IS NULL
                   ELSE OLD.state <> 'proposed' OR NEW.state = 'proposed' END) THEN
      RAISE EXCEPTION 'the set % is proposed first and decided once', NEW.version USING ERRCODE = 'restrict_violation';
    END IF;
    ${
      byOwner
        ? `IF TG_OP = 'INSERT' AND EXISTS (SELECT FROM credits.coefficient_set s
                                        WHERE s.book IS NULL AND s.version = NEW.version) THEN
      RAISE EXCEPTION 'the set % came with the product', NEW.version
        USING ERRCODE = 'unique_violation', CONSTRAINT = 'coefficient_set_pkey';
    END IF;`
        : ''
    }
    RETURN NEW;
  END $$;
  CREATE OR REPLACE FUNCTION credits.guard_coefficient() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog AS $$
  BEGIN
    PERFORM FROM credits.coefficient_set s
      WHERE s.version = NEW.coefficient_set${own('s')} AND s.state = 'proposed';
    IF NOT FOUND THEN
      RAISE EXCEPTION 'the set % is decided', NEW.coefficient_set USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$;
  CREATE OR REPLACE FUNCTION credits.guard_growth() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
  BEGIN
    PERFORM FROM credits.coefficient_set s
     WHERE s.version = NEW.coefficient_set${own('s')} AND s.state = 'proposed' AND s.method_kind = 'stock-change';
    IF NOT FOUND THEN
      RAISE EXCEPTION 'the set % is decided, or of another method', NEW.coefficient_set
        USING ERRCODE = 'restrict_violation';
    END IF;
    PERFORM FROM credits.coefficient c JOIN credits.species_parameter p
        ON p.coefficient_set = c.coefficient_set${byOwner ? ' AND p.owner = c.owner' : ''} AND p.species = NEW.species
     WHERE (c.coefficient_set, c.forest_class, c.age_group, c.origin)
           = (NEW.coefficient_set, NEW.forest_class, NEW.age_group, NEW.origin)${own('c')}
       AND c.grams_per_mu_year = credits.stock_grams(100, NEW.growth_milli, p.density_milli, p.expansion_milli,
             p.root_milli, p.carbon_milli, 1000000);
    IF NOT FOUND THEN
      RAISE EXCEPTION 'the coefficient of % % % is not what its factors give', NEW.forest_class, NEW.age_group, NEW.origin
        USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END $$`;
}

/** Keys of the name alone, as the migrations before made them. */
const FORMER = `
  ALTER TABLE credits.measurement DROP COLUMN set_owner CASCADE;
  ALTER TABLE credits.issuance DROP COLUMN set_owner CASCADE;
  ALTER TABLE credits.statement_line DROP COLUMN set_owner CASCADE;
  ALTER TABLE credits.green_voucher DROP COLUMN set_owner CASCADE;
  ALTER TABLE credits.growth DROP COLUMN owner CASCADE;
  ALTER TABLE credits.species_parameter DROP COLUMN owner CASCADE;
  ALTER TABLE credits.coefficient DROP COLUMN owner CASCADE;
  ALTER TABLE credits.coefficient_set DROP COLUMN owner CASCADE, ADD PRIMARY KEY (version);
  ALTER TABLE credits.coefficient ADD PRIMARY KEY (coefficient_set, ${CLASS}),
    ADD FOREIGN KEY (coefficient_set) REFERENCES credits.coefficient_set (version);
  ALTER TABLE credits.species_parameter ADD PRIMARY KEY (coefficient_set, species),
    ADD CONSTRAINT species_factors UNIQUE (coefficient_set, species, ${FACTORS}),
    ADD FOREIGN KEY (coefficient_set) REFERENCES credits.coefficient_set (version);
  ALTER TABLE credits.growth ADD PRIMARY KEY (coefficient_set, ${CLASS}),
    ADD CONSTRAINT growth_factors UNIQUE (coefficient_set, ${CLASS}, species, growth_milli),
    ADD FOREIGN KEY (coefficient_set, ${CLASS}) REFERENCES credits.coefficient (coefficient_set, ${CLASS}),
    ADD FOREIGN KEY (coefficient_set, species) REFERENCES credits.species_parameter (coefficient_set, species);
  ALTER TABLE credits.issuance ADD FOREIGN KEY (coefficient_set) REFERENCES credits.coefficient_set (version);
  ALTER TABLE credits.statement_line ADD FOREIGN KEY (coefficient_set) REFERENCES credits.coefficient_set (version);
  ALTER TABLE credits.green_voucher ADD FOREIGN KEY (coefficient_set) REFERENCES credits.coefficient_set (version);
  ALTER TABLE credits.measurement
    ADD CONSTRAINT measured_with_a_coefficient FOREIGN KEY (coefficient_set, ${CLASS})
      REFERENCES credits.coefficient (coefficient_set, ${CLASS}),
    ADD CONSTRAINT measured_with_a_growth FOREIGN KEY (coefficient_set, ${CLASS}, species, growth_milli)
      REFERENCES credits.growth (coefficient_set, ${CLASS}, species, growth_milli),
    ADD CONSTRAINT measured_with_a_species FOREIGN KEY (coefficient_set, species, ${FACTORS})
      REFERENCES credits.species_parameter (coefficient_set, species, ${FACTORS})`;
