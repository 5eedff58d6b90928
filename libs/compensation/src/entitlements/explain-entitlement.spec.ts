import fc from 'fast-check';

import { amountOfExplanation } from '../../../../test/support/explanations';
import { reckonDividends, reckonTopUp, writeDividend, writeTopUp } from '../dividend/dividend.rules';
import { reckonInstalment, writeInstalment } from '../instalment/instalment.rules';
import { reckonMilestone, writeMilestone } from '../milestone/milestone.rules';
import { reckonStipend, writeStipend } from '../stipend/stipend.rules';
import type { EntitlementKind } from './entitlement.words';
import { explainEntitlement } from './explain-entitlement';
import type { Figures } from './sentence.rules';

const both = (kind: EntitlementKind, figures: Figures, amountFen: bigint): string[] =>
  (['zh', 'en'] as const).map((language) => explainEntitlement({ kind, figures, amountFen }, language));

const fen = (max: bigint) => fc.bigInt({ min: 1n, max });

describe('the explanation of what is owed', () => {
  it('tells an instalment by area, rate and year since planting', () => {
    const figures = { areaMu100: 600n, fenPerMu: 30_000n, yearNo: 3 };
    expect(both('instalment', writeInstalment(figures), reckonInstalment(figures))).toEqual([
      '6.00 亩 × 300.00 元（第3年）= 1800.00 元',
      '6.00 mu × 300.00 yuan (year 3) = 1800.00 yuan',
    ]);
  });

  it('tells the two parts of a planting, which are the whole to the fen', () => {
    const whole = { areaMu100: 2_000n, fenPerMu: 20_000n, partPpm: 500_000n };
    expect(both('milestone', writeMilestone({ ...whole, part: 1 }), 200_000n)).toEqual([
      '20.00 亩 × 200.00 元 × 0.50（县级验收）= 2000.00 元',
      '20.00 mu × 200.00 yuan × 0.50 (county pass) = 2000.00 yuan',
    ]);
    const odd = { areaMu100: 101n, fenPerMu: 101n, partPpm: 500_000n };
    const parts = ([1, 2] as const).map((part) => reckonMilestone({ ...odd, part }));
    expect(parts).toEqual([51n, 51n]);
  });

  it('tells a month by its days', () => {
    const figures = { monthlyFen: 80_000n, days: 15, daysInMonth: 31, month: '2026-05' };
    expect(both('stipend', writeStipend(figures), reckonStipend(figures))).toEqual([
      '800.00 元 × 15 ÷ 31 天（2026-05）= 387.10 元',
      '800.00 yuan × 15 ÷ 31 days (2026-05) = 387.10 yuan',
    ]);
  });

  it('tells a dividend by its shares, and a top-up by its floor', () => {
    const dividend = { poolFen: 1_200_000n, shares: 30n, totalShares: 1_000n };
    expect(both('dividend', writeDividend(dividend), 36_000n)[0]).toBe(
      '12000.00 元 × 30 ÷ 1000 股 = 360.00 元',
    );
    expect(both('dividend', writeDividend(dividend), 36_001n)[1]).toBe(
      '12000.00 yuan × 30 ÷ 1000 shares = 360.01 yuan (remainder +0.01 yuan)',
    );
    const topUp = { parFen: 10_000n, shares: 30n, floorPpm: 50_000n, dividendFen: 10_000n };
    expect(both('top-up', writeTopUp(topUp), reckonTopUp(topUp))[0]).toBe(
      '100.00 元 × 30 股 × 0.05（保底）− 100.00 元（已分红）= 50.00 元',
    );
  });

  it('recomputes to its amount, whatever the figures', () => {
    const told = (kind: EntitlementKind, figures: Figures, amountFen: bigint): void => {
      for (const text of both(kind, figures, amountFen)) expect(amountOfExplanation(text)).toBe(amountFen);
    };
    const land = fc.record({ areaMu100: fen(10_000_000n), fenPerMu: fen(1_000_000n) });
    fc.assert(
      fc.property(land, fen(999_999n), fc.integer({ min: 1, max: 20 }), (of, partPpm, yearNo) => {
        const instalment = { ...of, yearNo };
        told('instalment', writeInstalment(instalment), reckonInstalment(instalment));
        const first = { ...of, part: 1 as const, partPpm };
        const second = { ...of, part: 2 as const, partPpm: 1_000_000n - partPpm };
        told('milestone', writeMilestone(first), reckonMilestone(first));
        told('milestone', writeMilestone(second), reckonMilestone(second));
        expect(reckonMilestone(first) + reckonMilestone(second)).toBe(reckonInstalment(instalment));
      }),
    );
    fc.assert(
      fc.property(fen(1_000_000n), fc.integer({ min: 28, max: 31 }), fen(28n), (monthlyFen, all, days) => {
        const figures = { monthlyFen, days: Number(days), daysInMonth: all, month: '2026-02' };
        told('stipend', writeStipend(figures), reckonStipend(figures));
      }),
    );
  });

  it('splits a distribution to the last fen, and tops each holder up to the floor and no further', () => {
    const registers = fc.array(fen(100_000n), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(
        fen(1_000_000_000n),
        registers,
        fen(100_000n),
        fc.bigInt({ min: 50_000n, max: 200_000n }),
        (poolFen, shares, parFen, floorPpm) => {
          const totalShares = shares.reduce((a, b) => a + b, 0n);
          const amounts = reckonDividends(poolFen, shares);
          expect(amounts.reduce((a, b) => a + b, 0n)).toBe(poolFen);
          amounts.forEach((amountFen, i) => {
            const figures = writeDividend({ poolFen, shares: shares[i]!, totalShares });
            for (const text of both('dividend', figures, amountFen))
              expect(amountOfExplanation(text)).toBe(amountFen);
            const topUp = { parFen, shares: shares[i]!, floorPpm, dividendFen: amountFen };
            const owed = reckonTopUp(topUp);
            const floorFen = (2n * parFen * shares[i]! * floorPpm + 1_000_000n) / 2_000_000n;
            expect(amountFen + owed >= floorFen).toBe(true);
            expect(owed === 0n || amountFen + owed === floorFen).toBe(true);
            if (owed > 0n)
              for (const text of both('top-up', writeTopUp(topUp), owed))
                expect(amountOfExplanation(text)).toBe(owed);
          });
        },
      ),
    );
  });
});
