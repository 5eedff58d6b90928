import { Injectable } from '@nestjs/common';

/** The points of a payout at which a process may die. After each of them a second run must end the same way. */
export type PayoutStep =
  | 'submit.begun'
  | 'submit.slice-claimed'
  | 'submit.slice-posted'
  | 'submit.slice-committed'
  | 'submit.digest-fixed'
  | 'submit.sent'
  | 'submit.marked'
  | 'submit.committed'
  | 'apply.posted'
  | 'apply.committed';

/** Is told of every step. The product's own listener does nothing; a crash test throws. */
export abstract class PayoutSteps {
  abstract reached(step: PayoutStep): void;
}

@Injectable()
export class UnwatchedSteps extends PayoutSteps {
  override reached(): void {
    // Nobody listens in production.
  }
}
