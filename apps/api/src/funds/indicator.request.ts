import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';

import { SOURCE_KINDS, type SourceKind } from '@app/funds';

/** An indicator as its document states it. The finer rules of each field are the lib's. */
export class AllotIndicatorRequest {
  /** 指标文号 */
  @IsString()
  @MaxLength(200)
  docNo: string;

  @IsInt()
  @Min(2000)
  @Max(2100)
  year: number;

  /** 来源: advance 提前下达, initial 年初, supplement 追加, carry-over 结转. */
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

  /** Fen as a decimal string: "739257500". */
  @Matches(/^[1-9]\d{0,14}$/, { message: 'amountFen must be a positive count of fen, as a string of digits' })
  amountFen: string;

  /** The day it reached the county, YYYY-MM-DD. */
  @IsString()
  @MaxLength(10)
  arrivedOn: string;
}
