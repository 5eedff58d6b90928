import { Injectable } from '@nestjs/common';

import { dayOf, newId, ok, refuse, type Result } from '@app/kernel';
import type { Tx } from '@app/platform';
import { covers } from '@app/regions';
import { numberInText } from '../text.rules';
import { CommentStore, type CommentSubject } from './comment.store';
import type { CommentRefusal } from './statement.refusals';
import { isOpenToComment, MeasuredStatementStore, type Statement } from './measured-statement.store';

export interface CommentDraft {
  /** `610924-2025-s1` */
  readonly statement: string;
  /** The parcel it is about; the whole statement when left out. */
  readonly parcelCode?: string;
  readonly subject: CommentSubject;
  readonly text: string;
  /** Null: a resident speaks for themselves. Else staff writes down what somebody said, within these regions. */
  readonly regions: readonly string[] | null;
}

/** So many a resident may make on one statement: each holds back a parcel. */
export const COMMENTS_MAX = 20;

/** Takes a comment on a statement while it is open, from a resident, or from staff for somebody who came in person. */
@Injectable()
export class MakeComment {
  constructor(
    private readonly statements: MeasuredStatementStore,
    private readonly comments: CommentStore,
  ) {}

  /**
   * Refuses STATEMENT_UNKNOWN (also outside the regions), COMMENT_PERIOD_OVER, COMMENT_PARCEL_UNKNOWN, COMMENT_EXISTS,
   * COMMENTS_TOO_MANY, COMMENT_EMPTY, PERSONAL_NUMBER_IN_TEXT.
   */
  async execute(tx: Tx, draft: CommentDraft): Promise<Result<{ no: number }, CommentRefusal>> {
    const text = draft.text.trim();
    if (text === '') return refuse({ code: 'COMMENT_EMPTY', field: 'text' });
    const number = numberInText({ text });
    if (number) return refuse(number);
    await this.comments.lockBook(tx);
    const statement = await this.statements.find(tx, tx.book, draft.statement);
    if (!statement || !maySee(draft.regions, statement.region)) {
      return refuse({ code: 'STATEMENT_UNKNOWN', statement: draft.statement });
    }
    const over = {
      code: 'COMMENT_PERIOD_OVER',
      statement: statement.no,
      until: statement.commentUntil,
    } as const;
    if (!isOpenToComment(statement, dayOf(tx.now))) return refuse(over);
    const parcel = await this.parcelOf(tx, statement, draft);
    if (!parcel.ok) return parcel;
    if (parcel.value?.isIssued) return refuse(over);
    const { id = null, village = null } = parcel.value ?? {};
    const repeated = await this.repeats(tx, statement, draft, id);
    if (repeated) return refuse(repeated);
    const channel = draft.regions === null ? ('resident' as const) : ('staff' as const);
    const comment = {
      id: newId(),
      statement: statement.id,
      parcel: id,
      village,
      subject: draft.subject,
      text,
      channel,
    };
    const no = await this.comments.insert(tx, comment);
    tx.audit({ statement: statement.no, comment: no, subject: draft.subject });
    return ok({ no });
  }

  private async parcelOf(tx: Tx, statement: Statement, { parcelCode, regions }: CommentDraft) {
    if (parcelCode === undefined) return ok(undefined);
    const parcel = await this.statements.parcel(tx, statement.id, parcelCode);
    if (parcel && (regions === null || regions.some((region) => covers(region, parcel.village))))
      return ok(parcel);
    const facts = { statement: statement.no, parcel: parcelCode.slice(0, 64) };
    return refuse({ code: 'COMMENT_PARCEL_UNKNOWN', ...facts });
  }

  private async repeats(
    tx: Tx,
    { id, no: statement }: Statement,
    { regions }: CommentDraft,
    parcel: string | null,
  ): Promise<CommentRefusal | undefined> {
    const made = await this.comments.ofPerson(tx, id);
    if (regions !== null) return undefined;
    const same = made.find((comment) => comment.parcel === parcel);
    if (same) return { code: 'COMMENT_EXISTS', statement, no: same.no };
    return made.length >= COMMENTS_MAX
      ? { code: 'COMMENTS_TOO_MANY', statement, most: COMMENTS_MAX }
      : undefined;
  }
}

/** Staff of a region sees statements that touch it, whichever is the larger. */
const maySee = (regions: readonly string[] | null, region: string): boolean =>
  regions === null || regions.some((own) => covers(own, region) || covers(region, own));
