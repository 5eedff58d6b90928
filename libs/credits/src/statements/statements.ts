import { Injectable } from '@nestjs/common';

import { dayOf, type Day } from '@app/kernel';
import { Books, Database } from '@app/platform';
import { CommentStore, type Comment, type CommentFilter, type PublicComment } from './comment.store';
import type { StatementLine } from './statement.rules';
import { isOpenToComment, MeasuredStatementStore, type Statement } from './measured-statement.store';
import { VerificationStore, type Verification } from './verification.store';

export interface StatementView extends Omit<Statement, 'id'> {
  /** Comments are taken on the book's day. */
  readonly isOpenToComment: boolean;
}

export interface StatementDetails extends StatementView {
  readonly verifications: readonly Verification[];
}

/** Statements, what was said of them and who verified them. */
@Injectable()
export class Statements {
  constructor(
    private readonly database: Database,
    private readonly books: Books,
    private readonly statements: MeasuredStatementStore,
    private readonly comments: CommentStore,
    private readonly verifications: VerificationStore,
  ) {}

  async list(book: number, after: string | null, limit: number): Promise<StatementView[]> {
    const [items, today] = await Promise.all([
      this.statements.list(this.database, book, after, limit),
      this.today(book),
    ]);
    return items.map((item) => viewOf(item, today));
  }

  /** With the reports that were approved; all of them for staff. */
  async one(book: number, no: string, all = false): Promise<StatementDetails | undefined> {
    const statement = await this.statements.find(this.database, book, no);
    if (!statement) return undefined;
    const verifications = await this.verifications.list(this.database, book, statement.id);
    return {
      ...viewOf(statement, await this.today(book)),
      verifications: verifications.filter(({ state }) => all || state === 'approved'),
    };
  }

  /** Undefined for an unknown statement. */
  async lines(
    book: number,
    no: string,
    after: string,
    villages: number,
  ): Promise<StatementLine[] | undefined> {
    const statement = await this.statements.find(this.database, book, no);
    return statement && this.statements.lines(this.database, book, statement.id, after, villages);
  }

  async commentsOf(book: number, no: string, filter: CommentFilter): Promise<Comment[] | undefined> {
    const statement = await this.statements.find(this.database, book, no);
    return statement && this.comments.list(this.database, book, statement.id, filter);
  }

  /** What everybody may know of them: that they were made, where, and how they were answered. */
  async publicComments(
    book: number,
    no: string,
    after: number,
    limit: number,
  ): Promise<PublicComment[] | undefined> {
    const comments = await this.commentsOf(book, no, { scope: null, madeBy: null, after, limit });
    return comments?.map(({ no: number, subject, village, madeAt, outcome, answer, answeredAt }) => ({
      ...{ no: number, subject, village, madeAt, outcome, answer, answeredAt },
    }));
  }

  private async today(book: number): Promise<Day> {
    return dayOf(await this.books.now(book));
  }
}

const viewOf = (statement: Statement, today: Day): StatementView => ({
  ...{ no: statement.no, region: statement.region, year: statement.year, parcels: statement.parcels },
  ...{
    areaMu100: statement.areaMu100,
    grams: statement.grams,
    evidenceNo: statement.evidenceNo,
    hash: statement.hash,
  },
  ...{
    commentFrom: statement.commentFrom,
    commentUntil: statement.commentUntil,
    publishedAt: statement.publishedAt,
  },
  isOpenToComment: isOpenToComment(statement, today),
});
