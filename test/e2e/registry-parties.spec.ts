import { newId } from '@app/kernel';
import { Database } from '@app/platform';
import { Registry } from '@app/registry';
import { csv, household, OTHER_VILLAGE } from '../invariants/registry-book';
import { COUNTY, OTHER_TOWN, RegistryEdge, TOWN } from './registry-edge';

const ACCOUNT = {
  bank: '另一银行',
  number: '6228480000000000017',
  holderName: '测试户1',
  evidence: '存折复印件，2026年3月1日',
};

describe('parties over HTTP', () => {
  let edge: RegistryEdge;
  let handler: string;
  let townFinance: string;
  let otherTownFinance: string;
  let household1: string;
  let idOf: (externalNo: string) => string;

  beforeAll(async () => {
    edge = await RegistryEdge.start();
    ({ handler, idOf } = await edge.loadCounty());
    await edge.upload('parties', handler, csv('parties', [household(20)]));
    townFinance = await edge.staff('town-finance', TOWN);
    otherTownFinance = await edge.staff('town-finance', OTHER_TOWN);
    household1 = await edge.person(household(1).phone!);
  });
  afterAll(() => edge.stop());

  describe('the parties list', () => {
    const namesOf = (body: { items?: { externalNo: string }[] }) =>
      body.items?.map((item) => item.externalNo);

    it('shows staff only what lies in their region, without personal numbers', async () => {
      const { body } = await edge.call('GET', 'books/county/parties?limit=200', otherTownFinance);
      expect(namesOf(body)).toContain('HH00003');
      expect(namesOf(body)).not.toContain('HH00001');
      expect(body.items[0]).toEqual({
        id: idOf('HH00003'),
        externalNo: 'HH00003',
        kind: 'household',
        name: '测试户3',
        region: OTHER_VILLAGE,
        closedOn: null,
        hasPhone: true,
        account: { bank: '测试银行', last4: '0003', payee: null },
      });
    });

    it('narrows a wider region to the caller’s own and refuses one outside it', async () => {
      const wide = await edge.call('GET', `books/county/parties?region=${COUNTY}`, otherTownFinance);
      const outside = await edge.call('GET', `books/county/parties?region=${TOWN}`, otherTownFinance);
      expect(namesOf(wide.body)).toContain('HH00003');
      expect(namesOf(wide.body)).not.toContain('HH00001');
      expect([outside.status, outside.body.code]).toEqual([403, 'POST_REQUIRED']);
    });

    it('finds by part of a name or by number, a per cent sign being just a sign', async () => {
      const byName = await edge.call('GET', `books/county/parties?q=${encodeURIComponent('户2')}`, handler);
      const byNumber = await edge.call('GET', 'books/county/parties?q=HH00002', handler);
      const bySign = await edge.call('GET', 'books/county/parties?q=%25', handler);
      expect(namesOf(byName.body)).toEqual(['HH00002', 'HH00020']);
      expect(namesOf(byNumber.body)).toEqual(['HH00002']);
      expect(namesOf(bySign.body)).toEqual([]);
    });

    it('comes in pages that meet without gap or overlap', async () => {
      const whole = await edge.call('GET', 'books/county/parties?limit=200', handler);
      const pages: string[] = [];
      let cursor = '';
      do {
        const { body } = await edge.call('GET', `books/county/parties?limit=2${cursor}`, handler);
        pages.push(...(namesOf(body) ?? []));
        cursor = body.next ? `&cursor=${encodeURIComponent(body.next)}` : '';
      } while (cursor);
      expect(pages).toEqual(namesOf(whole.body));
      expect(pages.length).toBeGreaterThan(4);
    });

    it('is not for households or strangers', async () => {
      expect((await edge.call('GET', 'books/county/parties', household1)).status).toBe(403);
      expect((await edge.call('GET', 'books/county/parties')).status).toBe(401);
    });
  });

  describe('a bank account', () => {
    const correct = (token: string, party: string, body: object = ACCOUNT) =>
      edge.call('PUT', `books/county/parties/${party}/bank-account`, token, body);

    it('is corrected by town finance; the payee’s details follow and the history stays', async () => {
      const registry = edge.app.get(Registry, { strict: false });
      const party = idOf('HH00001');
      const before = (await registry.paymentDetails(edge.books.county, [party])).get(party);
      const answer = await correct(townFinance, party);
      expect(answer.status).toBe(200);
      const after = (await registry.paymentDetails(edge.books.county, [party])).get(party);
      expect(after).toEqual({
        party,
        account: answer.body.account,
        bank: '另一银行',
        number: ACCOUNT.number,
        last4: '0017',
        holderName: '测试户1',
      });
      const earlier = await registry.accountDetails(edge.books.county, [before!.account]);
      expect(earlier.get(before!.account)?.number).toBe(household(1).bank_account);
      const { body } = await edge.call('GET', `books/county/parties/${party}/bank-accounts`, townFinance);
      expect(body.items).toMatchObject([
        { id: answer.body.account, last4: '0017', isCurrent: true, evidence: ACCOUNT.evidence },
        { id: before!.account, last4: '0001', isCurrent: false },
      ]);
      expect(JSON.stringify(body)).not.toContain(ACCOUNT.number);
    });

    it('that is the current one already is refused', async () => {
      await correct(townFinance, idOf('HH00001'));
      const again = await correct(townFinance, idOf('HH00001'));
      expect([again.status, again.body.code]).toEqual([409, 'BANK_ACCOUNT_UNCHANGED']);
    });

    it.each([
      ['7 digits', { number: '1234567' }, 'BANK_ACCOUNT_MALFORMED'],
      ['letters', { number: '62284800A0000' }, 'BANK_ACCOUNT_MALFORMED'],
      ['no evidence', { evidence: '' }, 'FIELDS_INVALID'],
    ])('with %s is refused without repeating the number', async (_what, change, code) => {
      const answer = await correct(townFinance, idOf('HH00001'), { ...ACCOUNT, ...change });
      expect([answer.status, answer.body.code]).toEqual([422, code]);
      expect(JSON.stringify(answer.body)).not.toContain('62284800A0000');
    });

    it('of a party of another town is not there for this town, nor for other posts', async () => {
      for (const party of [idOf('HH00001'), newId(), 'x']) {
        const answer = await correct(otherTownFinance, party);
        expect([answer.status, answer.body.code]).toEqual([404, 'PARTY_UNKNOWN']);
        const history = await edge.call(
          'GET',
          `books/county/parties/${party}/bank-accounts`,
          otherTownFinance,
        );
        expect(history.status).toBe(404);
      }
      expect((await correct(handler, idOf('HH00001'))).body.code).toBe('POST_REQUIRED');
      expect((await correct(household1, idOf('HH00001'))).body.code).toBe('POST_REQUIRED');
    });

    it('corrected twice at once has one current row', async () => {
      const answers = await Promise.all(
        ['6228480000000000033', '6228480000000000041', '6228480000000000058'].map((number) =>
          correct(townFinance, idOf('HH00002'), { ...ACCOUNT, number }),
        ),
      );
      const statuses = answers.map(({ status }) => status);
      expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(0);
      expect(statuses.every((status) => status === 200 || status === 409)).toBe(true);
      const rows = await edge.app
        .get(Database, { strict: false })
        .query('SELECT 1 FROM registry.payee_account WHERE book = $1 AND party = $2', [
          edge.books.county,
          idOf('HH00002'),
        ]);
      expect(rows).toHaveLength(1);
    });
  });
});
