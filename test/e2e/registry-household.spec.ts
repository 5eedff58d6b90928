import { newId } from '@app/kernel';
import { household } from '../invariants/registry-book';
import { RegistryEdge } from './registry-edge';

describe('what is a household’s own', () => {
  let edge: RegistryEdge;
  let handler: string;
  let household1: string;
  let household2: string;
  let idOf: (externalNo: string) => string;

  beforeAll(async () => {
    edge = await RegistryEdge.start();
    ({ handler, idOf } = await edge.loadCounty());
    household1 = await edge.person(household(1).phone!);
    household2 = await edge.person(household(2).phone!);
  });
  afterAll(() => edge.stop());

  describe('a household', () => {
    it('sees its parties, parcels and shares, certificates partly hidden', async () => {
      const { status, body } = await edge.call('GET', 'books/county/my/land', household1);
      expect(status).toBe(200);
      expect(body.day).toBe('2026-03-02');
      expect(body.parties.map(({ externalNo }: { externalNo: string }) => externalNo)).toEqual([
        'HH00001',
        'JT1',
      ]);
      // The right to the third parcel ended last year.
      expect(body.items).toHaveLength(1);
      expect(body.items[0]).toMatchObject({
        party: idOf('HH00001'),
        villageName: '东城门社区居委会',
        right: { kind: 'management', sharePpm: '666667', from: '2020-01-01', to: null },
        parcel: { code: 'XB00001', areaMu100: '1230', isPayable: true, certificateNo: '林证字****0001' },
      });
      expect(JSON.stringify(body)).not.toContain('林证字00000001');
    });

    it('sees nothing of others: not their parties, not their land, not their consents', async () => {
      const { body } = await edge.call('GET', 'books/county/my/land', household1);
      expect(JSON.stringify(body)).not.toContain('HH00002');
      expect(JSON.stringify(body)).not.toContain('XB00002');
      const consents = await edge.call('GET', 'books/county/my/consents', household1);
      expect(consents.body.items).toEqual([]);
    });

    it('unknown to the book has an empty page, and staff have none', async () => {
      const stranger = await edge.person('13712345678');
      expect((await edge.call('GET', 'books/county/my/land', stranger)).body).toMatchObject({
        parties: [],
        items: [],
      });
      expect((await edge.call('GET', 'books/other/my/land', household1)).body).toMatchObject({
        parties: [],
        items: [],
      });
      expect((await edge.call('GET', 'books/county/my/land', handler)).body.code).toBe('PERSON_REQUIRED');
      expect((await edge.call('GET', 'books/nowhere/my/land', household1)).body.code).toBe('BOOK_UNKNOWN');
    });
  });

  describe('a consent', () => {
    const give = (token: string, body: object) => edge.call('POST', 'books/county/my/consents', token, body);
    const revoke = (token: string, id: string) =>
      edge.call('POST', `books/county/my/consents/${id}/revocation`, token);

    it('is given once, revoked once, and can be given anew', async () => {
      const terms = { partyId: idOf('HH00001'), sharePercent: '60', until: '2028-12-31' };
      const given = await give(household1, terms);
      expect(given.status).toBe(201);
      const twice = await give(household1, terms);
      expect(twice).toMatchObject({
        status: 409,
        body: { code: 'CONSENT_IN_FORCE', consent: given.body.id, until: '2028-12-31' },
      });
      expect((await revoke(household1, given.body.id)).status).toBe(201);
      const again = await revoke(household1, given.body.id);
      expect([again.status, again.body.code]).toEqual([409, 'CONSENT_REVOKED_BEFORE']);
      expect((await give(household1, terms)).status).toBe(201);
      const { body } = await edge.call('GET', 'books/county/my/consents', household1);
      expect(body.items).toHaveLength(2);
      expect(body.items.map(({ sharePpm }: { sharePpm: string }) => sharePpm)).toEqual(['600000', '600000']);
    });

    it('given ten times at once is given once', async () => {
      const person = await edge.person(household(3).phone!);
      const terms = { partyId: idOf('HH00003'), sharePercent: '50', until: '2027-03-02' };
      const answers = await Promise.all(Array.from({ length: 10 }, () => give(person, terms)));
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 409)).toHaveLength(9);
    });

    it('of another household is neither given nor revoked', async () => {
      const terms = { partyId: idOf('HH00001'), sharePercent: '60', until: '2028-12-31' };
      const given = await give(household2, terms);
      expect([given.status, given.body.code]).toEqual([404, 'PARTY_UNKNOWN']);
      const own = await edge.call('GET', 'books/county/my/consents', household2);
      const [imported] = own.body.items;
      for (const id of [imported.id, newId(), 'x']) {
        const answer = await revoke(household1, id);
        expect([answer.status, answer.body.code]).toEqual([404, 'CONSENT_UNKNOWN']);
      }
      const still = await edge.call('GET', 'books/county/my/consents', household2);
      expect(still.body.items[0].revokedAt).toBeNull();
    });

    it('of a collective needs its members’ resolution', async () => {
      const answer = await give(household1, {
        partyId: idOf('JT1'),
        sharePercent: '60',
        until: '2028-12-31',
      });
      expect([answer.status, answer.body.code]).toEqual([422, 'CONSENT_NEEDS_RESOLUTION']);
    });

    it.each([
      [{ sharePercent: '0' }, 'CONSENT_SHARE_WRONG'],
      [{ sharePercent: '100.1' }, 'CONSENT_SHARE_WRONG'],
      [{ sharePercent: '1e309' }, 'CONSENT_SHARE_WRONG'],
      [{ until: '2026-03-01' }, 'CONSENT_TERM_WRONG'],
      [{ until: '2126-03-01' }, 'CONSENT_TERM_WRONG'],
      [{ until: '2026-02-30' }, 'CONSENT_TERM_WRONG'],
      [{ partyId: 'x' }, 'FIELDS_INVALID'],
      [{ sharePercent: 60 }, 'FIELDS_INVALID'],
    ])('with %j is refused', async (change, code) => {
      const answer = await give(household2, {
        partyId: idOf('HH00002'),
        sharePercent: '60',
        until: '2028-12-31',
        ...change,
      });
      expect([answer.status, answer.body.code]).toEqual([422, code]);
    });

    it('is not for staff to give', async () => {
      const answer = await give(handler, {
        partyId: idOf('HH00001'),
        sharePercent: '60',
        until: '2028-12-31',
      });
      expect([answer.status, answer.body.code]).toEqual([403, 'PERSON_REQUIRED']);
    });
  });
});
