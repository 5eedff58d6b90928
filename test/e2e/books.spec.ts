import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { createApp } from '../../apps/api/src/create-app';
import { CreateFirstAdministrator } from '@app/identity';
import { createDataSource, readEnvironment } from '@app/platform';
import { appEnvironment, createTestDatabase, type TestDatabase } from '../support';

describe('books', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let token: string;
  let root: string;

  const send = async (path: string, body: object, as: string | undefined = token) => {
    const headers = { 'content-type': 'application/json', ...(as && { authorization: `Bearer ${as}` }) };
    const answer = await fetch(`${root}/api/v1${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    const owner = createDataSource({ url: database.ownerUrl, poolMax: 1, applicationName: 'test' });
    await owner.initialize();
    const { login, password } = (await new CreateFirstAdministrator(owner).execute())!;
    await owner.destroy();
    app = await createApp(readEnvironment({ ...appEnvironment(database), LOG_LEVEL: 'fatal' }));
    await app.listen(0, '127.0.0.1');
    root = await app.getUrl();
    token = String((await send('/sessions', { user: login, password }, '')).body.token);
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  it('are opened live by the administrator of the house, with a ledger that takes entries at once', async () => {
    const opened = await send('/books', { code: '610924', name: '紫阳县', region: '610924' });
    expect(opened).toEqual({
      status: 201,
      body: { code: '610924', name: '紫阳县', mode: 'live', region: '610924' },
    });
    for (const [path, side] of [
      ['till', 'debit'],
      ['shop', 'credit'],
    ]) {
      const account = await send('/books/610924/accounts', { path, asset: 'CNY', side, floor: '0' });
      expect(account.status).toBe(201);
    }
    const listed = (await (await fetch(`${root}/api/v1/public/books`)).json()) as { items: object[] };
    expect(listed.items).toHaveLength(1);
  });

  it('are refused twice, with a malformed code, over no region, and to whoever has not signed in', async () => {
    const book = { code: '610924', name: '紫阳县', region: '610924' };
    expect(await send('/books', book)).toMatchObject({ status: 409, body: { code: 'BOOK_EXISTS' } });
    expect(await send('/books', { ...book, code: 'Ziyang!' })).toMatchObject({
      body: { code: 'BOOK_CODE_MALFORMED' },
    });
    expect(await send('/books', { ...book, code: 'x', region: '999999' })).toMatchObject({
      body: { code: 'REGION_UNKNOWN' },
    });
    expect(await send('/books', book, '')).toMatchObject({ status: 401, body: { code: 'SIGN_IN_REQUIRED' } });
  });
});
