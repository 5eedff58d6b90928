import { Injectable } from '@nestjs/common';

import { ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { covers } from '@app/regions';
import { MeasurementStore } from '../measuring/measurement.store';
import { numberInText } from '../text.rules';
import { CommentStore, type CommentOutcome } from './comment.store';
import type { AnswerRefusal } from './statement.refusals';
import { MeasuredStatementStore, type Statement } from './measured-statement.store';

export interface AnswerDraft {
  readonly statement: string;
  readonly no: number;
  /** Upheld: the parcel's measurement is rejected and it is measured again. */
  readonly outcome: CommentOutcome;
  /** Public: it names nobody. */
  readonly answer: string;
  /** Regions the answering person is responsible for. */
  readonly regions: readonly string[];
}

/** Answers a comment, once, by somebody who did not make it; from then on its parcel may be issued, or is measured again. */
@Injectable()
export class AnswerComment {
  constructor(
    private readonly statements: MeasuredStatementStore,
    private readonly comments: CommentStore,
    private readonly measurements: MeasurementStore,
  ) {}

  /**
   * Refuses COMMENT_UNKNOWN (also outside the regions), COMMENT_ANSWERED, COMMENT_EMPTY, PERSONAL_NUMBER_IN_TEXT,
   * STEP_BY_SAME_PERSON also when the actor measured what would be rejected.
   */
  async execute(tx: Tx, draft: AnswerDraft): Promise<Result<{ no: number }, AnswerRefusal>> {
    const answer = draft.answer.trim();
    if (answer === '') return refuse({ code: 'COMMENT_EMPTY', field: 'answer' });
    const number = numberInText({ answer });
    if (number) return refuse(number);
    const { no, outcome } = draft;
    await this.measurements.lockBook(tx);
    const statement = await this.statements.find(tx, tx.book, draft.statement);
    const comment = statement && (await this.comments.lock(tx, statement.id, no));
    if (
      !statement ||
      !comment ||
      !draft.regions.some((own) => covers(own, comment.village ?? statement.region))
    ) {
      return refuse({ code: 'COMMENT_UNKNOWN', statement: draft.statement, no });
    }
    if (comment.answeredAt !== null) return refuse({ code: 'COMMENT_ANSWERED', statement: statement.no, no });
    if (comment.madeBy === tx.context.actor) {
      return refuse({ code: 'STEP_BY_SAME_PERSON', step: 'answer', before: 'comment' });
    }
    if (outcome === 'upheld' && comment.parcelCode !== null) {
      const rejected = await this.reject(tx, statement, comment.parcelCode, answer);
      if (!rejected.ok) return rejected;
    }
    await this.comments.answer(tx, comment.id, { outcome, answer });
    tx.audit({ statement: statement.no, comment: no, outcome });
    return ok({ no });
  }

  /** Unless another comment did it before. */
  private async reject(
    tx: Tx,
    { region, year }: Statement,
    parcelCode: string,
    note: string,
  ): Promise<Result<null, AnswerRefusal>> {
    const period = { from: `${year}-01-01`, to: `${year}-12-31` };
    const checking = { region, period, outcome: 'reject' as const, parcelCodes: [parcelCode] };
    const { own, unknown } = await this.measurements.open(tx, checking);
    if (unknown.length > 0) return ok(null);
    if (own > 0) return refuse({ code: 'STEP_BY_SAME_PERSON', step: 'answer', before: 'measure' });
    await this.measurements.check(tx, checking, note.slice(0, 500));
    return ok(null);
  }
}
