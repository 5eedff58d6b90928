import { Client } from 'pg';

import {
  byteaArray,
  hexByteaArray,
  int4Array,
  int8Array,
  textArray,
  timestamptzArray,
  uuidArray,
} from '@app/platform';
import { createTestDatabase, type TestDatabase } from '../support';

describe('arrays in the binary form of PostgreSQL', () => {
  let database: TestDatabase;
  let client: Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new Client({ connectionString: database.appUrl });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  /** What the server read, element by element, in its own words. */
  const read = async (array: Buffer, type: string): Promise<(string | null)[]> => {
    const { rows } = await client.query<{ text: string | null }>(
      `SELECT x::text AS text FROM unnest($1::${type}[]) WITH ORDINALITY AS u (x, i) ORDER BY i`,
      [array],
    );
    return rows.map(({ text }) => text);
  };

  it('carry texts of any script, empty ones and nulls', async () => {
    const texts = ['', null, '汉阴县', 'a"b,{c}\\', '𠀀', 'p/1-汉', null, 'x'.repeat(5_000)];
    expect(await read(textArray(texts), 'text')).toEqual(texts);
  });

  it('carry integers to both of their ends', async () => {
    const wide = [0n, -1n, 9_223_372_036_854_775_807n, -9_223_372_036_854_775_808n, 9_007_199_254_740_993n];
    expect(await read(int8Array(wide), 'bigint')).toEqual(wide.map(String));
    const narrow = [0, -1, 2_147_483_647, -2_147_483_648];
    expect(await read(int4Array(narrow), 'int')).toEqual(narrow.map(String));
  });

  it('carry instants before and after the server’s own beginning of time', async () => {
    await client.query(`SET timezone = 'UTC'`);
    const instants = ['1970-01-01T00:00:00.001Z', '1999-12-31T23:59:59.999Z', '2026-11-20T09:30:00.123Z'];
    expect(
      await read(timestamptzArray([...instants.map((text) => new Date(text)), null]), 'timestamptz'),
    ).toEqual([
      '1970-01-01 00:00:00.001+00',
      '1999-12-31 23:59:59.999+00',
      '2026-11-20 09:30:00.123+00',
      null,
    ]);
  });

  it('carry uuids and bytes', async () => {
    const id = '0190f0c1-2b3c-8d4e-9f50-a1b2c3d4e5f6';
    expect(await read(uuidArray([id, null]), 'uuid')).toEqual([id, null]);
    expect(await read(byteaArray([Buffer.from('00ff5c', 'hex'), Buffer.alloc(0)]), 'bytea')).toEqual([
      '\\x00ff5c',
      '\\x',
    ]);
    expect(await read(hexByteaArray(['00ff5c', '', 'AbCd']), 'bytea')).toEqual([
      '\\x00ff5c',
      '\\x',
      '\\xabcd',
    ]);
  });

  it('carry no hex that is none', () => {
    for (const text of ['0g', 'abc', 'ä0', '-'])
      expect(() => hexByteaArray([text])).toThrow('hex has digits only');
  });

  it('may have nothing in them', async () => {
    const all: [Buffer, string][] = [
      [textArray([]), 'text'],
      [int4Array([]), 'int'],
      [int8Array([]), 'bigint'],
      [timestamptzArray([]), 'timestamptz'],
      [uuidArray([]), 'uuid'],
      [byteaArray([]), 'bytea'],
      [hexByteaArray([]), 'bytea'],
    ];
    for (const [array, type] of all) expect(await read(array, type)).toEqual([]);
  });
});
