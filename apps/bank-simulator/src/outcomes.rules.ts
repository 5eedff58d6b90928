import { createHash } from 'node:crypto';

/** S credited · F returned with a reason · P unknown: the bank itself cannot say yet. */
export type Outcome =
  { readonly result: 'S' } | { readonly result: 'F'; readonly reason: string } | { readonly result: 'P' };

export interface Behaviour {
  readonly seed: string;
  readonly failPerMille: number;
  readonly unknownPerMille: number;
  /** How long the bank takes between accepting a batch and settling it. */
  readonly settleAfterMs: number;
}

export const WELL_BEHAVED: Behaviour = {
  seed: '0',
  failPerMille: 0,
  unknownPerMille: 0,
  settleAfterMs: 1_000,
};

/** Codes of the postal savings response table that a payout meets in practice. */
const REASONS = ['38', '37', '9', '17', '13', '10'] as const;

/** A number in [0, 1,000,000) that depends on nothing but its arguments. */
function draw(...parts: readonly string[]): number {
  return createHash('sha256').update(parts.join('\u0000')).digest().readUInt32BE(0) % 1_000_000;
}

/**
 * Decides one line from the seed and the account, so that the same people fail in every run of one seed
 * whatever ids the run made up. A key that failed before was corrected by somebody: it goes through.
 */
export function decide(
  line: { readonly account: string; readonly amountFen: string },
  failedBefore: boolean,
  behaviour: Behaviour,
): Outcome {
  if (failedBefore) return { result: 'S' };
  const chance = draw(behaviour.seed, line.account, 'outcome') / 1_000;
  if (chance < behaviour.failPerMille) {
    return { result: 'F', reason: REASONS[draw(behaviour.seed, line.account, 'reason') % REASONS.length]! };
  }
  if (chance < behaviour.failPerMille + behaviour.unknownPerMille) return { result: 'P' };
  return { result: 'S' };
}
