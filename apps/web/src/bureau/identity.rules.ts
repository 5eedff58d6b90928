import { sum } from '../ui/format';
import type { FiscalFigures } from '../api/types';

/** 额度 = 可用 + 冻结 + 已支付 + 已收回 (rules.md 1), in fen; the difference is what the four do not explain. */
export interface Identity {
  readonly allotted: bigint;
  readonly available: bigint;
  readonly frozen: bigint;
  readonly paid: bigint;
  readonly recovered: bigint;
  readonly difference: bigint;
}

export function identityOf(figures: FiscalFigures): Identity {
  const { reserved, payable, inTransit, returned, stopped } = figures;
  const frozen = sum(reserved, payable, inTransit, returned, stopped);
  const allotted = BigInt(figures.allotted);
  const available = BigInt(figures.fund);
  const paid = BigInt(figures.paid);
  const recovered = BigInt(figures.recovered);
  const difference = allotted - available - frozen - paid - recovered;
  return { allotted, available, frozen, paid, recovered, difference };
}
