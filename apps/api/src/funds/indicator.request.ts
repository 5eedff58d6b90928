import { Type } from 'class-transformer';
import {
  IsBoolean,
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

import { SOURCE_KINDS, type SourceKind } from '@app/funds';

/** What a document states of an indicator. The finer rules of each field are the lib's. */
export class IndicatorFields {
  /** 指标文号 */
  @IsString()
  @MaxLength(200)
  docNo: string;

  @IsInt()
  @Min(2000)
  @Max(2100)
  year: number;

  /** advance 提前下达, initial 年初, supplement 追加, carry-over 结转. */
  @IsIn(SOURCE_KINDS)
  sourceKind: SourceKind;

  @IsString()
  @MaxLength(64)
  projectCode: string;

  @IsString()
  @MaxLength(7)
  functionItem: string;

  @IsString()
  @MaxLength(5)
  economicItem: string;

  @IsOptional()
  @IsString()
  @MaxLength(5)
  governmentEconomicItem?: string;

  @IsString()
  @MaxLength(200)
  fundNature: string;

  @IsString()
  @MaxLength(200)
  budgetUnit: string;

  /** 直达资金 */
  @IsBoolean()
  direct: boolean;

  /** The day it reached the county, YYYY-MM-DD. */
  @IsString()
  @MaxLength(10)
  arrivedOn: string;
}

/** An indicator with its amount and whose money it is. */
export class AllotIndicatorRequest extends IndicatorFields {
  /** 资金来源: the code of one of the book's sources. */
  @IsString()
  @MaxLength(40)
  fundSource: string;

  /** Fen as a decimal string: "739257500". */
  @Matches(/^[1-9]\d{0,14}$/, { message: 'amountFen must be a positive count of fen, as a string of digits' })
  amountFen: string;
}

export const INDICATORS_SHOWN_MAX = 500;

/** Which indicators, and which page of them. */
export class IndicatorQuery {
  @IsOptional()
  @Matches(/^\d{4}$/, { message: 'year is four digits' })
  year?: string;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  fundSource?: string;

  @IsOptional()
  @IsIn(SOURCE_KINDS)
  sourceKind?: SourceKind;

  @IsOptional()
  @IsString()
  @MaxLength(64)
  projectCode?: string;

  /** Some of the document's number. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  docNo?: string;

  /** `next` of the page before. */
  @IsOptional()
  @IsUUID()
  cursor?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(INDICATORS_SHOWN_MAX)
  limit?: number;
}
