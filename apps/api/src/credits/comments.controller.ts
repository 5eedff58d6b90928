import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';

import { AnswerComment, MakeComment, Statements, type Comment, type StatementRefusal } from '@app/credits';
import { Policies, type Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, contextOf, RefusalException, unwrap } from '../http';
import { known } from './statement-param';
import { AnswerRequest, CommentRequest, CommentsQuery } from './statements.requests';

/** Who writes down what somebody came to say, and who answers it. */
const TAKERS = ['village-clerk', 'forestry-handler', 'forestry-reviewer', 'credit-registrar'];
const ANSWERERS = ['forestry-handler', 'forestry-reviewer'];
const READERS = [...TAKERS, 'auditor'];
const PAGE = 50;

/** Comments on a statement while it is open to them, each answered by somebody else. */
@Controller('books/:book/statements/:no/comments')
export class CommentsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly statements: Statements,
    private readonly makeComment: MakeComment,
    private readonly answerComment: AnswerComment,
  ) {}

  /** A resident sees their own; staff those of their regions. */
  @Get()
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('no') no: string,
    @Query() { after = 0, limit = PAGE }: CommentsQuery,
  ): Promise<{ items: Comment[]; next: number | null }> {
    const filter = { scope: this.scopeOf(principal, book, READERS), after, limit };
    const madeBy = principal.kind === 'person' ? principal.userId : null;
    const items = known(no, await this.statements.commentsOf(book.id, no, { ...filter, madeBy }));
    return { items, next: items.length === limit ? items.at(-1)!.no : null };
  }

  @Post()
  @HttpCode(201)
  async make(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('no') no: string,
    @Body() comment: CommentRequest,
  ): Promise<{ no: number }> {
    const draft = { ...comment, statement: no.slice(0, 24), regions: this.scopeOf(principal, book, TAKERS) };
    const context = contextOf(principal, book, 'credits.make-comment', `statement/${draft.statement}`);
    return unwrap(await this.unitOfWork.run(context, (tx) => this.makeComment.execute(tx, draft)));
  }

  @Post(':comment/answer')
  @HttpCode(201)
  async answer(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('no') no: string,
    @Param('comment') comment: string,
    @Body() { outcome, answer }: AnswerRequest,
  ): Promise<{ no: number }> {
    requirePost(principal, book, ANSWERERS);
    const statement = no.slice(0, 24);
    const number = /^[1-9]\d{0,8}$/.test(comment) ? Number(comment) : undefined;
    if (number === undefined) {
      const reason: StatementRefusal = { code: 'COMMENT_UNKNOWN', statement, no: 0 };
      throw new RefusalException(reason);
    }
    const regions = Policies.regionsOf(principal, book.id, ANSWERERS);
    const context = contextOf(principal, book, 'credits.answer-comment', `statement/${statement}/${number}`);
    const draft = { statement, no: number, outcome, answer, regions };
    return unwrap(await this.unitOfWork.run(context, (tx) => this.answerComment.execute(tx, draft)));
  }

  /** Null for a resident, who speaks for themselves. */
  private scopeOf(principal: Principal, book: Book, posts: readonly string[]): readonly string[] | null {
    if (principal.kind === 'person') return null;
    requirePost(principal, book, posts);
    return Policies.regionsOf(principal, book.id, posts);
  }
}
