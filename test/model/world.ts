import { idOf } from '@app/kernel';
import { HOUR, MINUTE } from './instant';
import type { Draft } from './book';
import type { Command } from './commands';

/** The moment at which every book of the model begins. */
export const BEGIN = BigInt(Date.UTC(2026, 2, 1)) * 1000n;

/** `w` may go below zero without end, `b` by 50; `a` is debit-normal. The last two belong to a kind of the tests. */
export const OPEN_PATHS = ['w', 'a', 'b', 'c', 'd', 'e/1', 'e/2', 'e-1'] as const;
/** From which something can be set aside. */
export const CREDIT_NORMAL = OPEN_PATHS.filter((path) => path !== 'a');
export const PURSES = ['purse/1', 'purse/2', 'purse/1/a'] as const;
export const ASSETS = ['CNY', 'CO2E/m'] as const;

const floorOf = (path: string): bigint | null => (path === 'w' ? null : path === 'b' ? -50n : 0n);

/** With what a book begins: its accounts, and something on most of them. */
export const OPENING: readonly Command[] = [
  ...OPEN_PATHS.flatMap((path) =>
    ASSETS.map((asset): Command => ({
      do: 'open',
      path,
      asset,
      side: path === 'a' ? 1 : -1,
      floor: floorOf(path),
    })),
  ),
  ...ASSETS.map((asset): Command => ({ do: 'post', draft: funding(asset) })),
];

function funding(asset: string): Draft {
  const to = ['b', 'c', 'd', 'e/1', 'e/2'].map((path) => ({ path, asset, amount: -500n }));
  return {
    id: idOf('model', 'funding', asset),
    kind: 'transfer',
    legs: [{ path: 'w', asset, amount: 2_500n }, ...to],
  };
}

/** A key's id: the same in every book, as books share nothing. */
export const keyId = (key: number): string => idOf('model', String(key));

export const after = (minutes: number): bigint => BEGIN + BigInt(minutes) * MINUTE;
export const DAY = 24n * HOUR;
