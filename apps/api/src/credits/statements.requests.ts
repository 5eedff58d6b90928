import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';

import { COMMENT_SUBJECTS, type CommentOutcome, type CommentSubject } from '@app/credits';
import { PeriodRequest } from './credits.requests';

export class PublishRequest extends PeriodRequest {
  /** The document of what was measured, for a mean above a tonne a mu. */
  @IsOptional()
  @Length(1, 200)
  evidenceNo?: string;
}

export class StatementsQuery {
  /** The number of the statement to go on after. */
  @IsOptional()
  @Matches(/^[0-9a-z-]{1,24}$/, { message: 'after must be the number of a statement' })
  after?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;
}

export class StatementLinesQuery {
  /** The village to go on after. */
  @IsOptional()
  @Matches(/^\d{12}$/, { message: 'after must be a village of 12 digits' })
  after?: string;

  /** So many villages. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;
}

export class CommentsQuery {
  /** The number of the comment to go on after. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(2_147_483_647)
  after?: number;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;
}

export class CommentRequest {
  /** The parcel it is about; the whole statement when left out. */
  @IsOptional()
  @IsString()
  @Length(1, 64)
  parcelCode?: string;

  @IsIn(COMMENT_SUBJECTS)
  subject: CommentSubject;

  @IsString()
  @MaxLength(1_000)
  text: string;
}

export class AnswerRequest {
  /** Upheld: the parcel is measured again. */
  @IsIn(['kept', 'upheld'])
  outcome: CommentOutcome;

  @IsString()
  @MaxLength(1_000)
  answer: string;
}

export class VerificationRequest {
  @Length(1, 200)
  body: string;

  @Length(1, 200)
  reportNo: string;

  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'reportDay must be a day, YYYY-MM-DD' })
  reportDay: string;

  @Length(1, 500)
  scope: string;

  @Matches(/^[0-9a-f]{64}$/, { message: 'documentSha256 must be 64 lower-case hex digits' })
  documentSha256: string;
}

export class BufferReturnRequest {
  /** Code of the issuance. */
  @Matches(/^[0-9a-z-]{1,40}$/, { message: 'issuance must be the code of an issuance' })
  issuance: string;

  @Length(1, 200)
  documentNo: string;
}
