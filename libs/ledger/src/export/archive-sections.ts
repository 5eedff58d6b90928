/** One kind of rows in an archive: how they are written as JSON lists, and how they are taken in again. */
export interface ArchiveSection {
  readonly name: string;
  /** The lists, in an order that is the book's own. $1 is the book. */
  readonly select: string;
  /** Takes some of the lists. $1 is the book, $2 the texts of the lists. */
  readonly insert: string;
}

/** The lists of a batch, in their order. */
const LINES = `line AS (SELECT u.x::json AS x FROM unnest($2::text[]) WITH ORDINALITY AS u (x, i) ORDER BY u.i)`;

/** Accounts are numbered in order of path and asset: ids differ from one database to the next. */
const NUMBERED = `
  acc AS MATERIALIZED (
    SELECT a.id, row_number() OVER (ORDER BY a.path, s.code) AS n
      FROM ledger.account a JOIN ledger.asset s ON s.book = a.book AND s.id = a.asset WHERE a.book = $1)`;

const KINDS: readonly ArchiveSection[] = [
  {
    name: 'account kinds',
    select: `SELECT json_build_array(k.kind, k.owner, k.side, k.floor) FROM ledger.account_kind k
              WHERE $1::int IS NOT NULL ORDER BY k.kind`,
    insert: `WITH ${LINES}
      INSERT INTO ledger.account_kind (kind, owner, side, floor)
      SELECT x->>0, x->>1, (x->>2)::smallint, (x->>3)::bigint FROM line
       WHERE $1::int IS NOT NULL AND NOT EXISTS (SELECT FROM ledger.account_kind k WHERE k.kind = x->>0
         AND (k.owner, k.side, k.floor) IS NOT DISTINCT FROM (x->>1, (x->>2)::smallint, (x->>3)::bigint))`,
  },
  {
    name: 'entry kinds',
    select: `SELECT json_build_array(k.kind, k.owner, k.open, k.account_kinds, k.may_backdate_below_floor)
               FROM ledger.entry_kind k WHERE $1::int IS NOT NULL ORDER BY k.kind`,
    insert: `WITH ${LINES}, said AS (
        SELECT x->>0 AS kind, x->>1 AS owner, (x->>2)::boolean AS open,
               ARRAY(SELECT json_array_elements_text(x->3)) AS account_kinds, (x->>4)::boolean AS below FROM line)
      INSERT INTO ledger.entry_kind (kind, owner, open, account_kinds, may_backdate_below_floor)
      SELECT s.* FROM said s
       WHERE $1::int IS NOT NULL AND NOT EXISTS (SELECT FROM ledger.entry_kind k WHERE k.kind = s.kind
         AND (k.owner, k.open, k.account_kinds, k.may_backdate_below_floor)
             IS NOT DISTINCT FROM (s.owner, s.open, s.account_kinds, s.below))`,
  },
];

const ACCOUNTS: readonly ArchiveSection[] = [
  {
    name: 'assets',
    select: `SELECT json_build_array(s.code, s.unit, s.scale) FROM ledger.asset s WHERE s.book = $1 ORDER BY s.code`,
    insert: `WITH ${LINES} INSERT INTO ledger.asset (book, code, unit, scale)
      SELECT $1, x->>0, x->>1, (x->>2)::smallint FROM line`,
  },
  {
    name: 'accounts',
    select: `SELECT json_build_array(a.path, s.code, k.kind, a.side, a.floor, a.debits, a.credits, a.version,
                      a.effective_high, a.opened_at, a.closed_at)
               FROM ledger.account a JOIN ledger.asset s ON s.book = a.book AND s.id = a.asset
               JOIN ledger.account_kind k ON k.id = a.kind
              WHERE a.book = $1 ORDER BY a.path, s.code`,
    insert: `WITH ${LINES}, taken AS (
        INSERT INTO ledger.account (book, path, asset, kind, side, floor, debits, credits, version, effective_high,
                                    opened_at, closed_at)
        SELECT $1, x->>0, s.id, k.id, (x->>3)::smallint, (x->>4)::bigint, (x->>5)::bigint, (x->>6)::bigint,
               (x->>7)::bigint, (x->>8)::timestamptz, (x->>9)::timestamptz, (x->>10)::timestamptz
          FROM line
          JOIN ledger.asset s ON s.book = $1 AND s.code = x->>1
          JOIN ledger.account_kind k ON k.kind = x->>2
        RETURNING id, path, asset)
      INSERT INTO pg_temp.taken_account (n, id, asset)
      SELECT (SELECT count(*) FROM pg_temp.taken_account) + row_number() OVER (ORDER BY t.path, s.code), t.id, t.asset
        FROM taken t JOIN ledger.asset s ON s.book = $1 AND s.id = t.asset`,
  },
  {
    name: 'events',
    select: `SELECT json_build_array(v.no, v.at, v.actor, v.type, v.facts) FROM ledger.event v
              WHERE v.book = $1 ORDER BY v.no`,
    insert: `WITH ${LINES}
      INSERT INTO ledger.event (book, no, at, actor, type, facts, subject)
      SELECT $1, (x->>0)::bigint, (x->>1)::timestamptz, x->>2, x->>3, (x->4)::jsonb,
             CASE WHEN x->>3 = 'asset-opened' THEN s.id
                  WHEN x->>3 IN ('account-opened', 'account-closed', 'floor-changed') THEN a.id
                  WHEN x->>3 = 'kind-known' AND x#>>'{4,table}' = 'account_kind' THEN ak.id
                  WHEN x->>3 = 'kind-known' THEN ek.id END
        FROM line
        LEFT JOIN ledger.asset s ON s.book = $1 AND s.code = x#>>'{4,asset}'
        LEFT JOIN ledger.account a ON a.book = $1 AND a.asset = s.id AND a.path = x#>>'{4,account}'
        LEFT JOIN ledger.account_kind ak ON ak.kind = x#>>'{4,kind}'
        LEFT JOIN ledger.entry_kind ek ON ek.kind = x#>>'{4,kind}'`,
  },
];

/** An entry with its postings in order of their legs: [account, version, amount, balance after, high] each. */
const ENTRIES: ArchiveSection = {
  name: 'entries',
  select: `WITH ${NUMBERED}
    SELECT json_build_array(e.seq, e.id, k.kind, e.body, e.recorded_at, e.effective_at, e.actor, e.reference, e.memo,
                            e.reverses, e.hold, e.hold_as, p.legs)
      FROM ledger.entry e
      JOIN ledger.entry_kind k ON k.id = e.kind
      JOIN (SELECT q.seq, json_agg(json_build_array(acc.n, q.version, q.amount, q.balance_after, q.effective_high)
                                   ORDER BY q.leg) AS legs
              FROM ledger.posting q JOIN acc ON acc.id = q.account
             WHERE q.book = $1 GROUP BY q.seq) p ON p.seq = e.seq
     WHERE e.book = $1 ORDER BY e.seq`,
  insert: `WITH ${LINES}, taken AS (
      INSERT INTO ledger.entry (book, seq, id, kind, legs, body, recorded_at, effective_at, actor, reference, memo,
                                reverses, hold, hold_as)
      SELECT $1, (x->>0)::bigint, (x->>1)::uuid, k.id, json_array_length(x->12), (x->>3)::bytea,
             (x->>4)::timestamptz, (x->>5)::timestamptz, x->>6, x->>7, x->>8, (x->>9)::bigint,
             (x->>10)::uuid, x->>11
        FROM line JOIN ledger.entry_kind k ON k.kind = x->>2)
    INSERT INTO ledger.posting (book, account, version, seq, leg, asset, amount, balance_after, effective_at,
                                effective_high)
    SELECT $1, t.id, (p.x->>1)::bigint, (line.x->>0)::bigint, p.leg, t.asset, (p.x->>2)::bigint, (p.x->>3)::bigint,
           (line.x->>5)::timestamptz, (p.x->>4)::timestamptz
      FROM line
     CROSS JOIN LATERAL json_array_elements(line.x->12) WITH ORDINALITY AS p (x, leg)
      JOIN pg_temp.taken_account t ON t.n = (p.x->>0)::bigint`,
};

const ANSWERS: readonly ArchiveSection[] = [
  {
    name: 'refusals',
    select: `SELECT json_build_array(r.no, r.id, r.body, r.code, r.facts, r.actor, r.decided_at) FROM ledger.refusal r
              WHERE r.book = $1 ORDER BY r.no`,
    insert: `WITH ${LINES} INSERT INTO ledger.refusal (book, no, id, body, code, facts, actor, decided_at)
      SELECT $1, (x->>0)::bigint, (x->>1)::uuid, (x->>2)::bytea, x->>3, (x->4)::jsonb, x->>5, (x->>6)::timestamptz
        FROM line`,
  },
  {
    name: 'holds',
    select: `SELECT json_build_array(h.id, h.seq, h.owner, h.expires_at, h.state, h.ended_seq) FROM ledger.hold h
              WHERE h.book = $1 ORDER BY h.seq`,
    insert: `WITH ${LINES} INSERT INTO ledger.hold (book, id, seq, owner, expires_at, state, ended_seq)
      SELECT $1, (x->>0)::uuid, (x->>1)::bigint, x->>2, (x->>3)::timestamptz, x->>4, (x->>5)::bigint FROM line`,
  },
  {
    name: 'hold steps',
    select: `SELECT json_build_array(s.hold, s.seq, s."as") FROM ledger.hold_step s WHERE s.book = $1 ORDER BY s.seq`,
    insert: `WITH ${LINES} INSERT INTO ledger.hold_step (book, hold, seq, "as")
      SELECT $1, (x->>0)::uuid, (x->>1)::bigint, x->>2 FROM line`,
  },
];

const PERIODS: readonly ArchiveSection[] = [
  {
    name: 'periods',
    select: `SELECT json_build_array(p.no, p.ends_at, p.state, p.closed_at, p.closed_by, p.trial_balance, p.asked_by,
                      p.asked_at, p.reopened_by, p.reopened_at)
               FROM ledger.period p WHERE p.book = $1 ORDER BY p.no`,
    insert: `WITH ${LINES}
      INSERT INTO ledger.period (book, no, ends_at, state, closed_at, closed_by, trial_balance, asked_by, asked_at,
                                 reopened_by, reopened_at)
      SELECT $1, (x->>0)::bigint, (x->>1)::timestamptz, x->>2, (x->>3)::timestamptz, x->>4, (x->>5)::bytea, x->>6,
             (x->>7)::timestamptz, x->>8, (x->>9)::timestamptz FROM line`,
  },
  {
    name: 'period balances',
    select: `WITH ${NUMBERED} SELECT json_build_array(b.period, acc.n, b.debits, b.credits)
               FROM ledger.period_balance b JOIN acc ON acc.id = b.account
              WHERE b.book = $1 ORDER BY b.period, acc.n`,
    insert: `WITH ${LINES} INSERT INTO ledger.period_balance (book, period, account, debits, credits)
      SELECT $1, (x->>0)::bigint, t.id, (x->>2)::numeric, (x->>3)::numeric
        FROM line JOIN pg_temp.taken_account t ON t.n = (x->>1)::bigint`,
  },
];

/** The seals hold the seeds of the salts: whoever has them can guess at sealed contents. */
const CHAIN: readonly ArchiveSection[] = [
  {
    name: 'log',
    select: `SELECT json_build_array(l.origin) FROM ledger.log l WHERE l.book = $1`,
    insert: `WITH ${LINES} INSERT INTO ledger.log (book, origin) SELECT $1, x->>0 FROM line`,
  },
  {
    name: 'seals',
    select: `SELECT json_build_array(s.no, s.first_entry, s.next_entry, s.first_refusal, s.next_refusal,
                      s.first_event, s.next_event, s.seed, s.root, s.previous, s.sealed_at, s.hash, s.subtrees)
               FROM ledger.seal s WHERE s.book = $1 ORDER BY s.no`,
    insert: `WITH ${LINES}
      INSERT INTO ledger.seal (book, no, first_entry, next_entry, first_refusal, next_refusal, first_event, next_event,
                               seed, root, previous, sealed_at, hash, subtrees)
      SELECT $1, (x->>0)::bigint, (x->>1)::bigint, (x->>2)::bigint, (x->>3)::bigint, (x->>4)::bigint, (x->>5)::bigint,
             (x->>6)::bigint, (x->>7)::bytea, (x->>8)::bytea, (x->>9)::bytea, (x->>10)::timestamptz, (x->>11)::bytea,
             (x->>12)::bytea FROM line`,
  },
  {
    name: 'checkpoints',
    select: `SELECT json_build_array(c.size, c.root, c.note) FROM ledger.checkpoint c WHERE c.book = $1 ORDER BY c.size`,
    insert: `WITH ${LINES} INSERT INTO ledger.checkpoint (book, size, root, note)
      SELECT $1, (x->>0)::bigint, (x->>1)::bytea, x->>2 FROM line`,
  },
];

/** Last of all, so that nothing can post to the book while it is taken in. */
const FENCE: ArchiveSection = {
  name: 'fence',
  select: `SELECT json_build_array(f.next_seq, f.recorded_at, f.next_refusal, f.next_event, f.closed_until)
             FROM ledger.fence f WHERE f.book = $1`,
  insert: `WITH ${LINES} INSERT INTO ledger.fence (book, next_seq, recorded_at, next_refusal, next_event, closed_until)
    SELECT $1, (x->>0)::bigint, (x->>1)::timestamptz, (x->>2)::bigint, (x->>3)::bigint, (x->>4)::timestamptz FROM line`,
};

/** In the order in which they are written and taken in. */
export const SECTIONS: readonly ArchiveSection[] = [
  ...KINDS,
  ...ACCOUNTS,
  ENTRIES,
  ...ANSWERS,
  ...PERIODS,
  ...CHAIN,
  FENCE,
];
