import { Injectable } from '@nestjs/common';

import { dayOf, ok, refuse, type Result } from '@app/kernel';
import type { PostingRefusal } from '@app/ledger';
import { Books, Database, Statistics, UnitOfWork, type WorkContext } from '@app/platform';
import type { IssueRefusal } from '../credits.refusals';
import { checkPeriod } from '../period.rules';
import { BookRuleStore } from '../rules/book-rule.store';
import { IssuableStore, type WaitingTownship } from './issuable.store';
import { untilRefused } from './until-refused';
import { IssueCredits, type IssueCommand, type IssuedCredits } from './issue-credits';

/** Townships have no row in common; what they post waits for its turn in the book, briefly and last. */
const AT_ONCE = 2;

/**
 * Issues a region township by township, two at a time, each in a unit of work of its own, so that no issuance holds the book for
 * long. Broken off and run again it goes on with the townships that are left.
 */
@Injectable()
export class IssueRegion {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly books: Books,
    private readonly statistics: Statistics,
    private readonly issuables: IssuableStore,
    private readonly rules: BookRuleStore,
    private readonly database: Database,
    private readonly issueCredits: IssueCredits,
  ) {}

  /**
   * Refuses, before anything is issued: PERIOD_WRONG, PERIOD_NOT_OVER, DOCUMENT_REQUIRED, NOTHING_TO_ISSUE,
   * STATEMENT_REQUIRED, COMMENT_PERIOD_RUNNING and COMMENTS_UNANSWERED where all that waits is held back by them,
   * MEASUREMENTS_NOT_RECHECKED with the township, STEP_BY_SAME_PERSON without an acting order. LAND_CREDITED_BEFORE
   * stops it at the township concerned.
   */
  async execute(
    context: WorkContext,
    command: IssueCommand,
  ): Promise<Result<IssuedCredits[], IssueRefusal | PostingRefusal>> {
    const checked = await this.check(context, command);
    if (!checked.ok) return checked;
    // What was just measured in bulk is read township by township: the planner must know that it is there.
    await this.statistics.refresh('credits');
    const [first, ...others] = checked.value.map(
      ({ township }) =>
        () =>
          this.unitOfWork.run({ ...context, subject: `region/${township}` }, (tx) =>
            this.issueCredits.execute(tx, { ...command, region: township }),
          ),
    );
    const done = first ? [await first()] : [];
    // The first township opened accounts by the hundred: the ledger's plans were made when it had few.
    if (others.length > 0) await this.statistics.refresh('ledger');
    if (done.every(({ ok: isOk }) => isOk)) done.push(...(await untilRefused(others, AT_ONCE)));
    // The next readers are buyers: their orders look through everybody's lines, and everybody has an account now.
    for (const schema of ['credits', 'ledger']) await this.statistics.refresh(schema);
    const refused = done.find((one) => !one.ok);
    if (refused) return refused;
    const issued = done.flatMap((one) => (one.ok ? one.value : []));
    return issued.length > 0 ? ok(issued) : refuse({ code: 'NOTHING_TO_ISSUE', region: command.region });
  }

  private async check(
    { book, actor }: WorkContext,
    command: IssueCommand,
  ): Promise<Result<WaitingTownship[], IssueRefusal>> {
    const today = dayOf(await this.books.now(book));
    const period = checkPeriod(command.period, today);
    if (!period.ok) return period;
    if (command.documentNo.trim() === '') return refuse({ code: 'DOCUMENT_REQUIRED' });
    const days = (await this.rules.inForce(this.database, book, 'comment-days', today))?.days ?? 0;
    const townships = await this.issuables.townships(book, command, actor, today);
    for (const waiting of townships) {
      const { township, notRechecked, measuredBySelf, recheckedBySelf } = waiting;
      const held = heldBack(waiting, days > 0);
      if (held) return refuse(held);
      if (notRechecked > 0) {
        return refuse({ code: 'MEASUREMENTS_NOT_RECHECKED', region: township, parcels: notRechecked });
      }
      if (command.actingOrderNo === undefined && measuredBySelf + recheckedBySelf > 0) {
        const before = measuredBySelf > 0 ? 'measure' : 'recheck';
        return refuse({ code: 'STEP_BY_SAME_PERSON', step: 'issue', before });
      }
    }
    return townships.length > 0
      ? ok(townships)
      : refuse({ code: 'NOTHING_TO_ISSUE', region: command.region });
  }
}

/** What the public has to see or say first. */
function heldBack(
  { township: region, parcels, notStated, openUntil, commentedOn }: WaitingTownship,
  needsStatement: boolean,
): IssueRefusal | undefined {
  if (needsStatement && notStated > 0) return { code: 'STATEMENT_REQUIRED', region, parcels: notStated };
  if (openUntil !== null) return { code: 'COMMENT_PERIOD_RUNNING', region, until: openUntil };
  return commentedOn === parcels ? { code: 'COMMENTS_UNANSWERED', region, parcels } : undefined;
}
