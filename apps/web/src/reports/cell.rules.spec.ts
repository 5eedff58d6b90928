import { cellText } from './cell.rules';

describe('a cell of a report', () => {
  it('is written in the unit of its column, grouped by thousands', () => {
    expect(cellText('123456789', { unit: 'mu', scale: 2 }, 'zh')).toBe('1,234,567.89');
    expect(cellText('-1500000', { unit: 't', scale: 6 }, 'zh')).toBe('−1.500000');
    expect(cellText('12', { unit: 'count', scale: 0 }, 'zh')).toBe('12');
  });

  it('is a dash where nothing is stated, and a word in the reader’s language', () => {
    expect(cellText(null, { unit: 'yuan', scale: 2 }, 'zh')).toBe('—');
    expect(cellText({ zh: '竹林', en: 'Bamboo' }, { unit: 'text', scale: 0 }, 'en')).toBe('Bamboo');
    expect(cellText('2025', { unit: 'year', scale: 0 }, 'zh')).toBe('2025');
  });
});
