import { faultSaid, told } from './told';

const NAMES = { approved: '已同意', rights: '权利' };

it('tells what the loser of a race is told', () => {
  expect(told('approved', NAMES, 'zh')).toBe('已同意');
  expect(told([{ externalNo: 'HH1', sharePpm: '333333' }], NAMES, 'zh')).toBe('HH1 33.3333 %');
  expect(told([{ parcel: 'XB1', changed: ['rights'], closedOn: null }], NAMES, 'zh')).toBe('XB1 (权利)');
  expect(told([{ zh: '面积 1 亩 → 2 亩', en: 'area 1 mu → 2 mu' }], NAMES, 'en')).toBe('area 1 mu → 2 mu');
});

it('tells a fault by its row, its field and what would be right', () => {
  expect(faultSaid({ row: 2, field: 'day', expected: { zh: '日期', en: 'a day' } }, 'zh')).toBe(
    '2 day: 日期',
  );
  expect(faultSaid({ field: 'from', problem: 'must be a day' }, 'en')).toBe('from: must be a day');
  expect(faultSaid('x', 'zh')).toBeUndefined();
});
