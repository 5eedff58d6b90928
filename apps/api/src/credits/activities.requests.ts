import { Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';

import { ACTIVITY_KINDS, TENDING_WORKS, type ActivityKind, type TendingWork } from '@app/credits';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

class MultiplierRequest {
  @Matches(/^[1-9]\d{0,6}$/, { message: 'multiplierPpm must be parts per million' })
  multiplierPpm: string;

  @IsInt()
  @Min(1990)
  @Max(2200)
  fromYear: number;

  /** Inside. */
  @IsInt()
  @Min(1990)
  @Max(2200)
  toYear: number;
}

/** What stands in what is the lib's to judge: it names every fault. */
export class ActivityRequest {
  @IsString()
  @Length(1, 64)
  parcelCode: string;

  @IsIn(ACTIVITY_KINDS)
  kind: ActivityKind;

  @Matches(DAY, { message: 'doneOn must be a day, YYYY-MM-DD' })
  doneOn: string;

  @Matches(/^[1-9]\d{0,12}$/, { message: 'areaMu100 must be hundredths of a mu' })
  areaMu100: string;

  /** The paper it rests on, and where it is kept. */
  @Length(1, 500)
  evidence: string;

  /** The order that changed the parcel's class or age group for it. */
  @IsOptional()
  @Length(1, 100)
  parcelOrder?: string;

  @IsOptional()
  @ValidateNested()
  @Type(() => MultiplierRequest)
  multiplier?: MultiplierRequest;
}

export class ActivitiesQuery {
  /** The id of the activity to go on after. */
  @IsOptional()
  @IsUUID()
  after?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;
}

export class TendingRequest {
  @IsString()
  @Length(1, 64)
  partyExternalNo: string;

  @Matches(DAY, { message: 'doneOn must be a day, YYYY-MM-DD' })
  doneOn: string;

  @IsInt()
  @Min(1)
  @Max(1_440)
  minutes: number;

  @IsIn(TENDING_WORKS)
  work: TendingWork;
}
