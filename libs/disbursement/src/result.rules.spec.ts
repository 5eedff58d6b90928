import fc from 'fast-check';

import type { BankResult, ResultCode } from './payment-channel';
import { judge, type StandingLine } from './result.rules';

const standing = (seq: number, result: ResultCode | null = null): StandingLine => ({
  seq,
  line: `line-${seq}`,
  amountFen: 815_000n,
  source: 'roster',
  party: `party-${seq}`,
  result,
});
const known = (...lines: StandingLine[]) => new Map(lines.map((line) => [line.seq, line]));
const said = (seq: number, result: ResultCode, change: Partial<BankResult> = {}): BankResult => ({
  seq,
  key: `line-${seq}`,
  amountFen: 815_000n,
  result,
  reason: result === 'F' ? '38' : null,
  bankSerial: 'SERIAL',
  ...change,
});
const outcome = (judgement: ReturnType<typeof judge>) => ({
  changes: judgement.changes.map((change) => [change.standing.seq, change.result, change.reason]),
  findings: judgement.findings.map(({ code }) => code),
  repeated: judgement.repeated,
});

describe('judging results', () => {
  it('takes S, F with its reason, and P for lines that have heard nothing', () => {
    const page = [said(2, 'F'), said(1, 'S'), said(3, 'P')];
    expect(outcome(judge(known(standing(1), standing(2), standing(3)), page))).toEqual({
      changes: [
        [2, 'F', '38'],
        [1, 'S', null],
        [3, 'P', null],
      ],
      findings: [],
      repeated: 0,
    });
  });

  it('takes the same result twice as once', () => {
    expect(outcome(judge(known(standing(1)), [said(1, 'S'), said(1, 'S')]))).toEqual({
      changes: [[1, 'S', null]],
      findings: [],
      repeated: 1,
    });
  });

  it('lets S or F follow P, and takes P after either as stale', () => {
    const lines = known(standing(1, 'P'), standing(2, 'S'));
    expect(outcome(judge(lines, [said(1, 'S'), said(2, 'P'), said(1, 'P')]))).toEqual({
      changes: [[1, 'S', null]],
      findings: [],
      repeated: 2,
    });
  });

  it.each([
    ['S', 'F'],
    ['F', 'S'],
  ] as const)('finds fault with %s followed by %s and changes nothing', (before, after) => {
    expect(outcome(judge(known(standing(1, before)), [said(1, after)]))).toEqual({
      changes: [],
      findings: ['RESULT_AFTER_SETTLEMENT'],
      repeated: 0,
    });
  });

  it('keeps the first of two last words in one page', () => {
    expect(outcome(judge(known(standing(1)), [said(1, 'S'), said(1, 'F')]))).toEqual({
      changes: [[1, 'S', null]],
      findings: ['RESULT_AFTER_SETTLEMENT'],
      repeated: 0,
    });
  });

  it.each([
    ['an amount one fen off', 'RESULT_AMOUNT_DIFFERS', said(1, 'S', { amountFen: 814_999n })],
    ['a line that is not in the batch', 'RESULT_LINE_UNKNOWN', said(9, 'S')],
    ['another line under the same number', 'RESULT_KEY_DIFFERS', said(1, 'S', { key: 'line-2' })],
  ])('refuses %s', (_, code, result) => {
    expect(outcome(judge(known(standing(1)), [result]))).toEqual({
      changes: [],
      findings: [code],
      repeated: 0,
    });
  });

  it('names amounts in a finding, and no bank serial or free text', () => {
    const [finding] = judge(known(standing(1)), [said(1, 'S', { amountFen: 1n })]).findings;
    expect(finding?.facts).toEqual({
      seq: '1',
      result: 'S',
      line: 'line-1',
      amountFen: '815000',
      reportedFen: '1',
    });
  });

  it('ends at the same S and F whatever the cut of the pages', () => {
    const results = fc.array(
      fc.record({ seq: fc.integer({ min: 1, max: 4 }), result: fc.constantFrom('S', 'F', 'P') }),
    );
    fc.assert(
      fc.property(results, fc.nat(), (list, at) => {
        const page = list.map(({ seq, result }) => said(seq, result as ResultCode));
        const start = known(standing(1), standing(2), standing(3), standing(4));
        const whole = judge(start, page);
        const where = page.length === 0 ? 0 : at % page.length;
        const first = judge(start, page.slice(0, where));
        const between = new Map(start);
        for (const { standing: line, result } of first.changes) between.set(line.seq, { ...line, result });
        const second = judge(between, page.slice(where));
        const end = new Map([...first.changes, ...second.changes].map((c) => [c.standing.seq, c.result]));
        expect([...end].sort()).toEqual(whole.changes.map((c) => [c.standing.seq, c.result]).sort());
        expect(first.findings.length + second.findings.length).toBe(whole.findings.length);
      }),
    );
  });
});
