import type { Leg } from './book';
import type { Batch, Command } from './commands';
import type { Steps } from './scenario';
import { after, keyId } from './world';

const move = (from: string, to: string, size: bigint): Leg[] => [
  { path: from, asset: 'CNY', amount: size },
  { path: to, asset: 'CNY', amount: -size },
];
const hold = (key: number, from: string): Command => ({
  ...{ do: 'hold', id: keyId(key), from, asset: 'CNY', amount: 5n, expiresAt: after(600) },
});
const batch = (dryRun: boolean, sizes: readonly bigint[]): Batch => ({
  ...{ do: 'batch', id: keyId(1), mode: 'continue', dryRun },
  drafts: sizes.map((size) => ({ kind: 'transfer', legs: move('c', 'd', size) })),
});

/** Of all or none, too much for what `c` has. */
const tooMuch: Batch = { ...batch(false, [9_999_999n]), mode: 'atomic' };
/** Its first item does not balance, so the ledger never hears of it; the batch's key is that item's. */
const withSlip: Batch = {
  ...batch(false, [3n, 4n]),
  drafts: [
    { kind: 'transfer', legs: [...move('c', 'd', 3n).slice(0, 1), { path: 'd', asset: 'CNY', amount: -2n }] },
    { kind: 'transfer', legs: move('c', 'd', 4n) },
  ],
};

const [ASKS, HOLDS] = [40, 20];
const AHEAD: Command = {
  do: 'ask',
  query: { of: 'tree', prefix: 'held', depth: 2, recordedAt: after(10_000), limit: 500 },
};

const among = (count: number, of: (caller: number) => Command[]): Command[][] =>
  Array.from({ length: count }, (_none, caller) => of(caller));
const asks = (count: number): Command[] => Array.from({ length: count }, () => AHEAD);
/** Each opens an account of its own. */
const holds = (count: number, caller: number): Command[] =>
  Array.from({ length: count }, (_none, at) => hold(caller * count + at + 1, 'c'));

/** What once went wrong, as few commands as show it: seeds lose their meaning when the generators change. */
export const PAST: Readonly<Record<string, Steps>> = {
  'a hold was placed on what another hold keeps': [[[hold(1, 'c'), hold(2, `held/${keyId(1)}`)]]],
  'a batch whose first item was refused was a reused key when it came again': [
    [[batch(false, [9_999n, 3n]), batch(false, [9_999n, 3n])]],
  ],
  'a reused key of a batch of one was told as its item': [[[batch(false, [3n]), batch(false, [4n])]]],
  'the key of a refused batch came again, of one whose first item does not balance': [[[tooMuch, withSlip]]],
  'a dry run asked twice at once was told as replayed': [[[batch(true, [3n])], [batch(true, [3n])]]],
  'a tree of a time still ahead had an account that was opened while it was read': [
    [...among(6, () => asks(ASKS)), ...among(6, (caller) => holds(HOLDS, caller))],
  ],
};

/** Answers that chance meets too seldom to rely on. */
export const SELDOM: Steps = [
  [
    [
      { do: 'close', path: 'e-1', asset: 'CNY' },
      { do: 'post', draft: { id: keyId(1), kind: 'transfer', legs: move('c', 'e-1', 1n) } },
      { do: 'post', draft: { id: keyId(2), kind: 'transfer', legs: move('c', 'd', 1n) } },
      { do: 'reverse', id: keyId(3), entry: keyId(2) },
      { do: 'reverse', id: keyId(4), entry: keyId(3) },
    ],
  ],
];
