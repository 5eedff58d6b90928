import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
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

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The year that is measured, by its first and its last day; the rest is the lib's to judge. */
export class PeriodRequest {
  @Matches(DAY, { message: 'from must be a day, YYYY-MM-DD' })
  from: string;

  @Matches(DAY, { message: 'to must be a day, YYYY-MM-DD' })
  to: string;

  /** County or township; the book's region when left out. */
  @IsOptional()
  @Matches(/^\d{6}(\d{3})?$/, { message: 'region must be a county of 6 digits or a township of 9' })
  region?: string;
}

export class RecheckRequest extends PeriodRequest {
  /** These parcels only; all that wait when left out. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10_000)
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  parcelCodes?: string[];

  /** Why they are rejected; they are confirmed when it is left out. */
  @IsOptional()
  @Length(1, 500)
  rejection?: string;
}

export class IssueRequest extends PeriodRequest {
  /** The document that decides the issuance. */
  @Length(1, 200)
  documentNo: string;
}

/** Words and amounts are the lib's to judge: it names every row that is wrong. */
class CoefficientRequest {
  @IsString()
  @MaxLength(100)
  forestClass: string;

  @IsString()
  @MaxLength(100)
  ageGroup: string;

  @IsOptional()
  @IsString()
  @MaxLength(100)
  origin?: string;

  @IsString()
  @MaxLength(100)
  gramsPerMuYear: string;

  @IsOptional()
  @Length(1, 200)
  evidenceNo?: string;

  /** Half of the 90 % interval, in millionths of the mean. */
  @IsOptional()
  @Matches(/^(0|[1-9]\d{0,5}|1000000)$/, { message: 'halfWidthPpm must be 0 to 1000000' })
  halfWidthPpm?: string;
}

/** What a set has whatever its method. */
export class SetRequest {
  @Matches(/^[a-z0-9][a-z0-9.-]{0,39}$/, { message: 'version has small letters, digits, dots and dashes' })
  version: string;

  @Length(1, 200)
  method: string;

  /** Where the coefficients come from, so that a stranger can look it up. */
  @Length(1, 500)
  source: string;

  /** Every figure made with it then says so. */
  @IsBoolean()
  illustrative: boolean;

  @Matches(DAY, { message: 'validFrom must be a day, YYYY-MM-DD' })
  validFrom: string;

  /** 缓冲量, in millionths. */
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  bufferPpm: number;
}

export class CoefficientSetRequest extends SetRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(400)
  @ValidateNested({ each: true })
  @Type(() => CoefficientRequest)
  coefficients: CoefficientRequest[];
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export class HistoryQuery {
  /** What the page before gave as next. */
  @IsOptional()
  @Matches(/^\d{1,18}$/, { message: 'cursor must be what the page before gave as next' })
  cursor?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;
}

/** One of the five; the lib reads a serial in any form that people write. */
export class SerialsQuery {
  @IsOptional()
  @IsString()
  @Length(1, 100)
  serial?: string;

  @IsOptional()
  @IsString()
  @Length(1, 64)
  parcel?: string;

  /** The bureau's number of the party whose land the grams came from. */
  @IsOptional()
  @IsString()
  @Length(1, 64)
  holder?: string;

  @IsOptional()
  @Matches(UUID, { message: 'card must be the id of a card' })
  card?: string;

  @IsOptional()
  @IsString()
  @Length(1, 64)
  certificate?: string;

  /** What the page before gave as next. */
  @IsOptional()
  @Matches(/^[0-9a-z-]{1,40}_\d{1,18}$/, { message: 'cursor must be what the page before gave as next' })
  cursor?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;
}

export class LandCreditsQuery {
  /** What the page before gave as next. */
  @IsOptional()
  @Matches(/^\d{4}\/.{1,64}$/, { message: 'cursor must be what the page before gave as next' })
  cursor?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;
}
