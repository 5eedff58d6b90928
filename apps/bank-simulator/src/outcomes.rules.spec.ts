import { decide, type Behaviour } from './outcomes.rules';

const behaviour: Behaviour = { seed: '7', failPerMille: 20, unknownPerMille: 2, settleAfterMs: 0 };
const lines = Array.from({ length: 20_000 }, (_, i) => ({
  account: `62179${String(i).padStart(11, '0')}`,
  amountFen: '100',
}));
const count = (seed: string, result: string) =>
  lines.filter((line) => decide(line, false, { ...behaviour, seed }).result === result).length;

describe('what the simulated bank decides', () => {
  it('returns about two lines in a hundred and leaves about two in a thousand unknown', () => {
    expect(count('7', 'F')).toBeGreaterThan(320);
    expect(count('7', 'F')).toBeLessThan(480);
    expect(count('7', 'P')).toBeGreaterThan(15);
    expect(count('7', 'P')).toBeLessThan(75);
  });

  it('decides the same line the same way every time, and another seed decides otherwise', () => {
    const once = lines.map((line) => decide(line, false, behaviour));
    expect(lines.map((line) => decide(line, false, behaviour))).toEqual(once);
    expect(lines.map((line) => decide(line, false, { ...behaviour, seed: '8' }))).not.toEqual(once);
  });

  it('credits a key that failed before: somebody corrected it', () => {
    expect(lines.every((line) => decide(line, true, behaviour).result === 'S')).toBe(true);
  });
});
