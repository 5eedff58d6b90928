/** Entries of one statement: enough to make its cost small, few enough to be sorted in memory. */
const STEP = 250_000;

/**
 * Fills a book with entries of two legs between random payers, as many as posting would in hours: the rows that it
 * would have left, written as a superuser writes them. Numbers, times, versions and balances go on from where the
 * book is; the verification at the end of the run checks every one of them.
 */
export async function fill(stage, { place, entries }) {
  await stage.admin(async (admin) => {
    await admin.query(`SET work_mem = '512MB'`);
    await admin.query(PAYERS, [place.book]);
    for (let done = 0; done < entries; done += STEP) {
      const step = Math.min(STEP, entries - done);
      const began = Date.now();
      await admin.query('BEGIN');
      await admin.query(MOVES, [step, place.accounts]);
      for (const sql of [POSTINGS, ENTRIES, TOTALS, FENCE]) await admin.query(sql, [place.book, step]);
      await admin.query('DROP TABLE move');
      await admin.query('COMMIT');
      stage.log(`  ${done + step} entries, ${Math.round((step / (Date.now() - began)) * 1_000)}/s`);
    }
  });
}

const PAYERS = `
  CREATE TEMP TABLE payer AS
  SELECT row_number() OVER (ORDER BY a.path) - 1 AS no, a.id FROM ledger.account a
   WHERE a.book = $1 AND a.path ~ '^p[0-9]{6}$'`;

/** OFFSET 0: each random number is drawn once. */
const MOVES = `
  CREATE TEMP TABLE move AS
  SELECT e.n, l.leg, l.no, l.amount
    FROM (SELECT d.n, d.a, (d.a + 1 + floor(random() * ($2::int - 1))::int) % $2::int AS b
            FROM (SELECT n, floor(random() * $2::int)::int AS a FROM generate_series(0, $1::int - 1) n OFFSET 0) d
          OFFSET 0) e
   CROSS JOIN LATERAL (VALUES (1, e.a, 1::bigint), (2, e.b, -1::bigint)) AS l (leg, no, amount)`;

const TICK = `interval '1 microsecond'`;

/** In the order of their entries, as posting writes them. */
const POSTINGS = `
  INSERT INTO ledger.posting (book, account, version, seq, leg, asset, amount, balance_after, effective_at)
  SELECT $1, a.id, a.version + row_number() OVER w, f.next_seq + m.n, m.leg, a.asset, m.amount,
         a.side * (a.debits - a.credits + sum(m.amount) OVER w), f.recorded_at + (m.n + 1) * ${TICK}
    FROM ledger.fence f, move m
    JOIN payer p ON p.no = m.no
    JOIN ledger.account a ON a.book = $1 AND a.id = p.id
   WHERE f.book = $1 AND m.n < $2
  WINDOW w AS (PARTITION BY a.id ORDER BY m.n)
   ORDER BY m.n, m.leg`;

const ENTRIES = `
  INSERT INTO ledger.entry (book, seq, id, kind, legs, body, recorded_at, effective_at, actor)
  SELECT $1, f.next_seq + n, gen_random_uuid(), k.id, 2, sha256(int8send(f.next_seq + n)),
         f.recorded_at + (n + 1) * ${TICK}, f.recorded_at + (n + 1) * ${TICK}, 'bench'
    FROM ledger.fence f, ledger.entry_kind k, generate_series(0, $2::int - 1) n
   WHERE f.book = $1 AND k.kind = 'bench.move'`;

const TOTALS = `
  UPDATE ledger.account a
     SET debits = a.debits + q.debits, credits = a.credits + q.credits, version = a.version + q.postings,
         effective_high = f.recorded_at + (q.last + 1) * ${TICK}
    FROM ledger.fence f,
         (SELECT p.id, count(*) AS postings, max(m.n) AS last, coalesce(sum(m.amount) FILTER (WHERE m.amount > 0), 0) AS debits,
                 coalesce(-sum(m.amount) FILTER (WHERE m.amount < 0), 0) AS credits
            FROM move m JOIN payer p ON p.no = m.no WHERE m.n < $2 GROUP BY p.id) q
   WHERE f.book = $1 AND a.book = $1 AND a.id = q.id`;

const FENCE = `
  UPDATE ledger.fence SET next_seq = next_seq + $2::int, recorded_at = recorded_at + $2::int * ${TICK} WHERE book = $1`;
