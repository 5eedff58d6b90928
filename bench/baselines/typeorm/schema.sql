-- The tables of the baseline. It promises less than ours: numbers may have gaps, nothing checks sums, no refusal is
-- frozen, nothing is audited. Its indexes are the ones its statements need; no foreign keys, as with ours.
CREATE TABLE account (
  id      bigint PRIMARY KEY,
  path    text COLLATE "C" NOT NULL,
  asset   text COLLATE "C" NOT NULL,
  floor   bigint,
  debits  bigint NOT NULL DEFAULT 0,
  credits bigint NOT NULL DEFAULT 0,
  version bigint NOT NULL DEFAULT 0,
  UNIQUE (path, asset)
) WITH (fillfactor = 50);
CREATE TABLE entry (
  seq          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key          text COLLATE "C" NOT NULL UNIQUE,
  body         bytea NOT NULL,
  kind         text NOT NULL,
  actor        text NOT NULL,
  recorded_at  timestamptz NOT NULL,
  effective_at timestamptz NOT NULL
);
CREATE TABLE posting (
  account       bigint NOT NULL,
  version       bigint NOT NULL,
  seq           bigint NOT NULL,
  leg           int NOT NULL,
  amount        bigint NOT NULL,
  balance_after bigint NOT NULL,
  PRIMARY KEY (account, version)
);
CREATE UNIQUE INDEX posting_seq ON posting (seq, leg);
