import { move, type EntryDraft, type Leg } from '../entry';
import type { HoldView } from './hold.store';

/** What somebody wants taken out of a hold of the HTTP door. */
export interface HoldStep {
  readonly id: string;
  readonly hold: string;
  readonly as: 'commit' | 'release';
  /** The open account that a commit credits; a release goes back to where the amount came from. */
  readonly to?: string;
  /** All that is left when left out. */
  readonly amount?: bigint;
}

/** Where the amount of a hold sits until it ends. */
export const heldPath = (hold: string): string => `held/${hold}`;

/** The entry that takes a step. Its identity is what was asked: what is left may change until it is decided. */
export function draftOfStep(step: HoldStep, view?: HoldView): EntryDraft {
  const { id, hold, as, to, amount } = step;
  return {
    id,
    kind: as === 'commit' ? 'ledger.commit-hold' : 'ledger.release-hold',
    legs: view ? legsOf(view, to ?? view.account, amount) : [],
    asked: `${amount ?? 'all that is left'} to ${to ?? 'where it came from'}`,
    ends: amount === undefined ? { hold, as } : { hold, as, part: true },
  };
}

/** Of a hold that has ended the whole is asked for, so that the posting function refuses it, and freezes that. */
function legsOf({ id, asset, amount: whole, left }: HoldView, to: string, amount?: bigint): Leg[] {
  return move(heldPath(id), to, asset, amount ?? (left > 0n ? left : whole));
}

/** Gives back what is left when the time has run out. */
export const draftOfExpiry = (view: HoldView, id: string): EntryDraft => ({
  id,
  kind: 'ledger.expire-hold',
  legs: legsOf(view, view.account),
  ends: { hold: view.id, as: 'expire' },
});
