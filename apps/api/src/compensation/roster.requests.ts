import { Type } from 'class-transformer';
import {
  IsIn,
  IsBoolean,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  Validate,
  ValidatorConstraint,
  type ValidationArguments,
  type ValidatorConstraintInterface,
} from 'class-validator';

import { isUuid } from '@app/kernel';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const REGION = /^\d{2,12}$/;
const ROSTER_STATES = ['draft', 'notice', 'review', 'approved', 'locking', 'locked', 'void'] as const;
const LINE_STATES = ['included', 'objected', 'dismissed', 'carried', 'excluded'] as const;
const uuid = (field: string) => ({ message: `${field} must be a lower-case uuid` });
/** A roster is made of the rights of a region and year, or of what an earlier roster left settled. */
@ValidatorConstraint({ name: 'regionOrSupplement' })
class RegionOrSupplement implements ValidatorConstraintInterface {
  validate(_value: unknown, { object }: ValidationArguments): boolean {
    const { programmeId, indicatorId, region, year, supplementaryOf, topUps } = object as RosterRequest;
    const ofRegion = [programmeId, region, year];
    if (supplementaryOf !== undefined) {
      return (
        typeof supplementaryOf === 'string' &&
        isUuid(supplementaryOf) &&
        [...ofRegion, topUps].every((given) => given === undefined)
      );
    }
    return [...ofRegion, indicatorId].every((given) => given !== undefined);
  }

  defaultMessage(): string {
    return 'give either supplementaryOf (and another indicatorId), or programmeId, indicatorId, region and year';
  }
}

export class RosterRequest {
  /** Checked whether it is given or not: it decides what else must be. */
  @Validate(RegionOrSupplement)
  supplementaryOf?: string;

  @IsOptional()
  @Matches(UUID, uuid('programmeId'))
  programmeId?: string;

  @IsOptional()
  @Matches(UUID, uuid('indicatorId'))
  indicatorId?: string;

  @IsOptional()
  @Matches(REGION, { message: 'region must be a region code' })
  region?: string;

  @IsOptional()
  @IsInt()
  @Min(2000)
  @Max(2100)
  year?: number;

  /** Of a dividend programme: the operator's top-ups up to the floor in place of the dividends. */
  @IsOptional()
  @IsBoolean()
  topUps?: boolean;
}

export class RostersQuery {
  @IsOptional()
  @IsIn(ROSTER_STATES)
  state?: (typeof ROSTER_STATES)[number];

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(2000)
  @Max(2100)
  year?: number;

  /** What the page before gave as next. */
  @IsOptional()
  @IsString()
  @Length(1, 100)
  cursor?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;
}

export class LinesPage {
  /** What the page before gave as next. */
  @IsOptional()
  @Matches(/^[1-9]\d{0,8}$/, { message: 'cursor must be what the page before gave as next' })
  cursor?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number;
}

export class LinesQuery extends LinesPage {
  /** A region code: only lines of villages in it. */
  @IsOptional()
  @Matches(REGION, { message: 'village must be a region code' })
  village?: string;

  @IsOptional()
  @IsIn(LINE_STATES)
  state?: (typeof LINE_STATES)[number];
}
