import fc from 'fast-check';

import { balanced, differenceOf, valued, valueOf } from './balance-sheet.rules';

const perMu = (fen: bigint) => ({ ...PRICE, unit: 'fen-per-mu', fen }) as const;
const PRICE = { forestClass: 'broadleaf', source: '评估〔2026〕1号', validFrom: '2026-01-01' };

describe('a line of the balance sheet', () => {
  it('holds whatever the parts: what is left over is named', () => {
    const amounts = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n });
    fc.assert(
      fc.property(amounts, amounts, fc.array(amounts), (opening, closing, parts) => {
        const line = balanced(opening, closing, parts);
        expect(differenceOf(line)).toBe(0n);
        expect(line.increase >= 0n && line.decrease >= 0n).toBe(true);
      }),
    );
    expect(balanced(100n, 130n, [50n, -30n])).toEqual({
      ...{ opening: 100n, increase: 60n, decrease: 30n, closing: 130n },
    });
  });

  it('is worth its quantity at its price, half up', () => {
    // 12.30 mu at 15.75 yuan, 1.5 t at 60.00 yuan.
    expect(valueOf(1230n, perMu(1575n))).toBe(19373n);
    expect(valueOf(1_500_000n, { ...PRICE, unit: 'fen-per-t', fen: 6000n })).toBe(9000n);
  });

  it('tells apart what grew and what another price made of it', () => {
    const line = { opening: 1000n, increase: 300n, decrease: 100n, closing: 1200n };
    expect(valued(line, perMu(100n), perMu(200n))).toEqual({
      ...{ opening: 1000n, increase: 600n, decrease: 200n, closing: 2400n, revaluation: 1000n },
    });
    expect(valued(line, undefined, perMu(200n))).toBeNull();
  });
});
