import { dateOfText, textOfMicros } from './instant';

describe('an instant in microseconds', () => {
  it.each([
    [0n, '1970-01-01T00:00:00.000000Z'],
    [1_763_700_000_000_001n, '2025-11-21T04:40:00.000001Z'],
    [999_999n, '1970-01-01T00:00:00.999999Z'],
    [-1n, '1969-12-31T23:59:59.999999Z'],
  ])('%s is written %s', (micros, text) => {
    expect(textOfMicros(micros)).toBe(text);
  });

  it('is a date to the millisecond below', () => {
    expect(dateOfText('2025-11-21T04:40:00.123999Z').toISOString()).toBe('2025-11-21T04:40:00.123Z');
  });
});
