import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';

import type { TransferState } from '@app/credits';
import { PageQuery } from './projects.requests';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const CODE = /^[a-z0-9][a-z0-9-]{0,29}$/;
const GRAMS = /^[1-9]\d{0,17}$/;
const STATES = ['proposed', 'rejected', 'sent', 'confirmed', 'failed', 'returned'] as const;

export class PlatformRequest {
  @Matches(CODE, { message: 'code has small letters, digits and dashes' })
  code: string;

  @Length(1, 100)
  name: string;

  /** What allows grams to be held there. */
  @Length(1, 200)
  documentNo: string;
}

class TransferTermsRequest {
  /** The platform's own number of it. */
  @Length(1, 64)
  reference: string;

  @Matches(GRAMS, { message: 'grams must be a whole number above 0, as a text' })
  grams: string;

  @Length(1, 200)
  documentNo: string;
}

export class MoveOutRequest extends TransferTermsRequest {
  @Matches(CODE, { message: 'platform has small letters, digits and dashes' })
  platform: string;

  @Length(1, 64)
  partyExternalNo: string;

  /** Code of the issuance. */
  @Length(1, 40)
  issuance: string;
}

export class MoveInRequest extends TransferTermsRequest {
  /** The transfer out whose grams come back. */
  @Matches(/^[0-9a-f-]{1,64}$/, { message: 'of must be a lower-case uuid' })
  of: string;
}

export class TransfersQuery extends PageQuery {
  @IsOptional()
  @IsIn(STATES)
  state?: TransferState;
}

class StatementLineRequest {
  @Length(1, 64)
  reference: string;

  @IsString()
  @MaxLength(64)
  issuance: string;

  @IsString()
  @MaxLength(32)
  grams: string;

  @IsIn(['held', 'failed'])
  outcome: 'held' | 'failed';
}

export class StatementRequest {
  @Matches(CODE, { message: 'platform has small letters, digits and dashes' })
  platform: string;

  /** What it held at the end of this day. */
  @Matches(DAY, { message: 'day must be a day, YYYY-MM-DD' })
  day: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10_000)
  @ValidateNested({ each: true })
  @Type(() => StatementLineRequest)
  lines: StatementLineRequest[];
}
