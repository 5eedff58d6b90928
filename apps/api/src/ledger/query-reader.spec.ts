import { BodyError } from './body-reader';
import { AT, LIMIT, microsOf, queryOf } from './query-reader';

const reading = (query: Readonly<Record<string, unknown>>) => {
  try {
    return queryOf(query, { limit: LIMIT, at: AT });
  } catch (error) {
    if (error instanceof BodyError) return [error.refused.reason.code, error.refused.reason.pointer];
    throw error;
  }
};

describe('the parameters of an address', () => {
  it('are read when they are known and fit', () => {
    expect(reading({})).toEqual({});
    expect(reading({ limit: '500', at: '2026-11-20T09:30:00.123456Z' })).toEqual({
      limit: '500',
      at: '2026-11-20T09:30:00.123456Z',
    });
  });

  it.each<[string, Readonly<Record<string, unknown>>, string, string]>([
    ['not known', { page: '2' }, 'FIELD_UNKNOWN', 'page'],
    ['a name of every object', { constructor: '2' }, 'FIELD_UNKNOWN', 'constructor'],
    ['said twice', { limit: ['1', '2'] }, 'FIELD_NOT_TEXT', 'limit'],
    ['empty', { limit: '' }, 'FIELD_MALFORMED', 'limit'],
    ['too large', { limit: '501' }, 'FIELD_MALFORMED', 'limit'],
    ['a day', { at: '2026-11-20' }, 'INSTANT_MALFORMED', 'at'],
    ['an instant whose + became a space', { at: '2026-11-20T09:30:00 08:00' }, 'INSTANT_MALFORMED', 'at'],
    ['an instant of seven digits', { at: '2026-11-20T09:30:00.1234567Z' }, 'INSTANT_MALFORMED', 'at'],
    ['the year 10000', { at: '+010000-01-01T00:00:00Z' }, 'INSTANT_MALFORMED', 'at'],
  ])('are refused by name when one is %s', (_fact, query, code, pointer) => {
    expect(reading(query)).toEqual([code, pointer]);
  });

  it.each([
    ['2026-11-20T09:30:00+08:00', '2026-11-20T01:30:00.000000Z'],
    ['2026-11-20T09:30:00.5Z', '2026-11-20T09:30:00.500000Z'],
    ['2026-11-20T00:00:00.123456+08:00', '2026-11-19T16:00:00.123456Z'],
  ])('%s is the instant %s', (text, micros) => {
    expect(microsOf(text)).toBe(micros);
  });
});
