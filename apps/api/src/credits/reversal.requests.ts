import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';

import { REVERSAL_KINDS, type ReversalKind, type ReversalState } from '@app/credits';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Codes and amounts are the lib's to judge: it names every row that is wrong. */
class LostParcelRequest {
  @IsString()
  @Length(1, 64)
  parcelCode: string;

  @IsOptional()
  @IsString()
  @MaxLength(32)
  lostPercent?: string;

  @IsOptional()
  @IsString()
  @MaxLength(32)
  lostMu?: string;
}

export class ReversalRequest {
  /** The caller's own id: sent again with the same body it is the same proposal. */
  @IsOptional()
  @Matches(UUID, { message: 'id must be a uuid in small letters' })
  id?: string;

  @IsIn([...REVERSAL_KINDS])
  kind: ReversalKind;

  @Matches(DAY, { message: 'day must be a day, YYYY-MM-DD' })
  day: string;

  /** Of an overestimate: the year that was credited too much. */
  @IsOptional()
  @IsInt()
  @Min(1990)
  @Max(2200)
  year?: number;

  /** What it rests on, and where that is kept. */
  @Length(1, 500)
  evidence: string;

  /** Of the file of it, so that another file cannot take its place. */
  @IsOptional()
  @Matches(/^[0-9a-f]{64}$/, { message: 'evidenceSha256 must be 64 lower-case hex digits' })
  evidenceSha256?: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(2_000)
  @ValidateNested({ each: true })
  @Type(() => LostParcelRequest)
  parcels: LostParcelRequest[];
}

export class SettlementRequest {
  @IsIn(['buffer', 'holding'])
  from: 'buffer' | 'holding';

  /** The agreement with the right holders, when it is from what they hold. */
  @IsOptional()
  @Length(1, 200)
  documentNo?: string;
}

class PageQuery {
  /** What the page before gave as next. */
  @IsOptional()
  @Matches(UUID, { message: 'cursor must be what the page before gave as next' })
  cursor?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;
}

export class ReversalsQuery extends PageQuery {
  @IsOptional()
  @IsIn(['proposed', 'approved', 'rejected'])
  state?: ReversalState;
}

export class PublicReversalsQuery extends PageQuery {
  /** County, township or village; the book's region when left out. */
  @IsOptional()
  @Matches(/^\d{6}(\d{3}(\d{3})?)?$/, { message: 'region must be a code of 6, 9 or 12 digits' })
  region?: string;
}
