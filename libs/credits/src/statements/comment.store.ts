import { Injectable } from '@nestjs/common';

import { invariant, present } from '@app/kernel';
import type { Database, Tx } from '@app/platform';

/** 面积, 地类, 生长, 权属, 其他. */
export const COMMENT_SUBJECTS = ['area', 'class', 'growth', 'right', 'other'] as const;
export type CommentSubject = (typeof COMMENT_SUBJECTS)[number];
export type CommentOutcome = 'kept' | 'upheld';
export type CommentChannel = 'resident' | 'staff';

/** What everybody may know of a comment: neither who made it nor their words. */
export interface PublicComment {
  readonly no: number;
  readonly subject: CommentSubject;
  /** Absent for a comment on the whole statement. */
  readonly village: string | null;
  readonly madeAt: Date;
  readonly outcome: CommentOutcome | null;
  readonly answer: string | null;
  readonly answeredAt: Date | null;
}

/** What the bureau works with. */
export interface Comment extends PublicComment {
  readonly parcelCode: string | null;
  readonly text: string;
  readonly channel: CommentChannel;
}

export interface NewComment {
  readonly id: string;
  readonly statement: string;
  readonly parcel: string | null;
  readonly village: string | null;
  readonly subject: CommentSubject;
  readonly text: string;
  readonly channel: CommentChannel;
}

/** A comment that is locked to be answered. */
export interface OpenComment {
  readonly id: string;
  readonly madeBy: string;
  readonly answeredAt: Date | null;
  readonly parcelCode: string | null;
  readonly village: string | null;
}

export interface CommentFilter {
  /** Villages of these regions; comments on the whole statement show to all. Null: everything. */
  readonly scope: readonly string[] | null;
  /** Of one person; null: everybody's. */
  readonly madeBy: string | null;
  readonly after: number;
  readonly limit: number;
}

type Reader = Pick<Database, 'query'>;

@Injectable()
export class CommentStore {
  /**
   * Comments wait for what measures, publishes or issues, and it for them: none is written about a parcel that is being
   * issued. They do not wait for each other until they are numbered.
   */
  async lockBook(tx: Tx): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock_shared(hashtextextended('credits.measure', $1))`, [tx.book]);
  }

  /** The person's comments on the statement, by number. Held until the end, for numbers without a gap. */
  async ofPerson(tx: Tx, statement: string): Promise<{ no: number; parcel: string | null }[]> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('credits.comment/' || $2, $1))`, [
      tx.book,
      statement,
    ]);
    return tx.query(
      `SELECT c.no, c.parcel FROM credits.comment c
        WHERE c.book = $1 AND c.statement = $2 AND c.made_by = $3 AND c.channel = 'resident' ORDER BY c.no`,
      [tx.book, statement, tx.context.actor],
    );
  }

  async insert(tx: Tx, comment: NewComment): Promise<number> {
    const rows = await tx.query<{ no: number }>(
      `INSERT INTO credits.comment (book, id, statement, no, parcel, village, subject, text, channel, made_by, made_at)
       SELECT $1, $2, $3, coalesce(max(c.no), 0) + 1, $4, $5, $6, $7, $8, $9, $10
         FROM credits.comment c WHERE c.book = $1 AND c.statement = $3
       RETURNING no`,
      [
        ...[tx.book, comment.id, comment.statement, comment.parcel, comment.village, comment.subject],
        ...[comment.text, comment.channel, tx.context.actor, tx.now],
      ],
    );
    return present(rows[0], 'a comment gets a number').no;
  }

  async lock(tx: Tx, statement: string, no: number): Promise<OpenComment | undefined> {
    const rows = await tx.query<OpenComment>(
      `SELECT c.id, c.made_by AS "madeBy", c.answered_at AS "answeredAt", c.village,
              (SELECT p.code FROM registry.parcel_current p WHERE p.book = c.book AND p.id = c.parcel) AS "parcelCode"
         FROM credits.comment c WHERE c.book = $1 AND c.statement = $2 AND c.no = $3 FOR UPDATE`,
      [tx.book, statement, no],
    );
    return rows[0];
  }

  async answer(
    tx: Tx,
    id: string,
    { outcome, answer }: { outcome: CommentOutcome; answer: string },
  ): Promise<void> {
    const answered = await tx.execute(
      `UPDATE credits.comment SET outcome = $3, answer = $4, answered_by = $5, answered_at = $6
        WHERE book = $1 AND id = $2`,
      [tx.book, id, outcome, answer, tx.context.actor, tx.now],
    );
    invariant(answered === 1, 'a locked comment is answered');
  }

  list(from: Reader, book: number, statement: string, filter: CommentFilter): Promise<Comment[]> {
    return from.query<Comment>(
      `SELECT c.no, c.subject, c.village, c.made_at AS "madeAt", c.outcome, c.answer, c.answered_at AS "answeredAt",
              c.text, c.channel,
              (SELECT p.code FROM registry.parcel_current p WHERE p.book = c.book AND p.id = c.parcel) AS "parcelCode"
         FROM credits.comment c
        WHERE c.book = $1 AND c.statement = $2 AND c.no > $3
          AND ($4::text[] IS NULL OR c.village IS NULL OR EXISTS (SELECT FROM unnest($4) own WHERE starts_with(c.village, own)))
          AND ($5::text IS NULL OR c.made_by = $5)
        ORDER BY c.no LIMIT $6`,
      [book, statement, filter.after, filter.scope, filter.madeBy, filter.limit],
    );
  }
}
