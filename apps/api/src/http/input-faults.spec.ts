import { FAULTS_SHOWN_MAX, inputFaults } from './input-faults';

describe('what no field may be', () => {
  it('lets ordinary requests pass', () => {
    const request = {
      rides: [{ at: '2026-03-01T08:00:00+08:00', metres: 1200 }],
      note: '两行\n𠀀',
      direct: false,
    };
    expect(inputFaults(request, '')).toEqual([]);
  });

  it.each([
    ['NUL', { note: 'a\0b' }, 'note'],
    ['half a character', { note: '\ud800' }, 'note'],
    ['another control character', { items: [{ name: '\u001b[31m' }] }, 'items.0.name'],
    ['null', { region: null }, 'region'],
    ['null in a list', { items: [null] }, 'items.0'],
    ['a list in a list', { items: [[]] }, 'items.0'],
  ])('names the field that holds %s', (_what, request, field) => {
    expect(inputFaults(request, '')).toEqual([{ field, problem: expect.any(String) }]);
  });

  it('stops at a depth no request has, however deep the value goes', () => {
    const deep = JSON.parse('{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000)) as unknown;
    expect(inputFaults(deep, '')).toEqual([{ field: 'a.a.a.a.a.a.a.a.a', problem: 'is nested too deep' }]);
  });

  it('does not list more faults than somebody reads, nor repeat long names', () => {
    const wrong = Object.fromEntries(Array.from({ length: 1_000 }, (_none, n) => [`${n}`.repeat(100), null]));
    const faults = inputFaults(wrong, '');
    expect(faults).toHaveLength(FAULTS_SHOWN_MAX);
    expect(faults.every(({ field }) => field.length <= 64)).toBe(true);
  });
});
