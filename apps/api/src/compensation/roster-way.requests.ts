import { IsIn, IsInt, IsString, Max, MaxLength, Min } from 'class-validator';

import { TEXT_MAX } from '@app/compensation';

export class ObjectionRequest {
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  lineNo: number;

  @IsString()
  @MaxLength(TEXT_MAX)
  reason: string;
}

export class SettlementRequest {
  @IsIn(['upheld', 'dismissed'])
  outcome: 'upheld' | 'dismissed';

  @IsString()
  @MaxLength(TEXT_MAX)
  note: string;
}

export class ReturnRequest {
  /** A post that has taken its step. */
  @IsString()
  @MaxLength(64)
  to: string;

  @IsString()
  @MaxLength(TEXT_MAX)
  reason: string;
}

export class ReturnAnswerRequest {
  /** What was mended. */
  @IsString()
  @MaxLength(TEXT_MAX)
  answer: string;
}

export class RejectionRequest {
  @IsString()
  @MaxLength(TEXT_MAX)
  reason: string;
}
