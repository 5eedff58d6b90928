import { area, oneOf, optional, text } from './cell.rules';
import { differencesIn } from './differences.rules';
import type { ReadRow } from './read-rows';

const COLUMNS = {
  name: text(10),
  area_mu: area,
  kind: oneOf(['a', 'b'], { a: '甲', b: '乙' }),
  note: optional(text(9)),
};
const ROW = {
  row: 2,
  value: { name: '张', area_mu: 1_230n, kind: 'a', note: null },
  text: { name: '张', area_mu: '12.3', kind: '甲', note: '' },
} as ReadRow<typeof COLUMNS>;

describe('a row that the book has', () => {
  it('is the same however it is written', () => {
    expect(differencesIn(COLUMNS, ROW, { name: '张', area_mu: '12.30', kind: 'a', note: '' }).en).toContain(
      'the same',
    );
  });

  it('differs where it says something else, and no name is shown', () => {
    const told = differencesIn(COLUMNS, ROW, { name: '李', area_mu: '13.00', kind: 'a', note: 'x' });
    expect(told.en).toBe('the book has it with name, area_mu 13.00, note x; a change is an order');
    expect(told.zh).not.toContain('李');
  });

  it('is not compared where it could not be read', () => {
    const row = { ...ROW, value: { ...ROW.value, area_mu: undefined } };
    expect(differencesIn(COLUMNS, row, { area_mu: '13.00' }).en).toContain('the same');
  });
});
