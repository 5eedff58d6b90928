import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';

import {
  LEVELS,
  NOTICE_DAY_KINDS,
  RULE_KINDS,
  type Level,
  type NoticeDayKind,
  type RuleKind,
} from '@app/compensation';
import { FOREST_CLASSES, TENURES } from '@app/registry';

const FEN = /^(0|[1-9]\d{0,8})$/;
const PPM = /^[1-9]\d{0,7}$/;
const ppm = (field: string) => ({ message: `${field} must be parts per million, as a string of digits` });
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
