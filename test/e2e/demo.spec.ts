import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import Redis from 'ioredis';
import { Client } from 'pg';

import { County, describeWithRedis, queuePrefix, redisUrl, type DemoReport } from '../support';
import { bytesOnDisk, filesBelow } from '../support/bytes-on-disk';

const ARGS = ['--county', '610924', '--households', '300', '--seed', '7'];

const sum = (amounts: Readonly<Record<string, string>>, names: readonly string[]) =>
  names.reduce((total, name) => total + BigInt(amounts[name]!), 0n);

function expectIdentities({ credits, fiscal, market }: DemoReport): void {
  expect(sum(credits, ['holding', 'reserved', 'card', 'retired', 'buffer', 'cancelled', 'external'])).toBe(
    BigInt(credits.issued!),
  );
  expect(
    sum(fiscal, ['fund', 'reserved', 'payable', 'inTransit', 'returned', 'stopped', 'paid', 'recovered']),
  ).toBe(BigInt(fiscal.allotted!));
  expect(sum(market, ['unsplit', 'afforestation', 'suppliers', 'nontax', 'fee', 'tax', 'channel'])).toBe(
    BigInt(market.proceeds!),
  );
  expect(market.custody).toBe(market.custodyLiabilities);
}

/** What must not differ between two runs of one seed. */
const figuresOf = ({ credits, fiscal, market, ...rest }: DemoReport) => ({
  ...{ credits, fiscal, market },
  land: [rest.plotGroups, rest.project, rest.externalList, rest.statement, rest.changes, rest.guards],
  books: [rest.vouchers, rest.receipts, rest.oneBook],
  moved: [rest.custody, rest.reversal],
  lines: [rest.rosterLines, rest.linesPaid, rest.linesFailedOnce, rest.linesReissued, rest.linesUnknown],
  cards: [rest.cardsSold, rest.certificates.length, rest.objections],
});

async function paidTwice(county: County): Promise<number> {
  const client = new Client({ connectionString: county.database.auditorUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ n: string }>(
      `SELECT count(*) AS n FROM (SELECT line FROM disbursement.batch_line WHERE result = 'S'
                                   GROUP BY book, line HAVING count(*) > 1) twice`,
    );
    return Number(rows[0]!.n);
  } finally {
    await client.end();
  }
}

let onPostgres: DemoReport | undefined;

/** PostgreSQL allows 100 unless told otherwise; one api, one worker and the operators' tools must fit with room to spare. */
const CONNECTIONS_MAX = 60;

async function connections(admin: Client): Promise<number> {
  const { rows } = await admin.query<{ n: string }>(
    `SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  );
  return Number(rows[0]!.n);
}

describe('a county from parcel to payout to card, queues on PostgreSQL', () => {
  let county: County;
  let mostConnections = 0;
  beforeAll(async () => {
    county = await County.open('postgres');
    const admin = new Client({ connectionString: county.database.adminUrl });
    await admin.connect();
    onPostgres = await county.demo(ARGS, async () => {
      mostConnections = Math.max(mostConnections, await connections(admin));
    });
    await admin.end();
  }, 420_000);
  afterAll(() => county.close());

  it('accounts for every gram and every fen, and its ledger verifies', () => {
    expect(onPostgres!.verify).toMatchObject({ ok: true, findings: [] });
    expect(onPostgres!.queueBackend).toBe('postgres');
    expectIdentities(onPostgres!);
  });

  it('pays, has lines come back and reissues them, sells cards and certifies them', () => {
    const { linesPaid, linesFailedOnce, linesReissued, cardsSold, certificates, objections } = onPostgres!;
    expect(linesPaid).toBeGreaterThan(0);
    expect(linesFailedOnce).toBeGreaterThan(0);
    expect(linesReissued).toBe(linesFailedOnce);
    expect(objections).toBe(1);
    expect(cardsSold).toBeGreaterThan(0);
    expect(certificates.length).toBe(cardsSold - 1);
    expect(BigInt(onPostgres!.credits.retired!)).toBeGreaterThan(0n);
  });

  it('publishes what was measured, credits no land that others hold, and changes land and households by orders', () => {
    const { plotGroups, project, externalList, statement, changes } = onPostgres!;
    expect({ plotGroups, project, externalList }).toEqual({
      plotGroups: 1,
      project: { state: 'registered', parcels: 5 },
      externalList: { entries: 2, matched: 1 },
    });
    expect(statement).toMatchObject({ comments: 1, recognised: expect.stringMatching(/-2025-g1$/) });
    // The uncertainty discount takes nothing here: all that was published and is somebody's was issued.
    expect(BigInt(onPostgres!.credits.issued!)).toBeLessThanOrEqual(BigInt(statement.grams));
    expect(changes).toEqual({
      ...{ areaCorrections: 1, parcelsSplit: 1, parcelsMerged: 2, parcelsMade: 3, rightsTransferred: 1 },
      ...{ householdsSplit: 1, householdsMerged: 1, householdsClosed: 1, payeesNamed: 1 },
    });
  });

  it('moves grams out and back, and has other grams stand in for those whose forest burned', () => {
    const { custody, reversal, credits } = onPostgres!;
    expect(custody).toEqual({ movedOutGrams: '100000', returnedGrams: '40000', differences: 0 });
    expect(credits.external).toBe('60000');
    const grams = (name: string) => BigInt(reversal[name]!);
    expect(grams('lostGrams')).toBe(grams('holdingGrams') + grams('bufferGrams') + grams('owedGrams'));
    expect(grams('owedGrams')).toBeGreaterThan(0n);
    expect(grams('owedGrams')).toBe(grams('replacedGrams') + grams('openGrams'));
    expect(reversal.certificatesMarked).toBeGreaterThan(0);
    expect(onPostgres!.exportedBytes).toBeGreaterThan(10_000);
  });

  it('tells the one book of its first day and of its last: the land is the same but for a correction', () => {
    const [first, last] = onPostgres!.oneBook;
    expect(first).toMatchObject({ day: '2026-03-02', issuedGrams: '0', cancelledGrams: '0' });
    expect([last!.issuedGrams, last!.cancelledGrams]).toEqual([
      onPostgres!.credits.issued,
      onPostgres!.credits.cancelled,
    ]);
    expect(last!.parcels - first!.parcels).toBe(0);
    expect(BigInt(last!.areaMu100) - BigInt(first!.areaMu100)).toBe(25n);
    expect(onPostgres!.vouchers).toBe(10);
    expect(onPostgres!.receipts).toBeGreaterThan(0);
  });

  it('stays within its budget of database connections, queues included', () => {
    expect(mostConnections).toBeGreaterThan(5);
    expect(mostConnections).toBeLessThanOrEqual(CONNECTIONS_MAX);
  });

  it('shows every certificate to whoever has its number, and knows no other number', async () => {
    for (const number of onPostgres!.certificates) {
      const answer = await fetch(`${county.apiUrl}/api/v1/public/certificates/${encodeURIComponent(number)}`);
      expect(answer.status).toBe(200);
      expect(JSON.stringify(await answer.json())).toContain('不是CCER');
    }
    const unknown = await fetch(`${county.apiUrl}/api/v1/public/certificates/TH-0000-0000`);
    expect(unknown.status).toBe(404);
    expect(await unknown.json()).toMatchObject({ code: 'CERTIFICATE_UNKNOWN' });
  });

  it('has no ID number, bank account or phone in clear in database files, queue or logs', async () => {
    const secrets = personalDataOf(county);
    expect(secrets.length).toBeGreaterThan(800);
    expect(found(secrets, county.output)).toEqual([]);
    const places = [...(await databaseFiles(county)), ...filesBelow(join(county.directory, 'bank'))];
    let read = 0;
    for (const file of places) {
      const bytes = bytesOnDisk(file);
      if (!bytes) continue;
      read += 1;
      expect({ file, found: found(secrets, bytes) }).toEqual({ file, found: [] });
    }
    expect(read).toBeGreaterThan(100);
  });
});

describeWithRedis('a county, queues on Redis', () => {
  let county: County;
  beforeAll(async () => {
    county = await County.open('redis');
  }, 60_000);
  afterAll(() => county.close());

  it('gives the same figures for the same seed, though its worker is killed and Redis flushed in mid-payout', async () => {
    const redis = new Redis(redisUrl());
    const disturbed: string[] = [];
    const report = await county.demo(ARGS, async (progress) => {
      for (const step of ['payout', 'reissue', 'rides']) {
        if (!progress.includes(`… ${step}`) || progress.includes(`✓ ${step}`) || disturbed.includes(step))
          continue;
        disturbed.push(step);
        const keys = await redis.keys(`${queuePrefix}*`);
        if (keys.length > 0) await redis.del(...keys);
        await county.killWorker();
      }
    });
    const left = await redis.keys(`${queuePrefix}*`);
    const values = await Promise.all(left.map(async (key) => String(await redis.dump(key))));
    await redis.quit();
    expect(disturbed).toContain('payout');
    expect(report.queueBackend).toBe('redis');
    expect(report.verify).toMatchObject({ ok: true, findings: [] });
    expectIdentities(report);
    expect(figuresOf(report)).toEqual(figuresOf(onPostgres!));
    expect(await paidTwice(county)).toBe(0);
    expect(found(personalDataOf(county), ...values)).toEqual([]);
  }, 420_000);
});

/** Every ID number, phone and account of the hand-over files. */
function personalDataOf(county: County): string[] {
  const isPeople = (name: string) => name === 'parties.csv';
  return [
    ...new Set(
      filesBelow(join(county.directory, 'files'), isPeople).flatMap((file) =>
        longNumbers(readFileSync(file)),
      ),
    ),
  ].filter((text) => /^(\d{17}[\dX]|\d{19}|1\d{10})$/.test(text));
}

/** Runs of digits long enough to be somebody's: an ID number may end in X. */
const longNumbers = (bytes: Buffer | string): string[] =>
  bytes.toString('latin1').match(/\d{10,}[\dX]/g) ?? [];

function found(secrets: readonly string[], ...places: readonly (Buffer | string)[]): string[] {
  const numbers = new Set(places.flatMap(longNumbers));
  return secrets.filter((secret) => numbers.has(secret));
}

/** The files of the test's database and the write-ahead log, as they lie on the disk of the server. */
async function databaseFiles(county: County): Promise<string[]> {
  const client = new Client({ connectionString: county.database.adminUrl });
  await client.connect();
  try {
    await client.query('CHECKPOINT');
    const { rows } = await client.query<{ folder: string; oid: number }>(
      `SELECT current_setting('data_directory') AS folder, oid FROM pg_database WHERE datname = current_database()`,
    );
    const { folder, oid } = rows[0]!;
    return [...filesBelow(join(folder, 'base', String(oid))), ...filesBelow(join(folder, 'pg_wal'))];
  } finally {
    await client.end();
  }
}
