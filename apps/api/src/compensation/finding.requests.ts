import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';

import {
  FINDING_OUTCOMES,
  FINDING_STATES,
  FINDINGS_MAX,
  ROSTER_GUARDS,
  TEXT_MAX,
  WATCH_ENTRIES_MAX,
  WATCH_KINDS,
  type FindingOutcome,
  type FindingState,
  type RosterGuard,
  type WatchKind,
} from '@app/compensation';

const GUARDS = Object.keys(ROSTER_GUARDS);

export class FindingsQuery {
  @IsOptional()
  @IsIn(FINDING_STATES)
  state?: FindingState;

  @IsOptional()
  @IsIn(GUARDS)
  guard?: RosterGuard;

  @IsOptional()
  @IsUUID()
  cursor?: string;

  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit = 100;
}

export class FindingsRequest {
  /** Ids of findings of the roster. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(FINDINGS_MAX)
  @IsUUID(undefined, { each: true })
  findings: string[];

  @IsString()
  @MaxLength(TEXT_MAX)
  reason: string;
}

export class FindingsDecisionRequest extends FindingsRequest {
  /** release 放行 · keep 不放行 · uphold 剔除. */
  @IsIn(FINDING_OUTCOMES)
  outcome: FindingOutcome;
}

export class ExclusionRequest {
  /** The programme that never pays for the same ground in one year. */
  @IsUUID()
  other: string;

  @IsString()
  @MaxLength(200)
  documentNo: string;
}

export class WatchListRequest {
  @IsIn(WATCH_KINDS)
  kind: WatchKind;

  @IsString()
  @MaxLength(200)
  source: string;

  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'asOf must be a day, YYYY-MM-DD' })
  asOf: string;

  /** Residents' numbers; only blind indexes of them are kept. */
  @IsArray()
  @ArrayMaxSize(WATCH_ENTRIES_MAX)
  @IsString({ each: true })
  @MaxLength(40, { each: true })
  idNumbers: string[];
}
