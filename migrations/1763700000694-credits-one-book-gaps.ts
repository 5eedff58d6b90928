import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Where the sums of the one book are not those of the rows they sum, and how that is mended: by what is missing, on the day
 * it is found, so that pages of days that are over stay what they were. Triggers keep the sums; this is for what was done
 * around them.
 */
export class CreditsOneBookGaps1763700000694 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const gap of GAPS) await q.query(`CREATE VIEW ${gap.view} AS ${gapOf(gap)}`);
    await q.query(MEND);
    await q.query(`
      GRANT SELECT ON ${VIEWS} TO tanhui_app, tanhui_auditor;
      REVOKE ALL ON FUNCTION credits.mend_one_book(int) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION credits.mend_one_book(int) TO tanhui_app`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP FUNCTION credits.mend_one_book(int); DROP VIEW ${VIEWS}`);
  }
}

interface Gap {
  readonly view: string;
  /** What is summed, with a village in each row, and the sums. */
  readonly rows: string;
  readonly sums: string;
  readonly key: readonly string[];
  readonly amounts: readonly string[];
  /** The amounts as the table of sums keeps them. */
  readonly kept?: readonly string[];
}

/** Of days that are over only what they come to today is compared. */
const payable = (table: string, place: string): string => `
  (SELECT y.book, y.${place}, greatest(y.day, credits.day_of(platform.book_now(b.id))) AS day, y.forest_class, y.area_mu100
     FROM ${table} y JOIN platform.book b ON b.id = y.book)`;

const LAND: Gap = {
  view: 'credits.land_gap',
  rows: 'credits.land_now',
  sums: 'credits.land_change',
  key: ['forest_class', 'age_group', 'origin', 'status', 'registered'],
  amounts: ['parcels', 'area_mu100'],
  kept: ['parcels_out - s.parcels_in', 'area_out_mu100 - s.area_in_mu100'],
};
const SIGNED: readonly Gap[] = [
  {
    view: 'credits.payable_gap',
    rows: payable('credits.payable_step', 'village'),
    sums: payable('credits.payable_change', 'region'),
    key: ['day', 'forest_class'],
    amounts: ['area_mu100'],
  },
  {
    view: 'credits.volume_gap',
    rows: 'credits.volume_now',
    sums: 'credits.volume_change',
    key: ['forest_class', 'age_group', 'origin', 'species'],
    amounts: ['area_mu100', 'volume_dm3'],
  },
  {
    view: 'credits.growth_gap',
    rows: 'credits.growth_step',
    sums: 'credits.growth_change',
    key: ['year', 'forest_class', 'coefficient_set', 'step'],
    amounts: ['parcels', 'area_mu100', 'grams'],
  },
  {
    view: 'credits.grams_gap',
    rows: 'credits.grams_now',
    sums: 'credits.grams_change',
    key: ['year', 'forest_class', 'state', 'detail'],
    amounts: ['grams'],
  },
];
const GAPS = [LAND, ...SIGNED];
const VIEWS = GAPS.map(({ view }) => view).join(', ');

const list = (names: readonly string[], before = ''): string =>
  names.map((name) => `${before}${name}`).join(', ');

/** What the rows come to at each level of places, less what the sums do. */
const gapOf = ({ rows, sums, key, amounts, kept }: Gap): string => `
  SELECT q.book, q.region, ${list(key, 'q.')},
         ${amounts.map((name) => `sum(q.${name})::bigint AS ${name}`).join(', ')}
    FROM (SELECT s.book, left(s.village, level.digits) AS region, ${list(key, 's.')}, ${list(amounts, 's.')}
            FROM ${rows} s CROSS JOIN (VALUES (6), (9), (12)) AS level (digits)
          UNION ALL
          SELECT s.book, s.region, ${list(key, 's.')}, ${kept ? list(kept, 's.') : list(amounts, '-s.')}
            FROM ${sums} s) q
   GROUP BY q.book, q.region, ${list(key, 'q.')}
  HAVING ${amounts.map((name) => `sum(q.${name}) <> 0`).join(' OR ')}`;

const mendSigned = ({ view, sums, key, amounts }: Gap): string => {
  const table = sums.startsWith('credits.') ? sums : 'credits.payable_change';
  const [column, value] = key.includes('day') ? ['', ''] : ['day, ', 'today, '];
  return `
    INSERT INTO ${table} (book, region, ${column}${list([...key, ...amounts])})
    SELECT d.book, d.region, ${value}${list([...key, ...amounts], 'd.')} FROM ${view} d WHERE d.book = p_book;
    GET DIAGNOSTICS added = ROW_COUNT;
    mended := mended + added;`;
};

const MEND = `
  CREATE FUNCTION credits.mend_one_book(p_book int) RETURNS bigint LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog AS $$
  DECLARE
    today  date := credits.day_of(platform.book_now(p_book));
    mended bigint := 0;
    added  bigint;
  BEGIN
    -- Nobody changes what is summed meanwhile.
    LOCK TABLE registry.parcel, credits.measurement, credits.issuance_share, credits.serial_move,
      credits.serial_block IN SHARE MODE;
    INSERT INTO credits.land_change (book, region, day, ${list(LAND.key)}, cause, parcels_in, parcels_out, area_in_mu100,
      area_out_mu100)
    SELECT d.book, d.region, today, ${list(LAND.key, 'd.')}, 'mended', greatest(d.parcels, 0), greatest(-d.parcels, 0),
           greatest(d.area_mu100, 0), greatest(-d.area_mu100, 0)
      FROM credits.land_gap d WHERE d.book = p_book;
    GET DIAGNOSTICS mended = ROW_COUNT;
    ${SIGNED.map(mendSigned).join('')}
    RETURN mended;
  END $$`;
