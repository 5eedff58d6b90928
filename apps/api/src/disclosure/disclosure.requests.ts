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

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export class ReceiptDaysRequest {
  /** Days on which the bank paid, both inside. */
  @Matches(DAY, { message: 'from must be a day, YYYY-MM-DD' })
  from: string;

  @Matches(DAY, { message: 'to must be a day, YYYY-MM-DD' })
  to: string;

  /** County, township or village; the book's region when left out. */
  @IsOptional()
  @Matches(/^\d{6}(\d{3}(\d{3})?)?$/, { message: 'region must be a code of 6, 9 or 12 digits' })
  region?: string;
}

export class ReceiptsQuery extends ReceiptDaysRequest {
  /** `unmatched`: only those without the platform's number. */
  @IsOptional()
  @IsIn(['all', 'unmatched'])
  state?: 'all' | 'unmatched';

  /** `next` of the page before. */
  @IsOptional()
  @Matches(/^SZ-[a-z0-9-]{1,63}-\d{6,10}$/, { message: 'cursor must be the next of a page' })
  cursor?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000)
  limit?: number;
}

class PlatformRowRequest {
  @IsString()
  @MaxLength(100)
  receiptNo: string;

  @Length(1, 64)
  platformNo: string;

  /** What the platform booked, in yuan. */
  @IsOptional()
  @IsString()
  @MaxLength(30)
  amountYuan?: string;
}

export class PlatformRowsRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(5_000)
  @ValidateNested({ each: true })
  @Type(() => PlatformRowRequest)
  rows: PlatformRowRequest[];
}
