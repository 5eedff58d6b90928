import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsBoolean,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  Validate,
  ValidateNested,
  ValidatorConstraint,
  type ValidationArguments,
  type ValidatorConstraintInterface,
} from 'class-validator';

import {
  LEVELS,
  NOTICE_DAY_KINDS,
  RULE_KINDS,
  TEXT_MAX,
  type Level,
  type NoticeDayKind,
  type RuleKind,
} from '@app/compensation';
import { isUuid } from '@app/kernel';
import { FOREST_CLASSES, TENURES } from '@app/registry';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const REGION = /^\d{2,12}$/;
const FEN = /^(0|[1-9]\d{0,8})$/;
const ROSTER_STATES = ['draft', 'notice', 'review', 'approved', 'locking', 'locked', 'void'] as const;
const LINE_STATES = ['included', 'objected', 'dismissed', 'carried', 'excluded'] as const;

const PPM = /^[1-9]\d{0,7}$/;
const ppm = (field: string) => ({ message: `${field} must be parts per million, as a string of digits` });
const uuid = (field: string) => ({ message: `${field} must be a lower-case uuid` });

class QualityBoundsRequest {
  @Matches(PPM, ppm('minPpm'))
  minPpm: string;

  @Matches(PPM, ppm('maxPpm'))
  maxPpm: string;
}

export class ProgrammeRequest {
  @IsString()
  @MaxLength(40)
  code: string;

  @IsString()
  @MaxLength(200)
  nameZh: string;

  /** The Chinese name again when left out. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  nameEn?: string;

  /** How it reckons; by area when left out. */
  @IsOptional()
  @IsIn(RULE_KINDS)
  ruleKind?: RuleKind;

  /** What the kind goes by: the refusal says what is expected. */
  @IsOptional()
  @IsObject()
  settings?: Record<string, unknown>;

  /** Kinds of rights in order: of a parcel those of the first kind it has are paid. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10)
  @IsString({ each: true })
  rightKinds?: string[];

  @IsInt()
  noticeDays: number;

  @IsIn(NOTICE_DAY_KINDS)
  noticeDayKind: NoticeDayKind;

  /** In order; the usual five when left out. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(12)
  @IsString({ each: true })
  posts?: string[];

  /** Between which multipliers quality moves what a mu pays; it does not when left out. */
  @IsOptional()
  @ValidateNested()
  @Type(() => QualityBoundsRequest)
  quality?: QualityBoundsRequest;
}

/** What is taken off a holder's money (扣除): rangers only, by its own document. */
class DeductionRequest {
  @IsString()
  @MaxLength(40)
  kind: string;

  @Matches(FEN, { message: 'fenPerMu must be a count of fen, as a string of digits' })
  fenPerMu: string;

  @IsString()
  @MaxLength(200)
  documentNo: string;
}

export class StandardRequest {
  @IsIn(LEVELS)
  level: Level;

  @IsIn(TENURES)
  tenure: (typeof TENURES)[number];

  /** For all of them when left out; of the standards that fit a parcel the one with most keys holds. */
  @IsOptional()
  @IsIn(FOREST_CLASSES)
  forestClass?: (typeof FOREST_CLASSES)[number];

  /** 管护等级 1–4; for all when left out. */
  @IsOptional()
  @IsInt()
  managementGrade?: number;

  @IsOptional()
  @ValidateNested()
  @Type(() => DeductionRequest)
  deduction?: DeductionRequest;

  @Matches(FEN, { message: 'payableFenPerMu must be a count of fen, as a string of digits' })
  payableFenPerMu: string;

  @Matches(FEN, { message: 'publicManagementFenPerMu must be a count of fen, as a string of digits' })
  publicManagementFenPerMu: string;

  @IsString()
  @MaxLength(10)
  validFrom: string;

  /** The last day; open when left out. */
  @IsOptional()
  @IsString()
  @MaxLength(10)
  validUntil?: string;

  @IsString()
  @MaxLength(200)
  documentNo: string;
}

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

class CalendarDayRequest {
  @IsString()
  @MaxLength(10)
  day: string;

  @IsIn(['holiday', 'worked'])
  kind: 'holiday' | 'worked';

  @IsString()
  @Length(1, 40)
  nameZh: string;
}

export class CalendarRequest {
  @IsInt()
  @Min(2000)
  @Max(2100)
  year: number;

  /** The notice it is taken from. */
  @IsString()
  @Length(1, 200)
  source: string;

  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => CalendarDayRequest)
  days: CalendarDayRequest[];
}
