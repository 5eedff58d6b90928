import { IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';

import { FUND_SOURCE_KINDS, type FundSourceKind } from '@app/funds';

/** What a source is called from a day on. */
export class SourceNameRequest {
  @Length(1, 200)
  nameZh: string;

  @Length(1, 200)
  nameEn: string;

  /** The first day of the name, YYYY-MM-DD. */
  @IsString()
  @MaxLength(10)
  from: string;

  /** The document that says so. */
  @Length(1, 200)
  documentNo: string;
}

export class FundSourceRequest extends SourceNameRequest {
  /** Lower-case letters, digits and -. */
  @Length(1, 40)
  code: string;

  @IsIn(FUND_SOURCE_KINDS)
  kind: FundSourceKind;
}

export class YearQuery {
  @IsOptional()
  @Matches(/^\d{4}$/, { message: 'year is four digits' })
  year?: string;
}

/** After how many days money counts as idle or unused. */
export class DayLimitRequest {
  @IsInt()
  @Min(1)
  @Max(3650)
  days: number;

  @IsString()
  @MaxLength(10)
  from: string;

  @Length(1, 200)
  documentNo: string;
}
